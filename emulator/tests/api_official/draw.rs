//! Random values of a schema, and such values with one mutation.

use rand::Rng as _;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use serde_json::{Map, Value, json};

/// The longest text that is drawn, unless a text has to reach its limit.
const LONG: usize = 40;

/// Draws a value that fits a schema of the documents.
pub(crate) fn draw(schema: &Value, random: &mut StdRng) -> Value {
    if is_nullable(schema) && random.random_ratio(1, 4) {
        return Value::Null;
    }
    if let Some(names) = schema["enum"].as_array() {
        return names.choose(random).unwrap().clone();
    }
    match kind(schema) {
        "string" => text(schema, random).into(),
        "boolean" => random.random_bool(0.5).into(),
        "integer" => random.random_range(-9..=9).into(),
        "number" => {
            let bound = |name: &str, or: f64| schema[name].as_f64().unwrap_or(or);
            random
                .random_range(bound("minimum", -9.0)..=bound("maximum", 9.0))
                .into()
        }
        "array" => {
            let most = schema["maxItems"].as_u64().unwrap_or(3);
            let items = 0..random.random_range(0..=most);
            items.map(|_| draw(&schema["items"], random)).collect()
        }
        _ => object(schema, random),
    }
}

fn object(schema: &Value, random: &mut StdRng) -> Value {
    let mut object = Map::new();
    for (name, schema_of_member) in members(schema) {
        if is_required(schema, name) || random.random_ratio(2, 5) {
            object.insert(name.clone(), draw(schema_of_member, random));
        }
    }
    let others = &schema["additionalProperties"];
    if *others == true {
        object.insert("type".to_owned(), "object".into());
    } else if others.is_object() {
        for _ in 0..random.random_range(0..3) {
            let name = format!("member{}", random.random_range(0..99));
            object.insert(name, draw(others, random));
        }
    }
    object.into()
}

fn text(schema: &Value, random: &mut StdRng) -> String {
    if schema["pattern"].is_string() {
        let texts = ["acme", "0-9", "a_b-c", "acme-inc"];
        return (*texts.choose(random).unwrap()).to_owned();
    }
    let length = |name: &str| {
        schema[name]
            .as_u64()
            .and_then(|length| usize::try_from(length).ok())
    };
    let (min, max) = (length("minLength").unwrap_or(0), length("maxLength"));
    let length = match max {
        Some(max) if random.random_ratio(1, 5) => max,
        max => random.random_range(min..=max.unwrap_or(LONG).min(min + LONG)),
    };
    let sign = *['a', 'é', '🦀'].choose(random).unwrap();
    std::iter::repeat_n(sign, length).collect()
}

/// Changes one place of a value, which may make it unfit.
pub(crate) fn mutate(schema: &Value, value: &mut Value, random: &mut StdRng) {
    let mut places = Vec::new();
    collect(schema, value, String::new(), &mut places);
    let (place, schema) = places.choose(random).unwrap();
    let target = value.pointer_mut(place).unwrap();
    match random.random_range(0..4) {
        0 => *target = other(random),
        1 => remove_or_add(target, random),
        _ => *target = at_limit(schema, target, random),
    }
}

/// All places of a value, with their schemas.
fn collect<'s>(
    schema: &'s Value,
    value: &Value,
    place: String,
    places: &mut Vec<(String, &'s Value)>,
) {
    for (name, value) in value.as_object().into_iter().flatten() {
        let known = schema["properties"].get(name);
        if let Some(schema) = known.or_else(|| schema.get("additionalProperties")) {
            collect(schema, value, format!("{place}/{name}"), places);
        }
    }
    for (index, value) in value.as_array().into_iter().flatten().enumerate() {
        collect(&schema["items"], value, format!("{place}/{index}"), places);
    }
    places.push((place, schema));
}

fn other(random: &mut StdRng) -> Value {
    let others = [
        json!(null),
        json!(true),
        json!(1),
        json!(2.0),
        json!(2.5),
        json!("text"),
        json!([]),
        json!(["text"]),
        json!({}),
        json!({ "schema": {} }),
    ];
    others.choose(random).unwrap().clone()
}

fn remove_or_add(target: &mut Value, random: &mut StdRng) {
    let Some(object) = target.as_object_mut() else {
        *target = other(random);
        return;
    };
    let names: Vec<_> = object.keys().cloned().collect();
    match names.choose(random).filter(|_| random.random_bool(0.6)) {
        Some(name) => object.remove(name),
        None => object.insert("other".to_owned(), other(random)),
    };
}

/// A text at or beyond a limit, a number beyond one, or too many items.
fn at_limit(schema: &Value, target: &Value, random: &mut StdRng) -> Value {
    let limit = |name: &str| {
        schema[name]
            .as_u64()
            .and_then(|limit| usize::try_from(limit).ok())
    };
    match target {
        Value::String(_) => {
            let lengths = [
                limit("maxLength").map(|max| max + 1),
                limit("maxLength"),
                limit("minLength"),
                limit("minLength").and_then(|min| min.checked_sub(1)),
                Some(0),
            ];
            let lengths: Vec<_> = lengths.into_iter().flatten().collect();
            "z".repeat(*lengths.choose(random).unwrap()).into()
        }
        Value::Number(_) => json!(random.random_range(-2000..2000)),
        Value::Array(items) => {
            let more = limit("maxItems").map_or(1, |most| most + 1);
            std::iter::repeat_n(items.first().cloned().unwrap_or("text".into()), more).collect()
        }
        _ => other(random),
    }
}

fn kind(schema: &Value) -> &str {
    let kinds = schema["type"].as_array();
    let kinds = kinds.into_iter().flatten().filter_map(Value::as_str);
    let first = kinds
        .chain(schema["type"].as_str())
        .find(|kind| *kind != "null");
    first.unwrap_or("object")
}

fn is_nullable(schema: &Value) -> bool {
    schema["type"].as_array().is_some()
}

fn members(schema: &Value) -> impl Iterator<Item = (&String, &Value)> {
    schema["properties"].as_object().into_iter().flatten()
}

fn is_required(schema: &Value, name: &str) -> bool {
    let mut required = schema["required"].as_array().into_iter().flatten();
    required.any(|required| required == name)
}
