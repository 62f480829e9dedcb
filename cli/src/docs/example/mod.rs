//! Values of a schema that a person can read, and that both validators accept.
//!
//! `contexture_emulator::example` makes the least that an author has to complete, and leaves gaps. A reference shows the
//! optional fields as well, and has no gaps.

mod draft;
mod leaf;
mod words;

use contexture::meaning::Meaning;
use contexture_compare::sample::{Label, Labeler, Random, sample};
use serde_json::Value;

use self::draft::{Optional, draft};

/// The most lines of an example with optional fields.
const LONGEST: usize = 30;

/// The optional fields that are tried, the most first.
const OPTIONAL: [Optional; 5] = [
    optional(3, usize::MAX),
    optional(2, usize::MAX),
    optional(3, 3),
    optional(2, 3),
    optional(1, usize::MAX),
];

/// Only what is required, or has a default or an example.
const LEAST: Optional = optional(0, 0);

/// How many alternatives of unions are tried.
const ALTERNATIVES: usize = 4;

/// How many guesses are tried if no draft is valid.
const GUESSES: usize = 200;

/// Makes an example of a schema, unless none is found that both validators accept, or it would be empty. It has no value that the
/// schema gives for a secret.
pub(super) fn example(schema: &Value) -> Option<Value> {
    find(schema).filter(|value| !is_empty(value))
}

fn find(schema: &Value) -> Option<Value> {
    let labeler = Labeler::new(schema).ok()?;
    let is_valid = |value: &Value| labeler.label(value) == Label::Valid;
    let draft = |optional| {
        let mut drafts = (0..ALTERNATIVES).filter_map(|turn| draft(schema, optional, turn));
        drafts.find(is_valid)
    };
    let is_short = |value: &Value| !is_empty(value) && lines(value) <= LONGEST;
    let full = OPTIONAL.into_iter().filter_map(draft).find(is_short);
    let least = || draft(LEAST).or_else(|| guess(schema, &is_valid));
    full.or_else(least)
}

/// The shortest of some guesses that is valid. A guess may have a value that the schema names, so there is none if it has a
/// secret.
fn guess(schema: &Value, is_valid: &dyn Fn(&Value) -> bool) -> Option<Value> {
    if Meaning::of(schema, schema).has_secret(schema) {
        return None;
    }
    let mut random = Random::new("example");
    let guesses = (0..GUESSES).filter_map(|_| {
        let guess = sample(schema, &mut random).to_string();
        serde_json::from_str(&guess).ok()
    });
    guesses
        .filter(is_valid)
        .min_by_key(|value: &Value| value.to_string().len())
}

const fn optional(depth: usize, each: usize) -> Optional {
    Optional { depth, each }
}

fn lines(value: &Value) -> usize {
    match value {
        Value::Object(fields) => 2 + fields.values().map(lines).sum::<usize>(),
        Value::Array(items) => 2 + items.iter().map(lines).sum::<usize>(),
        _ => 1,
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Object(fields) => fields.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_example_has_what_the_schema_gives_and_speaking_values_elsewhere() {
        let schema = json!({
            "type": "object",
            "properties": {
                "email": { "type": "string", "format": "email" },
                "subject": { "type": "string", "minLength": 1, "x-zui": { "title": "Subject line" } },
                "priority": { "enum": ["low", "high"], "default": "high" },
                "phones": { "type": "array", "items": { "type": "object", "properties": { "number": { "type": "string", "examples": ["+41 44 000 00 00"] } } } },
                "count": { "type": ["integer", "null"], "minimum": 3 },
            },
            "required": ["email"],
        });
        assert_eq!(
            example(&schema).unwrap(),
            json!({
                "email": "ada@example.com",
                "subject": "Subject line",
                "priority": "high",
                "phones": [{ "number": "+41 44 000 00 00" }],
                "count": 3,
            })
        );
    }

    #[test]
    fn an_object_inside_of_others_has_some_optional_fields_if_all_are_too_many() {
        let many: serde_json::Map<_, _> = (0..40)
            .map(|number| (format!("field{number}"), json!({ "type": "integer" })))
            .collect();
        let many = json!({ "type": "object", "properties": many, "required": ["field39"] });
        let schema = json!({
            "type": "object",
            "properties": { "a": { "type": "integer" }, "data": many, "b": { "type": "integer" }, "list": { "type": "array", "items": many } },
            "required": ["data"],
        });
        let some = json!({ "field39": 1, "field0": 1, "field1": 1, "field2": 1 });
        assert_eq!(
            example(&schema).unwrap(),
            json!({ "data": some, "a": 1, "b": 1, "list": [some] })
        );
    }

    #[test]
    fn limits_hold_also_where_no_ordinary_value_fits() {
        for schema in [
            json!({ "type": "string", "pattern": "^[A-Z]{2}-[0-9]{4}$" }),
            json!({ "type": "string", "minLength": 50, "maxLength": 52 }),
            json!({ "type": "string", "maxLength": 2 }),
            json!({ "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1 }),
            json!({ "type": "integer", "multipleOf": 7, "minimum": 20 }),
            json!({ "type": "array", "items": { "enum": ["a", "b", "c"] }, "minItems": 2, "uniqueItems": true }),
            json!({ "type": "object", "additionalProperties": { "type": "integer" }, "minProperties": 2 }),
            json!({ "oneOf": [{ "type": "string" }, { "type": "string", "minLength": 3 }] }),
            json!({ "type": "object", "properties": { "a": { "type": "string", "default": 5 } }, "required": ["a"] }),
            json!({ "$ref": "#/definitions/tree", "definitions": { "tree": {
                "type": "object", "properties": { "children": { "type": "array", "items": { "$ref": "#/definitions/tree" } } },
                "required": ["children"],
            } } }),
        ] {
            let value = example(&schema).unwrap_or_else(|| panic!("{schema}"));
            let label = Labeler::new(&schema).unwrap().label(&value);
            assert_eq!(label, Label::Valid, "{schema}: {value}");
        }
        assert_eq!(example(&json!({ "type": "string", "enum": [] })), None);
        assert_eq!(
            example(&json!({ "allOf": [{ "const": 1 }, { "const": 2 }] })),
            None
        );
    }

    #[test]
    fn no_value_of_a_secret_is_taken() {
        let secret = json!({ "type": "string", "default": "hunter2", "examples": ["hunter2"], "x-zui": { "secret": true } });
        let schema = json!({
            "type": "object",
            "properties": { "key": secret, "nested": { "type": "object", "properties": { "key": secret }, "default": { "key": "hunter2" } } },
            "required": ["key", "nested"],
        });
        let made = example(&schema).unwrap();
        assert!(!made.to_string().contains("hunter2"), "{made}");
        let fixed = json!({ "properties": { "key": { "const": "hunter2", "x-zui": { "secret": true } } }, "required": ["key"], "type": "object" });
        assert_eq!(example(&fixed), None);
    }
}
