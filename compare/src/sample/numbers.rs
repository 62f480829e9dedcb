//! Numbers within bounds.

use serde_json::{Map, Value};

use super::Random;
use super::any::number;
use crate::json::Json;

/// Integers in all notations.
const INTEGERS: [&str; 14] = [
    "0",
    "1",
    "-1",
    "7",
    "42",
    "-0",
    "1.0",
    "1e2",
    "-3.0",
    "2147483648",
    "9007199254740993",
    "-9007199254740993",
    "9223372036854775807",
    "-9223372036854775808",
];

/// Numbers that a float represents exactly.
const NUMBERS: [&str; 10] = [
    "0.1",
    "-0.5",
    "3.14159",
    "1e-7",
    "1.5e300",
    "123456.789",
    "0.30000000000000004",
    "-2.50",
    "1E+21",
    "5e-324",
];

/// A number for a schema.
pub(super) fn sample_number(
    schema: &Map<String, Value>,
    is_integer: bool,
    random: &mut Random,
) -> Json {
    let limit = |keyword: &str| schema.get(keyword).and_then(Value::as_f64);
    let least = limit("minimum").or(limit("exclusiveMinimum").map(|limit| limit + 1.0));
    let most = limit("maximum").or(limit("exclusiveMaximum").map(|limit| limit - 1.0));
    if let Some(step) = limit("multipleOf") {
        let times = (least.unwrap_or(-5.0 * step) / step).ceil();
        let extra = f64::from(u8::try_from(random.below(9)).unwrap_or_default());
        return finite((times + extra) * step);
    }
    let fits = |text: &&str| {
        text.parse::<f64>().is_ok_and(|value| {
            least.is_none_or(|least| value >= least) && most.is_none_or(|most| value <= most)
        })
    };
    let mut texts: Vec<_> = INTEGERS.into_iter().filter(fits).collect();
    if !is_integer {
        texts.extend(NUMBERS.into_iter().filter(fits));
    }
    if !texts.is_empty() && random.percent(40) {
        return number(texts[random.below(texts.len())]);
    }
    let (least, most) = match (least, most) {
        (Some(least), Some(most)) => (least, most),
        (Some(least), None) => (least, least + 100_000.0),
        (None, Some(most)) => (most - 100_000.0, most),
        (None, None) => (-50_000.0, 50_000.0),
    };
    let share = f64::from(u32::try_from(random.below(1001)).unwrap_or_default()) / 1000.0;
    let value = least + (most - least) * share;
    finite(if is_integer { value.round() } else { value })
}

fn finite(value: f64) -> Json {
    number(
        &serde_json::Number::from_f64(value)
            .map_or_else(|| "0".to_owned(), |number| number.to_string()),
    )
}
