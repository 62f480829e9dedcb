//! Asks questions about the schemas of real definitions whose answers are known, and prints a table. Then compares each
//! definition with itself in other words, which has to be no change.
//!
//! ```text
//! CONTEXTURE_CORPUS=DIR cargo run -p contexture-compare-tests
//! CONTEXTURE_CORPUS=DIR cargo run -p contexture-compare-tests -- --every 30    # each 30th schema and definition only
//! ```

#![expect(clippy::print_stdout, reason = "the result of a program")]

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use contexture_compare::ask::InProcess;
use contexture_compare::compare;
use contexture_compare_tests::{Definition, REWRITINGS, load, measure, report, schemas};

/// The bound of a question.
const LIMIT: Duration = Duration::from_secs(2);

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let corpus = std::env::var_os("CONTEXTURE_CORPUS").ok_or("CONTEXTURE_CORPUS is not set")?;
    let every = every()?;
    let definitions = load(&Path::new(&corpus).join("integrations"))?;
    let schemas: Vec<_> = definitions
        .iter()
        .flat_map(|definition| schemas(definition))
        .step_by(every)
        .map(|(place, schema)| (place, schema.clone()))
        .collect();
    let definitions: Vec<_> = definitions.into_iter().step_by(every).collect();
    let (table, is_met) = report(&measure(&schemas, LIMIT), LIMIT);
    println!("{table}");
    let judge = InProcess::new(LIMIT);
    let mut are_same = !definitions.is_empty();
    for rewriting in REWRITINGS {
        let differs = |definition: &&Definition| {
            let report = compare(&definition.value, &rewriting.of(&definition.value), &judge);
            let functional = report.changes.iter().find(|change| change.is_functional);
            if let Some(change) = functional {
                println!(
                    "{}: {}: {} {change:?}",
                    rewriting.name, definition.name, change.what
                );
            }
            functional.is_some()
        };
        let different = definitions.iter().filter(differs).count();
        let same = definitions.len() - different;
        println!(
            "{}: {same} of {} definitions are the same",
            rewriting.name,
            definitions.len()
        );
        are_same &= different == 0;
    }
    Ok(if is_met && are_same {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The step from one schema to the next.
fn every() -> Result<usize, Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    match (arguments.next().as_deref(), arguments.next()) {
        (None, _) => Ok(1),
        (Some("--every"), Some(step)) => Ok(step.parse::<std::num::NonZeroUsize>()?.get()),
        _ => Err("usage: compare [--every N]".into()),
    }
}
