//! The known reasons for which two validators disagree on a value.

use contexture_compare::json::Json;

/// The known reasons for which `boon` and `jsonschema` disagree on a value.
///
/// Each is about an address of `format: email`, and none about generated code.
#[must_use]
pub fn cause(value: &Json) -> Option<&'static str> {
    match value {
        Json::String(text) => cause_in_address(text),
        Json::Array(items) => items.iter().find_map(cause),
        Json::Object(fields) => fields.iter().find_map(|(_, value)| cause(value)),
        Json::Null | Json::Bool(_) | Json::Number(_) => None,
    }
}

fn cause_in_address(text: &str) -> Option<&'static str> {
    let (local, domain) = text.rsplit_once('@')?;
    if local.is_empty() {
        return Some("`boon` lets an address through that has nothing before its `@`");
    }
    let is_reserved = |label: &str| label.get(2..4) == Some("--");
    domain.split('.').any(is_reserved).then_some(
        "`jsonschema` rejects a domain with `--` in the place reserved for internationalized names, `boon` does not",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use contexture_compare::json::parse;

    #[test]
    fn causes_are_known_for_addresses_alone() {
        let cause = |text| cause(&parse(text).unwrap());
        assert!(cause(r#"{"to":["@example.com"]}"#).is_some());
        assert!(cause(r#"{"to":["a@ab--c.example"]}"#).is_some());
        assert!(cause(r#"{"to":["a@abc--d.example"]}"#).is_none());
        assert!(cause(r#"{"to":"ab--c"}"#).is_none());
    }
}
