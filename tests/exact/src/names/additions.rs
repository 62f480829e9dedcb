//! Additions to a definition, drawn at random.

use serde_json::{Value, json};

use super::schemas::Material;
use crate::corpus::root_pointers;
use contexture_compare::sample::Random;

/// Adds one thing to a definition, and says what; nothing, if there is no place for it.
type Kind = fn(&mut Value, &Material, &mut Random) -> Option<String>;

/// The kinds of additions; likelier ones several times.
const KINDS: &[Kind] = &[
    add_action,
    add_event,
    add_state,
    add_entity,
    add_channel,
    add_message,
    add_tag,
    add_secret,
    add_property,
    add_property,
    add_property,
    add_property,
    add_value,
    add_value,
];

/// Adds something to a definition; says what. Gives `None` if there is no place for it.
pub(super) fn add(
    definition: &mut Value,
    material: &Material,
    random: &mut Random,
) -> Option<String> {
    let kind = KINDS[random.below(KINDS.len())];
    kind(definition, material, random)
}

fn add_action(definition: &mut Value, material: &Material, random: &mut Random) -> Option<String> {
    let action = json!({ "input": { "schema": material.payload(random) }, "output": { "schema": material.payload(random) } });
    insert(definition, &["actions"], &material.name(random), action)
}

fn add_event(definition: &mut Value, material: &Material, random: &mut Random) -> Option<String> {
    insert(
        definition,
        &["events"],
        &material.name(random),
        json!({ "schema": material.payload(random) }),
    )
}

fn add_state(definition: &mut Value, material: &Material, random: &mut Random) -> Option<String> {
    let state = json!({ "type": "integration", "schema": material.payload(random) });
    insert(definition, &["states"], &material.name(random), state)
}

fn add_entity(definition: &mut Value, material: &Material, random: &mut Random) -> Option<String> {
    insert(
        definition,
        &["entities"],
        &material.name(random),
        json!({ "schema": material.payload(random) }),
    )
}

fn add_channel(definition: &mut Value, material: &Material, random: &mut Random) -> Option<String> {
    let channels: Vec<Value> = definition["channels"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(_, channel)| channel.clone())
        .collect();
    let channel = if channels.is_empty() || random.percent(50) {
        json!({ "messages": { "text": { "schema": material.payload(random) } } })
    } else {
        random.pick(&channels).clone()
    };
    insert(definition, &["channels"], &material.name(random), channel)
}

fn add_message(definition: &mut Value, material: &Material, random: &mut Random) -> Option<String> {
    let channel = pick_key(&definition["channels"], random)?;
    let message = json!({ "schema": material.payload(random) });
    insert(
        definition,
        &["channels", &channel, "messages"],
        &material.name(random),
        message,
    )
}

fn add_tag(definition: &mut Value, material: &Material, random: &mut Random) -> Option<String> {
    let tag = json!({ "title": "A tag" });
    let name = material.name(random);
    match pick_key(&definition["channels"], random) {
        Some(channel) if random.percent(70) => {
            let owner = ["conversation", "message"][random.below(2)];
            insert(
                definition,
                &["channels", &channel, owner, "tags"],
                &name,
                tag,
            )
        }
        _ => insert(definition, &["user", "tags"], &name, tag),
    }
}

fn add_secret(definition: &mut Value, material: &Material, random: &mut Random) -> Option<String> {
    let name: String = material
        .name(random)
        .to_uppercase()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic());
    is_name.then(|| insert(definition, &["secrets"], &name, json!({ "optional": true })))?
}

/// Adds an optional property to an object.
fn add_property(
    definition: &mut Value,
    material: &Material,
    random: &mut Random,
) -> Option<String> {
    // An object without properties is a map, and a struct with one.
    let is_object = |schema: &Value| {
        let properties = schema["properties"].as_object();
        properties.is_some_and(|properties| !properties.is_empty()) && schema.get("$ref").is_none()
    };
    let place = pick_schema(definition, random, is_object)?;
    let (name, schema) = (material.name(random), material.schema(random));
    let properties = definition
        .pointer_mut(&format!("{place}/properties"))?
        .as_object_mut()?;
    if properties.contains_key(&name) {
        return None;
    }
    properties.insert(name.clone(), schema);
    Some(format!("the property {name} in {place}"))
}

/// Adds a value to an enum. The only value of one may distinguish an alternative, so it stays the only one.
fn add_value(definition: &mut Value, material: &Material, random: &mut Random) -> Option<String> {
    let is_choice = |schema: &Value| {
        let values = schema["enum"].as_array();
        values.is_some_and(|values| values.len() > 1 && values.iter().all(Value::is_string))
    };
    let place = pick_schema(definition, random, is_choice)?;
    let values = definition
        .pointer_mut(&format!("{place}/enum"))?
        .as_array_mut()?;
    let known = random.pick(values).as_str().unwrap_or_default().to_owned();
    let value = match random.below(6) {
        0 => known.to_uppercase(),
        1 => known.replace('_', "-"),
        2 => format!("@{known}"),
        3 => format!("{known}+"),
        _ => material.name(random),
    };
    if values.iter().any(|other| *other == value) {
        return None;
    }
    values.push(json!(value));
    Some(format!("the value {value} in {place}"))
}

fn insert(definition: &mut Value, way: &[&str], name: &str, value: Value) -> Option<String> {
    let mut members = definition;
    for key in way {
        let around = members.as_object_mut()?;
        members = around.entry((*key).to_owned()).or_insert_with(|| json!({}));
    }
    let members = members.as_object_mut()?;
    if members.contains_key(name) {
        return None;
    }
    members.insert(name.to_owned(), value);
    Some(format!("{}/{name}", way.join("/")))
}

fn pick_key(object: &Value, random: &mut Random) -> Option<String> {
    let keys: Vec<_> = object.as_object()?.keys().cloned().collect();
    (!keys.is_empty()).then(|| random.pick(&keys).clone())
}

/// The place of a schema in a payload that something can be added to.
fn pick_schema(
    definition: &Value,
    random: &mut Random,
    fits: impl Fn(&Value) -> bool,
) -> Option<String> {
    let mut places = Vec::new();
    for pointer in root_pointers(definition) {
        let root = definition.pointer(&pointer)?;
        collect(root, &pointer, &fits, &mut places);
    }
    (!places.is_empty()).then(|| random.pick(&places).clone())
}

/// The schemas whose own members make types. Parts of an intersection restrict others, and are left as they are.
fn collect(schema: &Value, place: &str, fits: &impl Fn(&Value) -> bool, places: &mut Vec<String>) {
    if fits(schema) {
        places.push(place.to_owned());
    }
    for keyword in ["properties", "definitions", "$defs"] {
        for (name, inner) in schema[keyword].as_object().into_iter().flatten() {
            let name = name.replace('~', "~0").replace('/', "~1");
            collect(inner, &format!("{place}/{keyword}/{name}"), fits, places);
        }
    }
    for keyword in ["items", "additionalProperties"] {
        if let Some(inner) = schema.get(keyword).filter(|inner| inner.is_object()) {
            collect(inner, &format!("{place}/{keyword}"), fits, places);
        }
    }
    for keyword in ["anyOf", "oneOf"] {
        for (index, inner) in schema[keyword].as_array().into_iter().flatten().enumerate() {
            collect(inner, &format!("{place}/{keyword}/{index}"), fits, places);
        }
    }
}
