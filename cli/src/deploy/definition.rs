//! The definition of an integration at Botpress.
//!
//! The API shows an integration in another form than its definition has: with ids, times, addresses and defaults, and
//! without what its author alone needs.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::body::{BodyParts, Place, create_body};

/// Members of a body that the API takes and does not show.
const NOT_SHOWN: [&str; 4] = ["icon", "readme", "extraOperations", "sdkVersion"];

/// The definition of an integration as the API shows it, for a comparison with another definition.
///
/// What Botpress does not get or does not show is that of the other definition, so that it makes no difference.
#[must_use]
pub(crate) fn definition_of(there: &Value, other: &Value) -> Value {
    let mut definition = body_of(&without_defaults(there, other));
    let mut shown = body_of(other);
    if let Value::Object(members) = &mut shown {
        members.retain(|name, _| !NOT_SHOWN.contains(&name.as_str()));
    }
    add_rest(&mut definition, other, &shown);
    definition["name"] = name_of(&there["name"], &other["name"]);
    definition["secrets"] = secrets(there, other);
    for (key, interface) in members(&mut definition, "interfaces") {
        identify(
            interface,
            &there["interfaces"][key],
            &other["interfaces"][key],
        );
    }
    for name in ["public", "visibility"] {
        if other.get(name).is_some() {
            definition[name] = there[name].clone();
        }
    }
    definition
}

/// What Botpress gets of a definition.
fn body_of(definition: &Value) -> Value {
    let parts = BodyParts {
        name: definition["name"].as_str().unwrap_or_default(),
        interface_ids: &BTreeMap::new(),
        place: &Place::Unchanged,
        visibility: None,
    };
    create_body(definition, &parts)
}

/// An integration without what the API shows where nothing was declared.
fn without_defaults(there: &Value, other: &Value) -> Value {
    let mut there = without_nulls(there);
    if other.get("title").is_none() && own_name(&there["title"]) == own_name(&there["name"]) {
        remove(&mut there, "title");
    }
    let is_any = |schema: &Value| schema.is_null() || *schema == json!({});
    let is_declared = other["configuration"]["schema"] == json!({});
    if is_any(&there["configuration"]["schema"]) && !is_declared {
        there["configuration"]["schema"] =
            json!({ "type": "object", "properties": {}, "additionalProperties": false });
        if has_choices_alone(other) && !has_identifier(&there["configuration"]) {
            remove(&mut there, "configuration");
        }
    }
    there
}

/// Whether a definition has no primary configuration, which the API shows all the same.
fn has_choices_alone(definition: &Value) -> bool {
    let choices = definition["configurations"].as_object();
    definition.get("configuration").is_none() && choices.is_some_and(|choices| !choices.is_empty())
}

/// Whether a configuration says how an installation is identified.
fn has_identifier(configuration: &Value) -> bool {
    let members = configuration["identifier"].as_object();
    members.is_some_and(|members| members.values().any(|member| *member != false))
}

/// A value without members that are `null`, which the API takes for none. Schemas stay as they are.
fn without_nulls(value: &Value) -> Value {
    let Value::Object(members) = value else {
        return value.clone();
    };
    let members = members.iter().filter(|(_, member)| !member.is_null());
    let kept = members.map(|(name, member)| match name.as_str() {
        "schema" => (name.clone(), member.clone()),
        _ => (name.clone(), without_nulls(member)),
    });
    Value::Object(kept.collect())
}

/// Adds to what is there, part by part, all that another definition has and Botpress does not show of it.
fn add_rest(there: &mut Value, other: &Value, shown: &Value) {
    let (Value::Object(there), Value::Object(other), Value::Object(shown)) = (there, other, shown)
    else {
        return;
    };
    for (name, value) in other {
        match (there.get_mut(name), shown.get(name)) {
            (_, None) => drop(there.insert(name.clone(), value.clone())),
            (Some(there), Some(shown)) => add_rest(there, value, shown),
            (None, Some(_)) => {}
        }
    }
}

/// The name, without the handle of the workspace if the other one is the same without it.
fn name_of(there: &Value, other: &Value) -> Value {
    if own_name(there) == own_name(other) {
        other.clone()
    } else {
        there.clone()
    }
}

/// A name without the handle of its workspace.
fn own_name(name: &Value) -> &str {
    let name = name.as_str().unwrap_or_default();
    name.rsplit('/').next().unwrap_or_default()
}

/// The secrets, of which the API shows the names alone.
fn secrets(there: &Value, other: &Value) -> Value {
    let names = there["secrets"].as_array().into_iter().flatten();
    let names = names.filter_map(Value::as_str);
    let secret = |name: &str| {
        let declared = other["secrets"].get(name).cloned();
        (name.to_owned(), declared.unwrap_or_else(|| json!({})))
    };
    names.map(secret).collect()
}

/// Gives an interface its name and its version, and its id if the other definition has one.
fn identify(interface: &mut Value, there: &Value, other: &Value) {
    let has_id = other["id"].as_str().is_some_and(|id| !id.is_empty());
    remove(interface, "id");
    for name in ["name", "version"]
        .into_iter()
        .chain(has_id.then_some("id"))
    {
        interface[name] = there[name].clone();
    }
    if !has_id && let Some(id) = other.get("id") {
        interface["id"] = id.clone();
    }
}

fn members<'a>(
    value: &'a mut Value,
    name: &str,
) -> impl Iterator<Item = (&'a String, &'a mut Value)> {
    let found = value.get_mut(name).and_then(Value::as_object_mut);
    found.into_iter().flat_map(Map::iter_mut)
}

fn remove(value: &mut Value, name: &str) {
    if let Value::Object(members) = value {
        members.shift_remove(name);
    }
}
