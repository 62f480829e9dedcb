//! The command `contexture`.

use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;
use std::process::ExitCode;

use contexture_cli::Outcome;

fn main() -> ExitCode {
    let outcome = contexture_cli::run_on(std::env::args_os(), is_colored(), &mut |outcome| {
        print(&outcome);
        ControlFlow::Continue(())
    });
    print(&outcome);
    ExitCode::from(outcome.status)
}

/// A closed pipe is not an error.
fn print(outcome: &Outcome) {
    let _ = io::stdout().write_all(outcome.output.as_bytes());
    let _ = io::stdout().flush();
    let _ = io::stderr().write_all(outcome.errors.as_bytes());
}

/// Colors are for terminals, unless `NO_COLOR` is set.
fn is_colored() -> bool {
    io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|no| no.is_empty())
}
