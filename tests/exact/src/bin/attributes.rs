//! Removes each attribute that the printer of types can print, and shows that a check detects it.
//!
//! ```text
//! cargo run -p contexture-exact --bin attributes -- [--values N]
//! ```
//!
//! For every derive, and every macro that names properties, tags or strings, the program compiles the code of the
//! repository's definitions without it, and tests `N` valid and `N` broken values for each payload (default: 20). Fails
//! if a removal is not detected, if no definition of the repository uses something that the printer can print, or if
//! the complete code is wrong.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this program prints a report"
)]

use std::process::ExitCode;

use contexture_exact::attributes::{measure, report};
use contexture_exact::environment::{argument, work_folder};

fn main() -> ExitCode {
    let values = argument("--values")
        .and_then(|values| values.parse().ok())
        .unwrap_or(20);
    match measure(&work_folder("attributes"), values) {
        Ok(measured) => {
            print!("{}", report(&measured));
            if measured.is_right() {
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
