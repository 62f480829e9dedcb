//! The table, for people and for programs.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Bar, Machine};

/// Prints the machine and a row for each bar, as Markdown, followed by the details of missed bars.
#[must_use]
pub fn table(machine: &Machine, bars: &[Bar]) -> String {
    let Machine {
        cores,
        processor,
        compiler,
        profile,
    } = machine;
    let mut text = format!("{cores} cores of {processor}; {compiler}; {profile} build\n\n");
    let mut line = |arguments: std::fmt::Arguments<'_>| {
        writeln!(text, "{arguments}").expect("writing to a string does not fail");
    };
    line(format_args!("| what | measured | bar | |"));
    line(format_args!("|---|---|---|---|"));
    for bar in bars {
        let Bar {
            what,
            measured,
            wanted,
            is_met,
            ..
        } = bar;
        let verdict = if *is_met { "met" } else { "MISSED" };
        line(format_args!(
            "| {what} | {measured} | {wanted} | {verdict} |"
        ));
    }
    for bar in bars.iter().filter(|bar| !bar.details.is_empty()) {
        line(format_args!("\n{}:", bar.what));
        for detail in &bar.details {
            line(format_args!("- {}", detail.trim_end()));
        }
    }
    text
}

/// The same as JSON.
#[must_use]
pub fn json(machine: &Machine, bars: &[Bar]) -> Value {
    let bars = bars.iter().map(|bar| {
        json!({
            "what": bar.what, "measured": bar.measured, "bar": bar.wanted, "met": bar.is_met, "details": bar.details,
        })
    });
    json!({
        "machine": {
            "cores": machine.cores,
            "processor": machine.processor,
            "compiler": machine.compiler,
            "profile": machine.profile,
        },
        "bars": bars.collect::<Vec<_>>(),
    })
}
