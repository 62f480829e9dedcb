//! Asks the types of real definitions with values that were made from their schemas.
//!
//! ```text
//! CONTEXTURE_CORPUS=DIR cargo run -p contexture-exact --bin properties -- [--values N] [--definitions N]
//! ```
//!
//! `DIR/integrations` holds definitions as `bp read --json` prints them. For every payload `N` valid values and as
//! many broken ones are made (100 unless it is given), no two of them equal, where there are so many. `boon` labels
//! them; what `jsonschema`, which generated types use, does not agree on is listed and not asked. Prints what was
//! answered wrong, what was lost, and which payloads have fewer values and why.
//!
//! With `--definitions` only so many definitions are asked, evenly spread over the folder.
//!
//! Fails if anything was wrong or lost but for the exceptions that it names, integers and floats of more than 64 bits;
//! if the validators do not agree for no known cause; and if values were not found where there may be some.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it is a program that prints a report"
)]

use std::process::ExitCode;

use contexture_exact::environment::{argument, data_folder, json_files, spread, work_folder};
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
    let count = argument("--definitions").and_then(|count| count.parse().ok());
    let measured = json_files(&corpus.join("integrations")).and_then(|definitions| {
        let definitions = spread(definitions, count);
        measure(&work_folder("properties"), &definitions, wanted)
    });
    match measured {
        Ok(measured) => {
            print!("{}", report(&measured, wanted));
            if measured.is_right(wanted) {
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
