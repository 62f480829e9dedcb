//! The result as text.

use std::fmt::Write as _;

use super::measure::{Measured, Noticed};

/// Reports for each attribute how its removal is detected.
#[must_use]
pub fn report(measured: &Measured) -> String {
    let mut text = format!(
        "nothing removed: {} of {} values have a wrong result\n",
        measured.whole.len(),
        measured.values
    );
    let mut line = |arguments: std::fmt::Arguments<'_>| {
        writeln!(text, "{arguments}").expect("writing to a string does not fail");
    };
    for wrong in &measured.whole {
        line(format_args!("  {}", short(wrong)));
    }
    for (kind, noticed) in &measured.removed {
        let kind = kind.to_string();
        match noticed {
            Noticed::Compiler(error) => {
                line(format_args!("{kind:44} does not compile: {}", short(error)));
            }
            Noticed::Values(count, first) => {
                line(format_args!(
                    "{kind:44} {count} values wrong: {}",
                    short(first)
                ));
            }
            Noticed::Never => line(format_args!("{kind:44} NOT NOTICED")),
        }
    }
    for word in &measured.unprinted {
        line(format_args!(
            "`{word}` is in no generated code, so that its removal was not tested"
        ));
    }
    text
}

fn short(text: &str) -> String {
    text.chars().take(160).collect()
}
