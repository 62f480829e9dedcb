//! Handling of undeclared fields in received payloads.

use serde_json::Value;

use super::{Schema, Violations, pattern::bounded};

/// How to handle fields of a payload that a closed object does not declare.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnknownFields {
    /// Drops the fields. The official SDK accepts them, so bots may send them.
    #[default]
    Drop,
    /// Rejects the payload.
    Refuse,
}

/// The maximum number of rounds. Dropping fields can select another alternative of a union, which
/// has its own undeclared fields.
const ROUNDS: usize = 8;

/// Validates a value. If configured, drops its undeclared fields and validates again, until none
/// are left.
pub(super) fn settle(
    value: &mut Value,
    unknown_fields: UnknownFields,
    schema: &Schema,
) -> Result<(), Violations> {
    // All rounds share one budget for patterns.
    bounded(|| settle_in_rounds(value, unknown_fields, schema)).0
}

fn settle_in_rounds(
    value: &mut Value,
    unknown_fields: UnknownFields,
    schema: &Schema,
) -> Result<(), Violations> {
    for _ in 0..ROUNDS {
        let violations = match schema.validate(value) {
            Err(violations) if unknown_fields == UnknownFields::Drop => violations,
            settled => return settled,
        };
        if violations.undeclared().is_empty() {
            return Err(violations);
        }
        violations.undeclared().remove_from(value);
    }
    schema.validate(value)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn settled(schema: &'static str, mut value: Value) -> Result<Value, String> {
        let schema = Schema::new(schema);
        match settle(&mut value, UnknownFields::Drop, &schema) {
            Ok(()) => Ok(value),
            Err(violations) => Err(violations.to_string()),
        }
    }

    #[test]
    fn fields_are_dropped_at_any_depth_and_the_others_keep_their_order() {
        let schema = r#"{"type":"object","properties":{"list":{"type":"array","items":{
            "type":"object","properties":{"a":{},"b":{}},"additionalProperties":false}}}}"#;
        let value = json!({ "open": 1, "list": [{ "b": 1, "x/y": 2, "a": 3, "~": 4 }] });
        let value = settled(schema, value).unwrap();
        assert_eq!(value.to_string(), r#"{"open":1,"list":[{"b":1,"a":3}]}"#);
    }

    #[test]
    fn a_closed_object_without_properties_loses_all_of_them() {
        let schema = r#"{"type":"object","properties":{},"additionalProperties":false}"#;
        assert_eq!(settled(schema, json!({ "a": 1, "b": 2 })), Ok(json!({})));
    }

    #[test]
    fn fields_are_dropped_inside_the_alternative_that_fits_otherwise() {
        for union in ["anyOf", "oneOf"] {
            let schema = format!(
                r#"{{"{union}":[
                    {{"type":"object","properties":{{"kind":{{"const":"a"}},"x":{{"type":"integer"}}}},
                      "required":["kind"],"additionalProperties":false}},
                    {{"type":"object","properties":{{"kind":{{"const":"b"}},"y":{{"anyOf":[{{"type":"null"}},
                      {{"type":"object","properties":{{}},"additionalProperties":false}}]}}}},
                      "required":["kind"],"additionalProperties":false}}]}}"#
            );
            let schema: &'static str = schema.leak();
            let value = json!({ "kind": "b", "y": { "deep": 1 }, "z": 1 });
            assert_eq!(settled(schema, value), Ok(json!({ "kind": "b", "y": {} })));
            let refused = settled(schema, json!({ "kind": "c", "z": 1 })).unwrap_err();
            assert_eq!(refused, r#"at /kind: must be one of "a", "b""#);
        }
    }

    #[test]
    fn unevaluated_properties_are_dropped_too() {
        let schema = r#"{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",
            "properties":{"a":{}},"unevaluatedProperties":false}"#;
        assert_eq!(
            settled(schema, json!({ "a": 1, "b": 2 })),
            Ok(json!({ "a": 1 }))
        );
    }

    #[test]
    fn no_field_is_dropped_because_its_pattern_was_not_checked() {
        let schema = r##"{"properties":{"m":{"$ref":"#/definitions/m"}},"definitions":{"m":{"type":"object",
            "patternProperties":{"^[a-z]+$":{"pattern":"^(?:(?!b)a+)+$"}},"additionalProperties":false}}}"##;
        let hard = format!("{}!", "a".repeat(40));
        assert_eq!(
            settled(schema, json!({ "m": { "abc": hard } })),
            Err("at the root: is too much work to check against its pattern".to_owned())
        );
        let unneeded = json!({ "m": { "abc": "aa", "X": 1 } });
        assert_eq!(
            settled(schema, unneeded),
            Ok(json!({ "m": { "abc": "aa" } }))
        );
    }
}
