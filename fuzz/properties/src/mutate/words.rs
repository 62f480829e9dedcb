//! The vocabulary of schemas.

use contexture_compare::sample::Random;
use serde_json::{Value, json};

/// Keywords of JSON Schema, and extension keywords.
const KEYWORDS: [&str; 52] = [
    "$anchor",
    "$defs",
    "$id",
    "$ref",
    "$schema",
    "additionalItems",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "contains",
    "default",
    "definitions",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "description",
    "discriminator",
    "else",
    "enum",
    "examples",
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
    "nullable",
    "oneOf",
    "pattern",
    "patternProperties",
    "prefixItems",
    "properties",
    "propertyNames",
    "required",
    "then",
    "title",
    "type",
    "unevaluatedProperties",
    "uniqueItems",
    "x-rust-name",
    "x-rust-names",
    "x-zui",
];

/// Texts that have a special meaning, or that are hard to turn into a name.
const TEXTS: [&str; 40] = [
    "",
    "#",
    "#/",
    "#/definitions/a",
    "#/properties/a",
    "#/entities/item",
    "#a",
    "0",
    "1",
    "2fa",
    "Self",
    "__proto__",
    "_",
    "a",
    "a b",
    "a-b",
    "aB",
    "a_b",
    "A",
    "array",
    "boolean",
    "date-time",
    "extra",
    "fn",
    "integer",
    "item",
    "null",
    "number",
    "object",
    "r#type",
    "self",
    "string",
    "type",
    "uri",
    "value",
    "^a",
    "(",
    "größe",
    "shared/address.yaml",
    "http://json-schema.org/draft-07/schema#",
];

const TYPES: [&str; 7] = [
    "array", "boolean", "integer", "null", "number", "object", "string",
];

/// A keyword.
pub(super) fn keyword(random: &mut Random) -> &'static str {
    KEYWORDS[random.below(KEYWORDS.len())]
}

/// A value that a keyword may have.
pub(super) fn value_of(keyword: &str, random: &mut Random) -> Value {
    match keyword {
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => {
            let count = random.below(4);
            (0..count).map(|_| schema(random)).collect()
        }
        "$defs" | "definitions" | "dependencies" | "dependentSchemas" | "patternProperties"
        | "properties" => {
            let count = random.below(4);
            let fields = (0..count).map(|_| (text(random).to_owned(), schema(random)));
            Value::Object(fields.collect())
        }
        "enum" | "examples" => {
            let count = random.below(4);
            (0..count).map(|_| scalar(random)).collect()
        }
        "required" => json!([text(random), text(random)]),
        "dependentRequired" => json!({ text(random): [text(random)] }),
        "x-rust-names" => json!({ text(random): text(random) }),
        "x-zui" => json!({ "secret": true }),
        "discriminator" => json!({ "propertyName": text(random) }),
        "type" if random.percent(70) => json!(random.pick(&TYPES)),
        "type" => json!([random.pick(&TYPES), random.pick(&TYPES)]),
        "const" | "default" => scalar(random),
        "nullable" | "uniqueItems" => json!(random.percent(50)),
        "$anchor" | "$id" | "$ref" | "$schema" | "description" | "format" | "pattern" | "title"
        | "x-rust-name" => {
            json!(text(random))
        }
        name if name.starts_with("max")
            || name.starts_with("min")
            || name.contains("imum")
            || name == "multipleOf" =>
        {
            number(random)
        }
        _ => schema(random),
    }
}

/// A small schema.
pub(super) fn schema(random: &mut Random) -> Value {
    match random.below(8) {
        0 => json!(random.percent(50)),
        1 => json!({}),
        2 => json!({ "$ref": text(random) }),
        3 => json!({ "const": scalar(random) }),
        4 => {
            json!({ "type": "object", "properties": { text(random): { "type": random.pick(&TYPES) } } })
        }
        5 => json!({ "enum": [text(random), text(random)] }),
        _ => json!({ "type": random.pick(&TYPES) }),
    }
}

pub(super) fn scalar(random: &mut Random) -> Value {
    match random.below(7) {
        0 => Value::Null,
        1 => json!(random.percent(50)),
        2 | 3 => number(random),
        4 => json!([]),
        _ => json!(text(random)),
    }
}

fn number(random: &mut Random) -> Value {
    let numbers = [
        json!(0),
        json!(1),
        json!(-1),
        json!(2),
        json!(0.5),
        json!(-0.0),
        json!(1e300),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(9_007_199_254_740_993_i64),
    ];
    random.pick(&numbers).clone()
}

pub(super) fn text(random: &mut Random) -> &'static str {
    TEXTS[random.below(TEXTS.len())]
}
