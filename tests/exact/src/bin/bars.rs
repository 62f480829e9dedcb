//! Runs all measurements and prints each result beside its bar.
//!
//! ```text
//! CONTEXTURE_CORPUS=DIR CONTEXTURE_SCHEMA_SUITE=DIR cargo run --release -p contexture-exact --bin bars -- \
//!     [--only size,rebuild,corpus,nodes,attributes,suite,properties] [--values N] [--format json]
//! ```
//!
//! Prints the machine and a row for each bar: subject, result, bar, met or missed. Ratios are of one run. Fails if a
//! bar is missed or if a part cannot be measured. Takes about half an hour on two cores.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this program prints a report"
)]

use std::process::ExitCode;
use std::time::Instant;

use contexture_exact::bars::{Data, Part, json, machine, measure, table};
use contexture_exact::environment::{argument, data_folder};

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(reason) => {
            eprintln!("error: {reason}");
            ExitCode::from(2)
        }
    }
}

/// Measures and prints; returns whether every bar is met.
fn run() -> Result<bool, String> {
    if cfg!(debug_assertions) {
        return Err("times of a debug build say nothing: run it with --release".to_owned());
    }
    let data = Data {
        corpus: data_folder("CONTEXTURE_CORPUS")?,
        suite: data_folder("CONTEXTURE_SCHEMA_SUITE")?,
        values: number("--values")?.unwrap_or(100),
    };
    let mut bars = Vec::new();
    for part in parts()? {
        let start = Instant::now();
        eprint!("{} …", part.name());
        let measured = measure(part, &data);
        eprintln!(" {} s", start.elapsed().as_secs());
        bars.extend(measured.map_err(|error| format!("{}: {error}", part.name()))?);
    }
    let machine = machine();
    if argument("--format").as_deref() == Some("json") {
        println!("{:#}", json(&machine, &bars));
    } else {
        print!("{}", table(&machine, &bars));
    }
    Ok(bars.iter().all(|bar| bar.is_met))
}

/// The selected parts, by default all of them.
fn parts() -> Result<Vec<Part>, String> {
    let Some(only) = argument("--only") else {
        return Ok(Part::ALL.to_vec());
    };
    let part = |name: &str| {
        let part = Part::ALL.into_iter().find(|part| part.name() == name);
        part.ok_or_else(|| format!("there is no part `{name}`"))
    };
    only.split(',').map(part).collect()
}

fn number(name: &str) -> Result<Option<usize>, String> {
    let number =
        argument(name).map(|text| text.parse().map_err(|error| format!("{name}: {error}")));
    number.transpose()
}
