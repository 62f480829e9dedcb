//! The command `contexture`: checks integration definitions and generates their code.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let outcome = contexture_cli::run(std::env::args_os(), is_colored());
    // A closed pipe is not an error.
    let _ = io::stdout().write_all(outcome.output.as_bytes());
    let _ = io::stderr().write_all(outcome.errors.as_bytes());
    ExitCode::from(outcome.status)
}

/// Colors are for terminals, unless `NO_COLOR` is set.
fn is_colored() -> bool {
    io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|no| no.is_empty())
}
