//! Runs every test of the JSON Schema Test Suite against generated types.
//!
//! ```text
//! CONTEXTURE_SCHEMA_SUITE=DIR cargo run -p contexture-exact --bin suite
//! ```
//!
//! `DIR` holds `tests/draft7` and `remotes`. Prints the number of tests with the right result, and every other test
//! with its cause. Fails if a wrong result is not a named exception, or if the result of an exception is right.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this program prints a report"
)]

use std::process::ExitCode;

use contexture_exact::environment::{data_folder, work_folder};
use contexture_exact::suite::{load_cases, measure, report};

fn main() -> ExitCode {
    let suite = match data_folder("CONTEXTURE_SCHEMA_SUITE") {
        Ok(suite) => suite,
        Err(reason) => {
            eprintln!("error: {reason}");
            return ExitCode::from(2);
        }
    };
    let measured = load_cases(&suite).and_then(|cases| {
        let measured = measure(&work_folder("suite"), &cases, &suite.join("remotes"))?;
        Ok((cases, measured))
    });
    match measured {
        Ok((cases, measured)) => {
            print!("{}", report(&cases, &measured));
            if measured.is_right(&cases) {
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
