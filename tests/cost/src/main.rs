//! Measures the cost of each kind of synchronous work, and prints the worst input of each: see the library.
//!
//! ```text
//! cargo run --release -p contexture-cost -- [--quick] [--only TEXT]
//! ```
//!
//! `--quick` stops at 100 kB and skips slow kinds: large unions, and patterns that backtrack. `--only` measures the
//! kinds whose names contain a text. Fails if a cost grows faster than its input, or if a rejection is too long.
#![expect(clippy::print_stdout, reason = "this program prints a report")]

use std::process::ExitCode;

use contexture_cost::{kinds, report};

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let is_quick = arguments.iter().any(|argument| argument == "--quick");
    let only = arguments.iter().position(|argument| argument == "--only");
    let only = only.and_then(|place| arguments.get(place + 1));
    println!("{}", report::header());
    let mut faults = Vec::new();
    for kind in kinds::all() {
        let is_meant = only.is_none_or(|only| kind.name.contains(only.as_str()));
        if !is_meant || (is_quick && kind.is_slow) {
            continue;
        }
        let mut measured = report::Measured::all(&kind, is_quick);
        println!("{}", report::row(&kind, &measured));
        for candidate in &mut measured {
            if !candidate.faults(&kind).is_empty() {
                candidate.measure_again(&kind);
            }
            let found = candidate.faults(&kind).into_iter();
            faults.extend(
                found.map(|fault| format!("{}, {}: {fault}", kind.name, candidate.candidate)),
            );
        }
    }
    for fault in &faults {
        println!("FAULT {fault}");
    }
    if faults.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
