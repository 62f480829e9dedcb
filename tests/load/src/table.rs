//! The table of results and bars.

use std::fmt;

/// The results, one row each.
pub(crate) struct Table {
    rows: Vec<Row>,
    is_full: bool,
}

struct Row {
    what: String,
    measured: String,
    bar: String,
    verdict: &'static str,
}

impl Table {
    /// Creates a table. A short run shows what only a full one judges.
    pub(crate) fn new(is_full: bool) -> Self {
        Self {
            rows: Vec::new(),
            is_full,
        }
    }

    /// Adds a row that a full run judges: one about a time or a rate, or about a distance from the floor.
    pub(crate) fn full(&mut self, what: &str, measured: String, bar: &str, met: bool) {
        let verdict = match met {
            _ if !self.is_full => "not judged",
            true => MET,
            false => MISSED,
        };
        self.add(what, measured, bar, verdict);
    }

    /// Adds a row that counts in a short run, too.
    pub(crate) fn fact(&mut self, what: &str, measured: String, bar: &str, met: bool) {
        self.add(what, measured, bar, if met { MET } else { MISSED });
    }

    fn add(&mut self, what: &str, measured: String, bar: &str, verdict: &'static str) {
        self.rows.push(Row {
            what: what.to_owned(),
            measured,
            bar: bar.to_owned(),
            verdict,
        });
    }

    /// Returns whether every bar is met.
    pub(crate) fn holds(&self) -> bool {
        self.rows.iter().all(|row| row.verdict != MISSED)
    }
}

const MET: &str = "met";
const MISSED: &str = "MISSED";

impl fmt::Display for Table {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "| what | measured | bar | |\n|---|---|---|---|")?;
        for row in &self.rows {
            let Row {
                what,
                measured,
                bar,
                verdict,
            } = row;
            writeln!(formatter, "| {what} | {measured} | {bar} | {verdict} |")?;
        }
        Ok(())
    }
}
