//! Changes of a schema whose effect is known.

use serde_json::{Value, json};

/// A property that no schema of the data has.
const NEW: &str = "zzNew";

/// A change of a schema whose effect is known.
#[derive(Clone, Debug)]
pub struct Edit {
    /// The kind of change.
    pub kind: &'static str,
    /// The changed schema.
    pub new: Value,
    /// Whether the changed schema takes all values of the one before.
    pub is_wider: bool,
    /// Whether the schema before takes all values of the changed one.
    pub is_narrower: bool,
}

/// The changes of a schema.
#[must_use]
pub fn edits(old: &Value) -> Vec<Edit> {
    let mut edits = in_other_words(old);
    if old["type"] == "object" {
        edits.extend(of_properties(old));
        edits.extend(of_an_enumeration(old));
        edits.extend(of_a_string(old));
        edits.extend(of_a_number(old));
        edits.extend(of_a_list(old));
    }
    edits
}

fn edit(kind: &'static str, new: Value, is_wider: bool, is_narrower: bool) -> Edit {
    Edit {
        kind,
        new,
        is_wider,
        is_narrower,
    }
}

/// Changes that change nothing.
fn in_other_words(old: &Value) -> Vec<Edit> {
    let same = |kind, new| edit(kind, new, true, true);
    let mut titled = old.clone();
    titled["title"] = json!("Another title");
    vec![
        same("wrapped in allOf", json!({ "allOf": [old, {}] })),
        same(
            "through a definition",
            json!({ "definitions": { "A": old }, "$ref": "#/definitions/A" }),
        ),
        same("anyOf of itself twice", json!({ "anyOf": [old, old] })),
        same("another title", titled),
        same("not of not", json!({ "not": { "not": old } })),
    ]
}

fn of_properties(old: &Value) -> Vec<Edit> {
    let is_closed = old["additionalProperties"] == false;
    let is_open = [&Value::Null, &json!(true), &json!({})].contains(&&old["additionalProperties"]);
    let required = strings(&old["required"]);
    let mut edits = Vec::new();
    let mut more = old.clone();
    more["properties"][NEW] = json!({ "type": "string" });
    let mut with_required = more.clone();
    with_required["required"] = required.iter().copied().chain([NEW]).collect();
    edits.push(edit(
        "add required property",
        with_required,
        false,
        !is_closed,
    ));
    if is_closed || is_open {
        edits.push(edit("add optional property", more, is_closed, !is_closed));
    }
    if is_closed {
        let mut opened = old.clone();
        opened["additionalProperties"] = json!(true);
        edits.push(edit("open", opened, true, false));
    }
    if let Some(first) = required.first() {
        let mut optional = old.clone();
        optional["required"] = required.iter().skip(1).copied().collect();
        edits.push(edit(
            "required becomes optional",
            optional.clone(),
            true,
            false,
        ));
        if is_closed && let Some(properties) = optional["properties"].as_object_mut() {
            properties.shift_remove(*first);
            edits.push(edit("remove required property", optional, false, false));
        }
    }
    edits
}

fn of_an_enumeration(old: &Value) -> Vec<Edit> {
    let has_several = |schema: &Value| {
        schema["enum"]
            .as_array()
            .is_some_and(|values| values.len() > 1)
    };
    let Some((name, schema)) = property(old, has_several) else {
        return Vec::new();
    };
    let values = schema["enum"].as_array().map_or(&[][..], Vec::as_slice);
    let mut fewer = old.clone();
    fewer["properties"][name]["enum"] = json!(values[1..]);
    vec![edit("remove value of enum", fewer, false, true)]
}

fn of_a_string(old: &Value) -> Vec<Edit> {
    let is_plain = |schema: &Value| {
        schema["type"] == "string"
            && ["enum", "const", "maxLength", "format", "pattern"]
                .iter()
                .all(|keyword| schema.get(keyword).is_none())
    };
    let Some((name, _)) = property(old, is_plain) else {
        return Vec::new();
    };
    let with = |keyword: &str, value: Value| {
        let mut new = old.clone();
        new["properties"][name][keyword] = value;
        new
    };
    let mut number = old.clone();
    number["properties"][name] = json!({ "type": "number" });
    let mut either = old.clone();
    let schema = &old["properties"][name];
    either["properties"][name] = json!({ "anyOf": [schema, { "type": "null" }] });
    vec![
        edit("add maxLength", with("maxLength", json!(5)), false, true),
        edit(
            "add pattern",
            with("pattern", json!("^[a-z]+$")),
            false,
            true,
        ),
        edit("add format", with("format", json!("email")), false, true),
        edit(
            "add format that the draft does not define",
            with("format", json!("phone")),
            true,
            true,
        ),
        edit("add enum", with("enum", json!(["a", "b"])), false, true),
        edit("change type", number, false, false),
        edit(
            "make nullable by type",
            with("type", json!(["string", "null"])),
            true,
            false,
        ),
        edit("make nullable by anyOf", either, true, false),
    ]
}

fn of_a_number(old: &Value) -> Vec<Edit> {
    let is_plain = |schema: &Value| {
        schema["type"] == "number"
            && schema.get("minimum").is_none()
            && schema.get("enum").is_none()
    };
    let Some((name, schema)) = property(old, is_plain) else {
        return Vec::new();
    };
    let mut whole = old.clone();
    whole["properties"][name]["type"] = json!("integer");
    let mut bounded = old.clone();
    bounded["properties"][name]["minimum"] = json!(1);
    let is_bounded = [
        "maximum",
        "exclusiveMaximum",
        "exclusiveMinimum",
        "multipleOf",
    ]
    .iter()
    .any(|keyword| schema.get(keyword).is_some());
    if is_bounded {
        return Vec::new();
    }
    vec![
        edit("number becomes integer", whole, false, true),
        edit("add minimum", bounded, false, true),
    ]
}

fn of_a_list(old: &Value) -> Vec<Edit> {
    let is_plain = |schema: &Value| schema["type"] == "array" && schema.get("minItems").is_none();
    let Some((name, _)) = property(old, is_plain) else {
        return Vec::new();
    };
    let mut longer = old.clone();
    longer["properties"][name]["minItems"] = json!(1);
    vec![edit("add minItems", longer, false, true)]
}

fn property(schema: &Value, wanted: impl Fn(&Value) -> bool) -> Option<(&str, &Value)> {
    let properties = schema["properties"].as_object()?;
    let mut found = properties.iter().filter(|(_, schema)| wanted(schema));
    found.next().map(|(name, schema)| (name.as_str(), schema))
}

fn strings(value: &Value) -> Vec<&str> {
    let items = value.as_array().into_iter().flatten();
    items.filter_map(Value::as_str).collect()
}
