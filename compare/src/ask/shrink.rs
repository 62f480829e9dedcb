//! A value made smaller, for people to read.

use std::time::Instant;

use serde_json::{Value, json};

/// How often all parts of a value are tried.
const ROUNDS: usize = 16;

/// Removes parts of a value, and replaces others with plain ones, as long as it keeps a property.
pub(super) fn shrink(mut value: Value, is_kept: &dyn Fn(&Value) -> bool, end: Instant) -> Value {
    for _ in 0..ROUNDS {
        let before = value.clone();
        for pointer in pointers(&value) {
            if Instant::now() > end {
                return value;
            }
            for smaller in without(&value, &pointer) {
                if is_kept(&smaller) {
                    value = smaller;
                    break;
                }
            }
        }
        if value == before {
            break;
        }
    }
    value
}

/// The pointers of all parts, the outermost first.
fn pointers(value: &Value) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut next = 0;
    while let Some(at) = found.get(next).cloned() {
        match value.pointer(&at) {
            Some(Value::Object(fields)) => {
                found.extend(fields.keys().map(|name| format!("{at}/{}", escaped(name))));
            }
            Some(Value::Array(items)) => {
                found.extend((0..items.len()).map(|index| format!("{at}/{index}")));
            }
            _ => {}
        }
        next += 1;
    }
    found
}

/// The value without a part, or with a plain part in its place.
fn without(value: &Value, pointer: &str) -> Vec<Value> {
    let mut made = Vec::new();
    if let Some((parent, name)) = pointer.rsplit_once('/') {
        let mut removed = value.clone();
        let is_removed = match removed.pointer_mut(parent) {
            Some(Value::Object(fields)) => fields.shift_remove(&unescaped(name)).is_some(),
            Some(Value::Array(items)) => name
                .parse()
                .ok()
                .filter(|index: &usize| *index < items.len())
                .map(|index| items.remove(index))
                .is_some(),
            _ => false,
        };
        made.extend(is_removed.then_some(removed));
    }
    for plain in plain(value.pointer(pointer)) {
        let mut replaced = value.clone();
        if let Some(part) = replaced.pointer_mut(pointer) {
            *part = plain;
            made.push(replaced);
        }
    }
    made
}

/// Plain values of the kind of a value, which are shorter.
fn plain(value: Option<&Value>) -> Vec<Value> {
    let kinds = match value {
        Some(Value::String(text)) if !["", "text"].contains(&text.as_str()) => {
            let length = text.chars().count();
            // A text that has to be long is easier to read if it is of one sign.
            let lengths = [length / 2, length - 1, length];
            let alike = lengths.map(|length| "x".repeat(length));
            let alike = alike.into_iter().filter(|alike| alike != text);
            let short = ["text", ""].map(str::to_owned);
            short.into_iter().chain(alike).map(Value::String).collect()
        }
        Some(Value::Number(number))
            if number
                .as_i64()
                .is_none_or(|number| number.unsigned_abs() > 1) =>
        {
            let whole = number.as_f64().filter(|_| number.is_f64()).and_then(whole);
            let plain = [Some(json!(0)), Some(json!(1)), whole];
            plain.into_iter().flatten().collect()
        }
        Some(Value::Array(items)) if !items.is_empty() => vec![json!([])],
        Some(Value::Object(fields)) if !fields.is_empty() => vec![json!({})],
        _ => Vec::new(),
    };
    let length = value.map_or(0, |value| value.to_string().len());
    let is_shorter = |plain: &Value| plain.to_string().len() <= length;
    let mut kinds = kinds;
    kinds.retain(|plain| is_shorter(plain) || plain == &json!("text"));
    kinds
}

/// A number as an integer: `10` for `10.0`.
fn whole(number: f64) -> Option<Value> {
    let written = format!("{number}");
    written.parse::<i64>().ok().map(Value::from)
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn unescaped(name: &str) -> String {
    name.replace("~1", "/").replace("~0", "~")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_whole_number_is_written_without_a_fraction() {
        let end = Instant::now() + Duration::from_hours(1);
        let shrunk = |number: f64| {
            let is_large = |value: &Value| value.as_f64().is_some_and(|number| number > 9.0);
            shrink(json!([number]), &|value| is_large(&value[0]), end)
        };
        assert_eq!(shrunk(10.0).to_string(), "[10]");
        assert_eq!(shrunk(10.5).to_string(), "[10.5]");
        assert_eq!(shrunk(1e300).to_string(), "[1e+300]");
    }

    #[test]
    fn what_does_not_matter_is_removed() {
        let value = json!({ "a/b": [1, { "c": "a long text" }], "d": 12, "e": { "f": null } });
        let has_c = |value: &Value| {
            value.pointer("/a~1b/0/c").is_some_and(Value::is_string)
                || value.pointer("/a~1b/1/c").is_some_and(Value::is_string)
        };
        let end = Instant::now() + Duration::from_hours(1);
        assert_eq!(
            shrink(value, &has_c, end),
            json!({ "a/b": [{ "c": "text" }] })
        );
    }
}
