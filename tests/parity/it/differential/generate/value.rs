//! Random JSON.

use serde_json::{Map, Number, Value, json};

use super::Draw;

const TEXTS: [&str; 24] = [
    "",
    " ",
    "a",
    "Ada",
    "hi",
    "refuse",
    "null",
    "0",
    "é",
    "Ünïcødé ✓",
    "日本語",
    "👩‍👩‍👧‍👦",
    "e\u{301}",
    "\u{0}",
    "\u{7f}\u{80}",
    "\u{feff}",
    "\u{2028}\u{2029}",
    "\u{ffff}",
    "\u{10ffff}",
    "a\nb\tc",
    "\"\\/",
    "</script>",
    "%00%ff",
    "__proto__",
];

const NUMBERS: [&str; 16] = [
    "0",
    "-0",
    "1",
    "-1",
    "0.5",
    "1.0",
    "1e2",
    "1E+2",
    "2.5e-3",
    "9007199254740991",
    "9007199254740993",
    "18446744073709551615",
    "-9223372036854775808",
    "1.7976931348623157e308",
    "5e-324",
    "123456789012345678901234567890",
];

const NAMES: [&str; 12] = [
    "a",
    "value",
    "name",
    "text",
    "id",
    "é",
    "a/b",
    "a~b",
    "",
    "__proto__",
    "toString",
    "0",
];

/// A text: one edge case, or several of them.
pub(super) fn text(draw: &mut Draw) -> String {
    let count = if draw.chance(5) {
        40
    } else {
        1 + draw.below(3)
    };
    (0..count).map(|_| draw.pick(&TEXTS)).collect()
}

/// A value of any kind, with a maximum depth.
pub(super) fn value(draw: &mut Draw, depth: usize) -> Value {
    let kinds = if depth == 0 { 5 } else { 7 };
    match draw.below(kinds) {
        0 => Value::Null,
        1 => json!(draw.chance(50)),
        2 => number(draw),
        3 | 4 => json!(text(draw)),
        5 => {
            let length = draw.below(5);
            (0..length).map(|_| value(draw, depth - 1)).collect()
        }
        _ => Value::Object(object(draw, depth)),
    }
}

/// An object of values.
pub(super) fn object(draw: &mut Draw, depth: usize) -> Map<String, Value> {
    let length = draw.below(5);
    let depth = depth.saturating_sub(1);
    (0..length)
        .map(|_| (draw.pick(&NAMES).to_owned(), value(draw, depth)))
        .collect()
}

fn number(draw: &mut Draw) -> Value {
    let number: Number = serde_json::from_str(draw.pick(&NUMBERS)).unwrap();
    Value::Number(number)
}
