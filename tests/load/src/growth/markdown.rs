//! The results as tables.

use std::fmt::Write as _;

use super::sweeps::{Measured, Point, Sweep, What};

const INTRODUCTION: &str = "# Growth

What becomes of an integration that is given more: more actions, more configurations, larger bodies, more connections. The
program that measured this wrote this page and the picture: `tests/load/run --only growth`.

![Curves of the rate and the memory of four servers](growth.svg)

Rates are relative to bare hyper with typed serde, measured in turns in the same run; each is the median of ROUNDS rounds. The
others are axum and serde by hand, and the official SDK on Node. All of them run on one core, with the system's allocator,
and answer the action `hello`. Bodies go both ways, over two connections. Where nothing else is said there are 10 actions, 64
connections and one configuration. A server had a process of its own at each point, and its memory is the peak of that
process. A dash is a server that failed requests, or a script, which is no program of one file.

";

/// Writes the page.
pub(super) fn write(machine: &str, rounds: usize, sweeps: &[Sweep]) -> String {
    let introduction = INTRODUCTION.replace("ROUNDS", &rounds.to_string());
    let mut page = format!("{introduction}The machine: {machine}.\n");
    for sweep in sweeps {
        write!(page, "\n## {}\n\n", title(sweep.what)).expect("writing to a string does not fail");
        write_table(sweep, &mut page);
    }
    page
}

fn title(what: What) -> &'static str {
    match what {
        What::Actions => "Actions",
        What::Configurations => "Configurations",
        What::Body => "Bodies",
        What::Connections => "Connections",
    }
}

type Value = fn(&Measured) -> Option<f64>;

/// Writes a row for each size and a column for each value of each server.
fn write_table(sweep: &Sweep, page: &mut String) {
    let Some(first) = sweep.points.first() else {
        return;
    };
    let mut columns: Vec<(&str, usize, Value)> = vec![
        ("rate", 1, |one| one.rate),
        ("MB", 0, |one| Some(one.memory)),
    ];
    if sweep.what == What::Actions {
        columns.push(("ms to the first answer", 0, |one| Some(one.start)));
        columns.push(("MB of program", 0, |one| one.program));
    }
    let mut head = format!("| {} |", sweep.what.name());
    for (name, skipped, _) in &columns {
        for server in first.servers.iter().skip(*skipped) {
            write!(head, " {name}: {} |", server.name).expect("writing to a string does not fail");
        }
    }
    let rule = "|---".repeat(head.matches('|').count() - 1) + "|";
    write!(page, "{head}\n{rule}\n").expect("writing to a string does not fail");
    for point in &sweep.points {
        write_row(point, &columns, page);
    }
}

fn write_row(point: &Point, columns: &[(&str, usize, Value)], page: &mut String) {
    write!(page, "| {} |", point.size).expect("writing to a string does not fail");
    for (_, skipped, value) in columns {
        for server in point.servers.iter().skip(*skipped) {
            match value(server) {
                Some(value) => write!(page, " {} |", rounded(value)),
                None => write!(page, " – |"),
            }
            .expect("writing to a string does not fail");
        }
    }
    page.push('\n');
}

/// A number with about three digits.
pub(super) fn rounded(value: f64) -> String {
    match value {
        value if value < 0.1 => format!("{value:.3}"),
        value if value < 10.0 => format!("{value:.2}"),
        value if value < 100.0 => format!("{value:.1}"),
        value => format!("{value:.0}"),
    }
}
