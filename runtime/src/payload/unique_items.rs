//! The keyword `uniqueItems`, in a time that is linear in the array.

use std::{collections::HashSet, fmt::Write as _};

use ahash::RandomState;
use jsonschema::{Keyword, ValidationError};
use serde_json::{Number, Value};

/// The keyword `uniqueItems`.
///
/// The validator's own keyword hashes integers as floats and compares the items of equal hashes with each other: for
/// integers beyond 2⁵³ these are thousands.
pub(super) struct UniqueItems {
    pub(super) is_required: bool,
}

impl<'i> Keyword<'i> for UniqueItems {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        if self.is_valid(instance) {
            Ok(())
        } else {
            Err(ValidationError::custom("must not have equal items"))
        }
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        !self.is_required || instance.as_array().is_none_or(|items| are_unique(items))
    }
}

fn are_unique(items: &[Value]) -> bool {
    let mut seen = HashSet::with_capacity_and_hasher(items.len(), RandomState::new());
    items.iter().all(|item| {
        let mut text = String::new();
        write_canonical(item, &mut text);
        seen.insert(text)
    })
}

/// Writes a value so that equal values have equal texts: members by name, and equal numbers alike.
fn write_canonical(value: &Value, text: &mut String) {
    match value {
        Value::Array(items) => {
            text.push('[');
            for item in items {
                write_canonical(item, text);
                text.push(',');
            }
            text.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_unstable_by_key(|(name, _)| *name);
            text.push('{');
            for (name, member) in members {
                // Quoted, so that no name looks like what follows it.
                let _ = write!(text, "{name:?}:");
                write_canonical(member, text);
                text.push(',');
            }
            text.push('}');
        }
        Value::Number(number) => write_number(number, text),
        Value::String(string) => {
            let _ = write!(text, "{string:?}");
        }
        Value::Null | Value::Bool(_) => {
            let _ = write!(text, "{value}");
        }
    }
}

/// A whole float that is in the range of integers is written as the integer that it equals.
fn write_number(number: &Number, text: &mut String) {
    /// 2⁶⁴.
    const BEYOND: f64 = 18_446_744_073_709_551_616.0;

    let whole = number
        .as_f64()
        .filter(|float| number.is_f64() && float.fract() == 0.0 && float.abs() < BEYOND);
    let _ = match whole {
        // Negative zero equals zero.
        Some(float) => write!(text, "{:.0}", float + 0.0),
        None => write!(text, "{number}"),
    };
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn is_unique(value: &Value) -> bool {
        UniqueItems { is_required: true }.is_valid(value)
    }

    #[test]
    fn equal_items_are_found_however_they_are_written() {
        for equal in [
            json!([1, 2, 1]),
            json!([1, 1.0]),
            json!([0.0, -0.0]),
            json!([1e19, 10_000_000_000_000_000_000_u64]),
            json!([{ "a": 1, "b": [2.0] }, { "b": [2], "a": 1 }]),
            json!([null, false, null]),
            json!([[[]], [[]]]),
        ] {
            assert!(!is_unique(&equal), "{equal}");
        }
    }

    #[test]
    fn different_items_are_told_apart() {
        for different in [
            json!([1, "1", [1], true, "true", null, "null", {}, [], ""]),
            json!([0, false, "", [], {}]),
            json!([9_007_199_254_740_992_i64, 9_007_199_254_740_993_i64]),
            json!([{ "a": 1 }, { "a": "1" }, { "b": 1 }, { "a\":1,\"b": 1 }]),
            json!([["a", "b"], ["a,b"], ["a\",\"b"]]),
            json!([0.1, 0.100_000_000_000_000_02]),
        ] {
            assert!(is_unique(&different), "{different}");
        }
        assert!(is_unique(&json!("aa")));
        assert!(UniqueItems { is_required: false }.is_valid(&json!([1, 1])));
    }
}
