//! Shows the packages that cargo compiles again when nothing changed, and when a definition was touched or changed.
//!
//! ```text
//! cargo run -p contexture-exact --bin rebuild
//! ```
//!
//! Builds a package below the target folder, without the network. Fails if cargo compiles something when nothing
//! changed. Also fails if a touched definition causes more than a build of the package, or changes the bytes or the
//! time of the generated file.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this program prints a report"
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
