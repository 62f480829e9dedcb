//! The bars of size and time.

use super::Bar;
use crate::size::Size;

/// The bars, ratios of one run.
pub(super) fn bars(size: &Size) -> Vec<Bar> {
    let lines = Bar::new(
        "lines of code, of typify's alone",
        format!(
            "{:.1} % ({} of {})",
            size.lines.percent(),
            size.lines.ours.code,
            size.lines.theirs.code
        ),
        "at most 35 %",
        size.lines.percent() <= 35.0,
    );
    let time = Bar::new(
        "time to generate and format, of typify's with prettyplease",
        format!(
            "{:.0} % ({:.3} s of {:.3} s)",
            size.time.percent(),
            size.time.ours.as_secs_f64(),
            size.time.theirs.as_secs_f64()
        ),
        "at most 200 %",
        size.time.percent() <= 200.0,
    );
    let (time_growth, line_growth) = size.growth_percent();
    let each = size
        .growth
        .iter()
        .map(|grown| format!("{:.2}", grown.milliseconds_each()));
    let each: Vec<_> = each.collect();
    let growth = Bar::new(
        "growth: an action among 1,000, of one among 100",
        format!(
            "{time_growth:.0} % of the time, {line_growth:.0} % of the lines ({} ms each)",
            each.join(", ")
        ),
        "at most 125 %",
        time_growth <= 125.0 && line_growth <= 125.0,
    );
    let check = size.check.map(|check| {
        Bar::new(
            "`cargo check`, dependencies built, of typify's alone",
            format!(
                "{:.0} % ({:.1} s of {:.1} s)",
                check.percent(),
                check.ours.as_secs_f64(),
                check.theirs.as_secs_f64()
            ),
            "at most 30 %",
            check.percent() <= 30.0,
        )
    });
    [lines, time, growth].into_iter().chain(check).collect()
}
