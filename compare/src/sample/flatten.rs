//! A schema with references followed and one alternative chosen, as the keywords of one object.

use serde_json::{Map, Value};

use super::Random;

/// The depth to which nested references and combinations are followed.
const DEPTH: usize = 24;

/// The keywords of a schema after following references, merging parts and choosing an alternative. `true` has no
/// keywords; `false` returns `None`.
pub(super) fn flatten(
    root: &Value,
    schema: &Value,
    random: &mut Random,
) -> Option<Map<String, Value>> {
    let mut flat = Map::new();
    add(root, schema, random, 0, &mut flat).then_some(flat)
}

fn add(
    root: &Value,
    schema: &Value,
    random: &mut Random,
    depth: usize,
    flat: &mut Map<String, Value>,
) -> bool {
    let Value::Object(keywords) = schema else {
        return *schema == Value::Bool(true);
    };
    if depth > DEPTH {
        return true;
    }
    if let Some(reference) = keywords.get("$ref").and_then(Value::as_str) {
        let target = reference
            .strip_prefix('#')
            .and_then(|pointer| root.pointer(pointer));
        return target.is_none_or(|target| add(root, target, random, depth + 1, flat));
    }
    for (keyword, value) in keywords {
        merge(keyword, value, flat);
    }
    for part in list(keywords, "allOf") {
        add(root, part, random, depth + 1, flat);
    }
    for keyword in ["anyOf", "oneOf"] {
        let parts = list(keywords, keyword);
        if !parts.is_empty() {
            let part = random.pick(parts);
            add(root, part, random, depth + 1, flat);
        }
    }
    if let Some(condition) = keywords.get("if") {
        let branch = if random.percent(50) { "then" } else { "else" };
        if branch == "then" {
            add(root, condition, random, depth + 1, flat);
        }
        if let Some(branch) = keywords.get(branch) {
            add(root, branch, random, depth + 1, flat);
        }
    }
    true
}

fn list<'a>(keywords: &'a Map<String, Value>, keyword: &str) -> &'a [Value] {
    keywords
        .get(keyword)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// Merges a keyword into the present keywords.
fn merge(keyword: &str, value: &Value, flat: &mut Map<String, Value>) {
    let Some(present) = flat.get_mut(keyword) else {
        flat.insert(keyword.to_owned(), value.clone());
        return;
    };
    match (keyword, present, value) {
        ("properties" | "patternProperties", Value::Object(present), Value::Object(more)) => {
            for (name, schema) in more {
                let both = match present.get(name) {
                    Some(one) => serde_json::json!({ "allOf": [one, schema] }),
                    None => schema.clone(),
                };
                present.insert(name.clone(), both);
            }
        }
        ("required", Value::Array(present), Value::Array(more)) => {
            present.extend(more.iter().cloned());
        }
        ("enum", Value::Array(present), Value::Array(more)) => {
            present.retain(|value| more.contains(value));
        }
        ("type", present, more) => {
            let (one, other) = (names(present), names(more));
            let both = one
                .into_iter()
                .filter(|name| other.contains(name))
                .collect();
            *present = Value::Array(both);
        }
        ("additionalProperties", present, more) => {
            if *present == Value::Bool(true) || *more == Value::Bool(false) {
                *present = more.clone();
            }
        }
        ("minimum" | "minLength" | "minItems", present, more) => {
            if more.as_f64() > present.as_f64() {
                *present = more.clone();
            }
        }
        ("maximum" | "maxLength" | "maxItems", present, more) => {
            if more.as_f64() < present.as_f64() {
                *present = more.clone();
            }
        }
        (_, present, more) => *present = more.clone(),
    }
}

fn names(value: &Value) -> Vec<Value> {
    match value {
        Value::Array(names) => names.clone(),
        name => vec![name.clone()],
    }
}
