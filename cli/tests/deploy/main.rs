//! `contexture deploy`, the commands beside it, and `contexture diff`, as programs and against an API that records what it
//! gets.

mod bodies;
mod botpress;
mod bounds;
mod commands;
mod compared;
mod emulator;
mod failures;
mod plans;
mod secrets;
#[cfg(target_os = "linux")]
mod terminal;

use std::io::Write as _;
use std::ops::ControlFlow;
use std::process::{Command, Stdio};

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

/// Runs the command as a program that finds no credentials in its environment.
fn program(arguments: &[&str], input: &str) -> Outcome {
    let mut program = Command::new(env!("CARGO_BIN_EXE_contexture"));
    for name in [
        "BP_API_URL",
        "BP_BOTPRESS_HOME",
        "BP_TOKEN",
        "BP_WORKSPACE_ID",
    ] {
        program.env_remove(name);
    }
    let program = program.args(arguments).stdin(Stdio::piped());
    let program = program
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut program = program.unwrap();
    let mut keys = program.stdin.take().unwrap();
    // A command that does not read is none to write to.
    let _ = keys.write_all(input.as_bytes());
    drop(keys);
    let ended = program.wait_with_output().unwrap();
    Outcome {
        output: String::from_utf8(ended.stdout).unwrap(),
        errors: String::from_utf8(ended.stderr).unwrap(),
        status: u8::try_from(ended.status.code().unwrap()).unwrap(),
    }
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
