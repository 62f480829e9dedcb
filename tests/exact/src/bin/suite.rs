//! Asks generated types every question of the JSON Schema Test Suite.
//!
//! ```text
//! CONTEXTURE_SCHEMA_SUITE=DIR cargo run -p contexture-exact --bin suite
//! ```
//!
//! `DIR` holds `tests/draft7` and `remotes`. Prints how many tests are answered right, and every other one with its
//! cause; fails if there is one that is not named as an exception, or an exception that is answered right.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it is a program that prints a report"
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
