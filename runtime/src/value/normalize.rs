//! Normalization of numbers, so that `1.0` and `1e2` can be read as integers.

use serde_json::{Number, Value};

/// Converts each float that is a whole number in the range of `i64` or `u64` to an integer.
///
/// `1.0` is an integer in JSON Schema, and JavaScript writes it as `1`, but serde does not
/// deserialize a float as an integer.
pub(crate) fn normalize_numbers(value: &mut Value) {
    match value {
        Value::Number(number) => {
            if let Some(integer) = whole(number) {
                *number = integer;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(normalize_numbers),
        Value::Object(fields) => fields.values_mut().for_each(normalize_numbers),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

/// Converts a float to a JSON number as JavaScript does, with whole numbers as integers. Returns
/// `None` if the float is not finite.
pub(crate) fn number(float: f64) -> Option<Number> {
    let number = Number::from_f64(float)?;
    Some(whole(&number).unwrap_or(number))
}

fn whole(number: &Number) -> Option<Number> {
    let float = number.as_f64().filter(|_| number.is_f64())?;
    let signed = integer(float).map(Number::from);
    signed.or_else(|| unsigned(float).map(Number::from))
}

/// Returns the integer with the same text as the float, if `i64` can hold it.
///
/// Beyond 2⁵³, a float represents several integers. Its text has the minimal number of digits that
/// identify the float, followed by zeros. A number that was written this way, as JavaScript does,
/// keeps its text.
pub(crate) fn integer(float: f64) -> Option<i64> {
    /// The limit up to which floats represent all integers exactly: 2⁵³.
    const EXACT: f64 = 9_007_199_254_740_992.0;

    if float.fract() != 0.0 {
        return None;
    }
    if (-EXACT..=EXACT).contains(&float) {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "whole numbers in this range are exact"
        )]
        return Some(float as i64);
    }
    float.to_string().parse().ok()
}

/// Returns the integer with the same text as the float, if it is beyond the range of `i64` and `u64` can hold it.
pub(crate) fn unsigned(float: f64) -> Option<u64> {
    let is_whole = float.fract() == 0.0 && integer(float).is_none();
    is_whole.then(|| float.to_string().parse().ok())?
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn normalized(text: &str) -> Value {
        let mut value = serde_json::from_str(text).unwrap();
        normalize_numbers(&mut value);
        value
    }

    #[test]
    fn whole_floats_become_integers() {
        assert_eq!(
            normalized(r#"{ "a": [1.0, 1e2, -0.0, 2.5] }"#),
            json!({ "a": [1, 100, 0, 2.5] })
        );
    }

    #[test]
    fn a_float_is_written_as_javascript_writes_it() {
        let texts = [0.0, -0.0, 0.5, 3.0].map(|float| number(float).unwrap().to_string());
        assert_eq!(texts, ["0", "0", "0.5", "3"]);
        assert_eq!(number(f64::NAN), None);
        assert_eq!(number(f64::INFINITY), None);
    }

    #[test]
    fn a_large_float_is_the_integer_that_it_is_written_as() {
        assert_eq!(
            normalized("1.2345678901234567e18"),
            json!(1_234_567_890_123_456_800_i64)
        );
        assert_eq!(normalized("-9.1e18"), json!(-9_100_000_000_000_000_000_i64));
        // The nearest float to `i64::MIN`. Its text is a number below `i64::MIN`.
        let beyond = normalized("-9.223372036854776e18");
        assert_eq!(beyond, json!(-9_223_372_036_854_775_808.0));
    }

    #[test]
    fn a_large_float_without_a_sign_is_the_integer_that_it_is_written_as() {
        assert_eq!(normalized("1e19"), json!(10_000_000_000_000_000_000_u64));
        assert_eq!(
            normalized("9223372036854775808.0"),
            json!(9_223_372_036_854_776_000_u64)
        );
    }

    #[test]
    fn what_is_out_of_range_stays_a_float() {
        assert_eq!(normalized("2e19"), json!(2e19));
        assert_eq!(normalized("1e300"), json!(1e300));
        assert_eq!(normalized("18446744073709551615"), json!(u64::MAX));
    }
}
