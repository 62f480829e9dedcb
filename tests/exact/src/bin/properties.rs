//! Asks the types of real definitions with values that were made from their schemas.
//!
//! ```text
//! CONTEXTURE_CORPUS=DIR cargo run -p contexture-exact --bin properties -- [--values N]
//! ```
//!
//! `DIR/integrations` holds definitions as `bp read --json` prints them. For every payload `N` valid values and as
//! many broken ones are made (100 unless it is given), where there are so many. Prints what was answered wrong, what
//! was lost, and what the two validators that label the values do not agree on; fails if anything was wrong or lost but for
//! the exceptions that it names: integers and floats of more than 64 bits.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it is a program that prints a report"
)]

use std::process::ExitCode;

use contexture_exact::environment::{argument, data_folder, work_folder};
use contexture_exact::properties::{measure, report};

fn main() -> ExitCode {
    let corpus = match data_folder("CONTEXTURE_CORPUS") {
        Ok(corpus) => corpus,
        Err(reason) => {
            eprintln!("error: {reason}");
            return ExitCode::from(2);
        }
    };
    let wanted = argument("--values")
        .and_then(|values| values.parse().ok())
        .unwrap_or(100);
    match measure(
        &work_folder("properties"),
        &corpus.join("integrations"),
        wanted,
    ) {
        Ok(measured) => {
            print!("{}", report(&measured, wanted));
            let is_right = measured
                .failures
                .iter()
                .all(|failure| failure.mistake.is_exception());
            if is_right && measured.unasked.is_empty() {
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
