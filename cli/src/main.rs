//! The command `contexture`.

use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;
use std::process::ExitCode;

use contexture_cli::{Colors, Outcome};

fn main() -> ExitCode {
    let outcome = contexture_cli::run_on(std::env::args_os(), colors(), &mut |outcome| {
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
fn colors() -> Colors {
    let is_allowed = std::env::var_os("NO_COLOR").is_none_or(|no| no.is_empty());
    Colors {
        output: is_allowed && io::stdout().is_terminal(),
        errors: is_allowed && io::stderr().is_terminal(),
    }
}
