//! The result as a table.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use contexture_compare::ask::Answer;

use crate::measure::{Asked, Measured};

/// The most share of questions that may stay open, in percent.
const OPEN: usize = 2;

/// How many of the wrong and of the open questions are listed.
const LISTED: usize = 20;

/// The result as a table in Markdown, and whether it meets the bars.
#[must_use]
pub fn report(measured: &Measured, limit: Duration) -> (String, bool) {
    let mut rows: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    for asked in &measured.asked {
        let row = rows.entry(asked.kind).or_default();
        row[column(asked)] += 1;
    }
    let mut text = String::from(
        "| change | yes | no, with a value | cannot tell | wrong |\n|---|---|---|---|---|\n",
    );
    let mut sum = [0; 4];
    for (kind, row) in &rows {
        add(&mut text, kind, row);
        for (total, count) in sum.iter_mut().zip(row) {
            *total += count;
        }
    }
    add(&mut text, "all", &sum);
    let slowest = measured.asked.iter().max_by_key(|asked| asked.time);
    let time = slowest.map_or(Duration::ZERO, |asked| asked.time);
    let questions = measured.asked.len();
    let is_met = sum[3] == 0 && sum[2] * 100 <= questions * OPEN && time <= limit && questions > 0;
    write!(
        text,
        "\n{} schemas, {questions} questions, {:.2} % cannot tell, slowest {time:.2?} ({})\n",
        measured.schemas,
        percent(sum[2], questions),
        slowest.map_or("", |asked| asked.place.as_str()),
    )
    .expect("a string takes any text");
    list(
        &mut text,
        measured
            .asked
            .iter()
            .filter(|asked| asked.is_wrong() || asked.is_unknown()),
    );
    (text, is_met)
}

fn column(asked: &Asked) -> usize {
    match asked.answer {
        _ if asked.is_wrong() => 3,
        Answer::Yes => 0,
        Answer::No { .. } => 1,
        Answer::Unknown { .. } => 2,
    }
}

fn add(text: &mut String, kind: &str, [yes, no, open, wrong]: &[usize; 4]) {
    writeln!(text, "| {kind} | {yes} | {no} | {open} | {wrong} |")
        .expect("a string takes any text");
}

fn list<'a>(text: &mut String, open: impl Iterator<Item = &'a Asked>) {
    let mut open: Vec<_> = open.collect();
    open.sort_by_key(|asked| !asked.is_wrong());
    for asked in open.into_iter().take(LISTED) {
        let word = if asked.is_wrong() { "wrong" } else { "open" };
        writeln!(
            text,
            "{word}: {}, {}, expected {}: {:?}",
            asked.place, asked.kind, asked.is_contained, asked.answer
        )
        .expect("a string takes any text");
    }
}

#[expect(clippy::cast_precision_loss, reason = "a share of thousands")]
fn percent(part: usize, whole: usize) -> f64 {
    part as f64 * 100.0 / whole.max(1) as f64
}
