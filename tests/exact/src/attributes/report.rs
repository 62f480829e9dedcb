//! The result as text.

use std::fmt::Write as _;

use super::measure::{Measured, Noticed};

/// Says of each attribute how its removal is noticed.
#[must_use]
pub fn report(measured: &Measured) -> String {
    let mut text = format!(
        "nothing removed: {} of {} values are answered wrong\n",
        measured.whole.len(),
        measured.values
    );
    let mut line = |arguments: std::fmt::Arguments<'_>| {
        writeln!(text, "{arguments}").expect("a string takes any text");
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
            "`{word}` stands in no generated code, so that its removal was not tried"
        ));
    }
    text
}

fn short(text: &str) -> String {
    text.chars().take(160).collect()
}
