//! One form for numbers, so that `1.0` and `1e2` read as integers.

use serde_json::{Number, Value};

/// Turns every float that is a whole number in the range of `i64` into an integer.
///
/// JSON Schema calls `1.0` an integer, and JavaScript writes no other form; serde does not read a
/// float into an integer.
pub(super) fn normalize_numbers(value: &mut Value) {
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
    /// 2 to the power of 63: the first float above `i64::MAX`, which itself is no float.
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;

    let float = number.as_f64().filter(|_| number.is_f64())?;
    let fits = float.fract() == 0.0 && (-LIMIT..LIMIT).contains(&float);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a whole number in the range of i64 is cast exactly"
    )]
    fits.then_some(float as i64)
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
    fn what_is_out_of_range_stays_a_float() {
        assert_eq!(
            normalized("9223372036854775808.0"),
            json!(9_223_372_036_854_775_808.0)
        );
        assert_eq!(normalized("-9223372036854775808.0"), json!(i64::MIN));
        assert_eq!(normalized("1e300"), json!(1e300));
        assert_eq!(normalized("18446744073709551615"), json!(u64::MAX));
    }
}
