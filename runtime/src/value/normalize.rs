//! One form for numbers, so that `1.0` and `1e2` read as integers.

use serde_json::{Number, Value};

/// Turns every float that is a whole number in the range of `i64` into an integer.
///
/// JSON Schema calls `1.0` an integer, and JavaScript writes no other form; serde does not read a
/// float into an integer.
pub(crate) fn normalize_numbers(value: &mut Value) {
    match value {
        Value::Number(number) => {
            if let Some(integer) = whole(number) {
                *number = integer.into();
            }
        }
        Value::Array(items) => items.iter_mut().for_each(normalize_numbers),
        Value::Object(fields) => fields.values_mut().for_each(normalize_numbers),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

/// Writes a float as JavaScript does: a whole number without a fraction. None if it is not finite.
pub(crate) fn number(float: f64) -> Option<Number> {
    let number = Number::from_f64(float)?;
    Some(whole(&number).map_or(number, Number::from))
}

fn whole(number: &Number) -> Option<i64> {
    number
        .as_f64()
        .filter(|_| number.is_f64())
        .and_then(integer)
}

/// The integer that a float is written as, if 64 bits hold it.
///
/// Beyond 2⁵³ a float stands for several integers. It is written with as few digits as tell it from others, and
/// zeros behind them; what came so, as all that JavaScript writes, is given back so.
pub(crate) fn integer(float: f64) -> Option<i64> {
    /// Up to here, a float is each integer exactly: 2 to the power of 53.
    const EXACT: f64 = 9_007_199_254_740_992.0;

    if float.fract() != 0.0 {
        return None;
    }
    if (-EXACT..=EXACT).contains(&float) {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a whole number in this range is cast exactly"
        )]
        return Some(float as i64);
    }
    float.to_string().parse().ok()
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
        // It is the float nearest to the least integer of 64 bits, and is written as one below that.
        let beyond = normalized("-9.223372036854776e18");
        assert_eq!(beyond, json!(-9_223_372_036_854_775_808.0));
    }

    #[test]
    fn what_is_out_of_range_stays_a_float() {
        assert_eq!(
            normalized("9223372036854775808.0"),
            json!(9_223_372_036_854_775_808.0)
        );
        assert_eq!(normalized("1e300"), json!(1e300));
        assert_eq!(normalized("18446744073709551615"), json!(u64::MAX));
    }
}
