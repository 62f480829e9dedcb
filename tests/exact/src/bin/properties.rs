//! Tests the types of real definitions with values that it makes from their schemas.
//!
//! ```text
//! CONTEXTURE_CORPUS=DIR cargo run -p contexture-exact --bin properties -- [--values N] [--definitions N]
//! ```
//!
//! `DIR/integrations` has definitions as `bp read --json` prints them. For every payload, the program makes up to `N`
//! different valid values and as many broken ones (default: 100). `boon` labels them. Values on which `jsonschema`, the
//! validator of generated types, disagrees are listed and not tested. Prints wrong results, lost data, and the payloads
//! with fewer values and the reasons.
//!
//! `--definitions` limits the number of definitions, evenly spread over the folder.
//!
//! Fails if a result is wrong or data is lost, with the exception of integers and floats of more than 64 bits. Fails if
//! the validators disagree for an unknown reason, or if it finds no values for a schema that may have some.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this program prints a report"
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
