//! Compares generated code with the output of typify alone for the same schemas, in one run.
//!
//! ```text
//! CONTEXTURE_CORPUS=DIR cargo run --release -p contexture-exact --bin size -- [--check yes]
//! ```
//!
//! Prints lines of code, the time to generate and format, and how both grow with the number of actions; with
//! `--check yes` also the time of `cargo check`, for which the dependencies of typify's code are fetched.
//! The table of `bars` has the required results.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this program prints a report"
)]

use std::process::ExitCode;

use contexture_exact::corpus::load_definitions;
use contexture_exact::environment::{argument, data_folder, work_folder};
use contexture_exact::size::{measure, report};

fn main() -> ExitCode {
    let corpus = match data_folder("CONTEXTURE_CORPUS") {
        Ok(corpus) => corpus,
        Err(reason) => {
            eprintln!("error: {reason}");
            return ExitCode::from(2);
        }
    };
    let is_checked = argument("--check").as_deref() == Some("yes");
    let measured = load_definitions(&corpus.join("integrations"))
        .and_then(|definitions| measure(&work_folder("size"), &definitions, is_checked));
    match measured {
        Ok(size) => {
            print!("{}", report(&size));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
