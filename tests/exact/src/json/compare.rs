//! Equality of values.

use contexture_compare::json::Json;

use super::is_same_number;

/// Returns whether two values are equal: the order of properties does not count, numbers are compared as decimals.
#[must_use]
pub fn is_equal(one: &Json, other: &Json) -> bool {
    is_equal_by(one, other, is_same_number)
}

/// Returns whether two values are equal if every number is read as a float.
#[must_use]
pub fn is_equal_as_float(one: &Json, other: &Json) -> bool {
    is_equal_by(one, other, |one, other| {
        one.parse::<f64>().ok() == other.parse::<f64>().ok()
    })
}

fn is_equal_by(one: &Json, other: &Json, is_same: fn(&str, &str) -> bool) -> bool {
    match (one, other) {
        (Json::Null, Json::Null) => true,
        (Json::Bool(one), Json::Bool(other)) => one == other,
        (Json::Number(one), Json::Number(other)) => is_same(one, other),
        (Json::String(one), Json::String(other)) => one == other,
        (Json::Array(one), Json::Array(other)) => {
            let mut pairs = one.iter().zip(other);
            one.len() == other.len() && pairs.all(|(one, other)| is_equal_by(one, other, is_same))
        }
        (Json::Object(fields), Json::Object(others)) => {
            fields.iter().all(|(name, _)| other.get(name).is_some())
                && others
                    .iter()
                    .all(|(name, _)| match (one.get(name), other.get(name)) {
                        (Some(one), Some(other)) => is_equal_by(one, other, is_same),
                        _ => false,
                    })
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contexture_compare::json::parse;

    #[test]
    fn values_are_equal_whatever_the_order_of_properties_and_the_form_of_numbers() {
        let equal = |one, other| is_equal(&parse(one).unwrap(), &parse(other).unwrap());
        assert!(equal(r#"{"a":1,"b":[2.50]}"#, r#"{"b":[25e-1],"a":1.0}"#));
        assert!(equal(r#"{"a":1,"a":2}"#, r#"{"a":2}"#));
        assert!(!equal(r#"{"a":1}"#, r#"{"a":1,"b":null}"#));
        assert!(!equal(r#"{"a":1,"b":null}"#, r#"{"a":1}"#));
        assert!(!equal("[1,2]", "[2,1]"));
        assert!(!equal("[]", "{}"));
        assert!(!equal("0", "false"));
        assert!(!equal("\"1\"", "1"));
    }
}
