//! Counts the schemas of real definitions that constrain the type and became `Value`.
//!
//! ```text
//! CONTEXTURE_CORPUS=DIR cargo run -p contexture-exact --bin nodes
//! ```
//!
//! Lists each. Fails if there are more than 0.5 %, or if a definition is rejected.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this program prints a report"
)]

use std::process::ExitCode;

use contexture_exact::corpus::load_definitions;
use contexture_exact::environment::data_folder;
use contexture_exact::nodes::{count, report};

/// The maximum percentage without a type.
const BAR: f64 = 0.5;

fn main() -> ExitCode {
    let corpus = match data_folder("CONTEXTURE_CORPUS") {
        Ok(corpus) => corpus,
        Err(reason) => {
            eprintln!("error: {reason}");
            return ExitCode::from(2);
        }
    };
    match load_definitions(&corpus.join("integrations")) {
        Ok(definitions) => {
            let counted = count(&definitions);
            print!("{}", report(&counted));
            if counted.share() <= BAR && counted.refused.is_empty() {
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
