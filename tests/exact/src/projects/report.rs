//! The table.

use std::fmt::Write as _;

use super::Outcome;

/// A line for each project, and the count of those that are as promised.
#[must_use]
pub fn report(outcomes: &[Outcome]) -> String {
    let mut text = String::new();
    for Outcome { name, fault, tests } in outcomes {
        let told = match fault {
            None => format!("{tests} tests pass"),
            Some(fault) => format!("fails\n{fault}"),
        };
        writeln!(text, "{name:24} {told}").expect("writing to a string does not fail");
    }
    let right = outcomes.iter().filter(|outcome| outcome.is_right()).count();
    writeln!(
        text,
        "{right} of {} projects build, pass clippy and their tests, are formatted, and lack no handler",
        outcomes.len()
    )
    .expect("writing to a string does not fail");
    text
}
