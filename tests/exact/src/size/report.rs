//! The results as text.

use std::fmt::Write as _;

use super::measure::Size;

/// Reports the results, and the schemas at which typify fails.
#[must_use]
pub fn report(size: &Size) -> String {
    let mut text = format!(
        "{} definitions are generated; typify prints {} of {} schemas\n",
        size.generated,
        size.roots - size.failed.len(),
        size.roots
    );
    let mut line = |arguments: std::fmt::Arguments<'_>| {
        writeln!(text, "{arguments}").expect("writing to a string does not fail");
    };
    for place in &size.failed {
        line(format_args!("  it fails at {place}"));
    }
    let (ours, theirs) = (size.lines.ours, size.lines.theirs);
    line(format_args!(
        "lines of code: {} against {}, {:.1} %",
        ours.code,
        theirs.code,
        size.lines.percent()
    ));
    line(format_args!(
        "  beside them {} lines of comments and {} blank ones, against {} and {}",
        ours.comment, ours.blank, theirs.comment, theirs.blank
    ));
    let time = size.time;
    line(format_args!(
        "seconds to generate and format: {:.3} against {:.3}, {:.0} %",
        time.ours.as_secs_f64(),
        time.theirs.as_secs_f64(),
        time.percent()
    ));
    for grown in &size.growth {
        line(format_args!(
            "{:5} actions: {:6} lines of code, {:.3} s; {:.3} ms for each",
            grown.actions,
            grown.lines.code,
            grown.time.as_secs_f64(),
            grown.milliseconds_each()
        ));
    }
    if let Some(check) = size.check {
        line(format_args!(
            "seconds of `cargo check`: {:.2} against {:.2}, {:.0} %",
            check.ours.as_secs_f64(),
            check.theirs.as_secs_f64(),
            check.percent()
        ));
    }
    text
}
