//! `contexture deploy` and the commands beside it, against an API that records what it gets.

mod bodies;
mod botpress;
mod failures;
mod plans;
mod secrets;

use std::ops::ControlFlow;

use contexture_cli::Outcome;

use self::botpress::Botpress;

/// Runs the command with the credentials of a Botpress. Gives all that it printed, and the last status.
fn contexture(botpress: &Botpress, arguments: &[&str]) -> Outcome {
    let home = botpress.home();
    let credentials = [
        "--botpress-home",
        home.to_str().unwrap(),
        "--profile",
        "test",
    ];
    run(&[arguments, &credentials].concat())
}

/// Runs the command.
fn run(arguments: &[&str]) -> Outcome {
    let mut printed = Outcome::default();
    let arguments = ["contexture"].iter().chain(arguments);
    let last = contexture_cli::run_on(arguments, false, &mut |outcome| {
        printed.output += &outcome.output;
        printed.errors += &outcome.errors;
        ControlFlow::Continue(())
    });
    Outcome {
        output: printed.output + &last.output,
        errors: printed.errors + &last.errors,
        status: last.status,
    }
}
