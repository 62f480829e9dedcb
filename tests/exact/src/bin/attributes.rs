//! Removes each thing that the printer can say of types, and shows that it is noticed.
//!
//! ```text
//! cargo run -p contexture-exact --bin attributes -- [--values N]
//! ```
//!
//! For every derive, and every macro that names properties, tags or texts, the code of the repository's definitions is
//! compiled without it and asked with `N` valid and `N` broken values for each payload (20 unless it is given). Fails if
//! a removal goes unnoticed, if the printer can print what no definition of the repository brings about, or if anything
//! is wrong with nothing removed.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it is a program that prints a report"
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
