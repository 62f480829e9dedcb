//! Shows what cargo compiles again when nothing changed, when a definition was touched, and when it was changed.
//!
//! ```text
//! cargo run -p contexture-exact --bin rebuild
//! ```
//!
//! Builds a package of its own below the target folder, without the network. Fails if anything is compiled when nothing
//! changed, if anything but the package is when its definition was touched, or if the generated file does not keep its
//! bytes and its time then.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it is a program that prints a report"
)]

use std::process::ExitCode;

use contexture_exact::environment::work_folder;
use contexture_exact::rebuild::{measure, report};

fn main() -> ExitCode {
    match measure(&work_folder("rebuild")) {
        Ok(rebuilt) => {
            print!("{}", report(&rebuilt));
            if rebuilt.is_least() {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            }
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
