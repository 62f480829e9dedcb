//! Scalars of YAML 1.2 as values of JSON.

use granit_parser::{ScalarStyle, Tag};
use serde_json::{Number, Value};

/// Returns the value of a scalar, or why there is none.
pub(super) fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Result<Value, String> {
    let Some(tag) = tag else {
        return if style == ScalarStyle::Plain {
            plain(text)
        } else {
            Ok(text.into())
        };
    };
    let typed = match tag.core_suffix() {
        Some("str") => Some(text.into()),
        Some("null") => Some(Value::Null),
        Some("bool") => boolean(text).map(Value::Bool),
        Some("int") => integer(text).map(Value::Number),
        Some("float") => float(text)?.map(Value::Number),
        _ if is_non_specific(tag) => Some(text.into()),
        _ => return Err(unsupported(tag)),
    };
    typed.ok_or_else(|| format!("`{text}` does not have the type of its tag"))
}

/// Returns whether the tag is `!`, which has no type.
pub(super) fn is_non_specific(tag: &Tag) -> bool {
    tag.suffix_in_namespace("!")
        .is_some_and(|suffix| suffix.is_empty())
}

pub(super) fn unsupported(tag: &Tag) -> String {
    format!("unsupported tag `{}`", tag.original())
}

fn plain(text: &str) -> Result<Value, String> {
    if matches!(text, "" | "~" | "null" | "Null" | "NULL") {
        return Ok(Value::Null);
    }
    if let Some(value) = boolean(text) {
        return Ok(Value::Bool(value));
    }
    // Other readers take these for octal numbers and for numbers of older YAML.
    if has_leading_zero(text) || text.contains('_') {
        return Ok(text.into());
    }
    let number = match integer(text) {
        None => float(text)?,
        integer => integer,
    };
    Ok(number.map_or_else(|| text.into(), Value::Number))
}

fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" | "True" | "TRUE" => Some(true),
        "false" | "False" | "FALSE" => Some(false),
        _ => None,
    }
}

fn has_leading_zero(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Reads an integer of 64 bits; larger ones are floats, as in JSON.
fn integer(text: &str) -> Option<Number> {
    let (is_negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let radixes = [
        ("0x", 16),
        ("0X", 16),
        ("0o", 8),
        ("0O", 8),
        ("0b", 2),
        ("0B", 2),
    ];
    let prefixed = radixes
        .iter()
        .find_map(|(prefix, radix)| Some((unsigned.strip_prefix(prefix)?, *radix)));
    let (digits, radix) = prefixed.unwrap_or((unsigned, 10));
    // A number has one sign only.
    if !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    let size = u64::from_str_radix(digits, radix).ok()?;
    if is_negative {
        0_i64.checked_sub_unsigned(size).map(Number::from)
    } else {
        Some(size.into())
    }
}

/// Reads a float. JSON has no infinite ones.
fn float(text: &str) -> Result<Option<Number>, String> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let infinite = || Err(format!("`{text}` is not a number of JSON"));
    if matches!(
        unsigned,
        ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN"
    ) {
        return infinite();
    }
    // Rust reads words, such as `infinity`, as floats.
    if !unsigned.starts_with(|first: char| first == '.' || first.is_ascii_digit()) {
        return Ok(None);
    }
    match text.parse::<f64>() {
        Err(_) => Ok(None),
        Ok(value) if value.is_infinite() && !unsigned.starts_with('.') => infinite(),
        Ok(value) => Ok(Number::from_f64(value)),
    }
}
