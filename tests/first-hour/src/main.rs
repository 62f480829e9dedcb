//! The first hour of an author, command by command: a new project, `contexture dev`, calls, a mistake, the end, and
//! then `contexture dev --tunnel` with a Botpress of this machine.
//!
//! ```text
//! cargo run -p contexture-first-hour [-- --bars]
//! ```
//!
//! It works in an empty folder, offline, and prints each command with its output and its time. It fails if a command does
//! something else than expected, and with `--bars` also if it takes too long.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this program prints what it does"
)]

mod author;
mod dev;
mod steps;
mod tunnel;

use std::process::ExitCode;

use self::author::Author;

fn main() -> ExitCode {
    let has_bars = std::env::args().any(|argument| argument == "--bars");
    let done = Author::new().and_then(|author| steps::run(&author));
    match done {
        Ok(times) => {
            for time in &times {
                println!("{}", time.line());
            }
            let is_slow = has_bars && times.iter().any(|time| !time.is_met());
            if is_slow {
                ExitCode::FAILURE
            } else {
                ExitCode::SUCCESS
            }
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
