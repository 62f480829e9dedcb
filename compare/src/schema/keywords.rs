//! The keywords of JSON Schema, by what they hold and by what they do.

use serde_json::Value;

use crate::ask::is_asserted_format;
use crate::draft::is_later;

/// Keywords whose value is one schema.
pub(super) const SCHEMAS: [&str; 11] = [
    "additionalItems",
    "additionalProperties",
    "contains",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Keywords whose value can be a list of schemas, one for each item of a value.
pub(super) const TUPLES: [&str; 2] = ["items", "prefixItems"];

/// Keywords whose values are schemas by patterns or names.
pub(super) const MAPS: [&str; 3] = ["dependencies", "dependentSchemas", "patternProperties"];

/// Keywords of alternatives.
pub(super) const BRANCHES: [&str; 3] = ["allOf", "anyOf", "oneOf"];

/// Keywords whose schemas judge the same value as the schema that has them.
pub(super) const SAME_VALUE: [&str; 10] = [
    "$ref",
    "allOf",
    "anyOf",
    "dependencies",
    "dependentSchemas",
    "else",
    "if",
    "not",
    "oneOf",
    "then",
];

/// Keywords by which schemas are found, and those that are compared with the properties.
pub(super) const ELSEWHERE: [&str; 5] =
    ["$defs", "$schema", "definitions", "properties", "required"];

/// The pattern of an author, beside the one that was rewritten for the validator.
pub(super) const WRITTEN_PATTERN: &str = "x-pattern";

/// Keywords that can refuse a value, or that say where other keywords are.
const ASSERTIONS: [&str; 39] = [
    "$anchor",
    "$dynamicAnchor",
    "$dynamicRef",
    "$id",
    "$recursiveAnchor",
    "$recursiveRef",
    "$ref",
    "$schema",
    "additionalItems",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "contains",
    "dependencies",
    "else",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "if",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "oneOf",
    "pattern",
    "patternProperties",
    "propertyNames",
    "then",
    "type",
    "uniqueItems",
];

/// Keywords that can refuse a value in drafts after draft 7 alone.
const LATER_ASSERTIONS: [&str; 7] = [
    "dependentRequired",
    "dependentSchemas",
    "maxContains",
    "minContains",
    "prefixItems",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Whether a keyword with this value can refuse a value of a schema. All others are texts for people, unknown keywords among
/// them. A format does if a draft defines it.
pub(super) fn is_assertion(root: &Value, name: &str, value: &Value) -> bool {
    match (name, value.as_str()) {
        ("format", Some(format)) => is_asserted_format(format),
        _ if ASSERTIONS.contains(&name) => true,
        _ => is_later(root) && LATER_ASSERTIONS.contains(&name),
    }
}
