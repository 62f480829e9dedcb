//! The substitution of the integration's entities for those of an interface.

use serde_json::{Value, json};

use super::existing::stands_alone;
use super::fragment::Fragment;
use super::names::Names;
use crate::definition::reference::address::{Reference, decode, is_absolute, is_bare, join};
use crate::diagnostic::catalog::interface;
use crate::diagnostic::{Diagnostic, FileId, Location, Pointer};
use crate::json_schema::subschemas;
use crate::sections::{self, member_schemas};

/// Takes a part of an interface as the integration implements it.
pub(super) fn substitute(
    names: &Names<'_>,
    section: &str,
    name: &str,
    found: &mut Vec<Diagnostic>,
) -> Fragment {
    let source = names.source;
    let written = Pointer::root().child(section).child(name);
    let original = &source.value[section][name];
    let mut part = Fragment {
        value: original.clone(),
        origins: vec![(Pointer::root(), (source.file, written.clone()))],
    };
    for schema in member_schemas(section, original) {
        let mut open = vec![schema];
        while let Some(place) = open.pop() {
            let Some(schema) = place.find(original) else {
                continue;
            };
            let at = Location::value(source.file, written.join(&place).child("$ref"));
            let step = step(names, schema, &place, at, found);
            if step.is_searched {
                let inside = subschemas(schema).into_iter();
                open.extend(inside.map(|(inner, _)| place.join(&inner)));
            }
            part.origins
                .extend(step.origin.map(|origin| (place.clone(), origin)));
            let Some(there) = part.value.pointer_mut(place.as_str()) else {
                continue;
            };
            match step.value {
                Some(value) => *there = value,
                None => tidy(there),
            }
        }
    }
    rename(names, section, name, &mut part);
    part
}

/// The substitution of one schema.
struct Step {
    /// The new schema, if it changes.
    value: Option<Value>,
    origin: Option<(FileId, Pointer)>,
    is_searched: bool,
}

fn step(
    names: &Names<'_>,
    schema: &Value,
    place: &Pointer,
    at: Location,
    found: &mut Vec<Diagnostic>,
) -> Step {
    let stays = Step {
        value: None,
        origin: None,
        is_searched: true,
    };
    let Some(text) = schema.get("$ref").and_then(Value::as_str) else {
        return stays;
    };
    if let Some((entity, rest)) = entity_of(text) {
        let known = names.of_interface("entities");
        if known.contains(&entity.as_str()) {
            return entity_step(names, &entity, rest, place);
        }
        found.push(interface::unknown_part(
            at,
            names.interface(),
            "entity",
            &entity,
            &known,
        ));
        return Step {
            value: Some(json!({})),
            is_searched: false,
            ..stays
        };
    }
    let Reference { address, fragment } = Reference::parse(text);
    // An address that is relative to the interface's file is not relative to the definition.
    if !address.is_empty()
        && !is_absolute(address)
        && let Some(address) = join(&names.source.address, address)
    {
        let mut schema = schema.clone();
        schema["$ref"] = json!(format!("{address}#{fragment}"));
        return Step {
            value: Some(schema),
            ..stays
        };
    }
    stays
}

/// Leaves out keywords without effect, as Botpress does when it prints an interface's items of an integration.
fn tidy(schema: &mut Value) {
    if let Value::Object(keywords) = schema {
        keywords.retain(|keyword, value| match keyword.as_str() {
            "x-zui" => *value != json!({}),
            "$schema" => *value != "http://json-schema.org/draft-07/schema#",
            _ => true,
        });
    }
}

/// A reference to an entity is replaced as a whole, with its siblings.
fn entity_step(names: &Names<'_>, entity: &str, rest: &str, place: &Pointer) -> Step {
    let entities = Pointer::root().child("entities");
    let Some((own, schema)) = names.substitute(entity) else {
        // A missing substitute is reported elsewhere; the interface's own entity is used for the rest.
        let written = entities.child(entity).child("schema");
        return Step {
            value: Some(names.source.value["entities"][entity]["schema"].clone()),
            origin: Some((names.source.file, written)),
            is_searched: false,
        };
    };
    let written = entities.child(own).child("schema");
    if !rest.is_empty() || !stands_alone(schema) {
        let reference = format!("#{}{rest}", entities.child(own));
        return Step {
            value: Some(json!({ "$ref": reference })),
            origin: None,
            is_searched: false,
        };
    }
    let mut schema = schema.clone();
    if let Value::Object(keywords) = &mut schema {
        keywords.shift_remove("$schema");
        // Of two closed objects that both have to fit, neither may be closed.
        let is_conjunct = place
            .parent()
            .and_then(|list| list.last())
            .is_some_and(|list| list == "allOf");
        if is_conjunct && keywords.get("additionalProperties") == Some(&Value::Bool(false)) {
            keywords.shift_remove("additionalProperties");
        }
    }
    Step {
        value: Some(schema),
        origin: Some((names.file, written)),
        is_searched: false,
    }
}

/// The entity that a reference of an interface means, and the way inside of it.
fn entity_of(text: &str) -> Option<(String, &str)> {
    if is_bare(text) {
        return Some((decode(text), ""));
    }
    let rest = text.strip_prefix("#/entities/")?;
    let (name, rest) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    Some((Pointer::parse(&format!("/{}", decode(name)))?.last()?, rest))
}

/// Writes the definition's names for an item into the item.
fn rename(names: &Names<'_>, section: &str, name: &str, part: &mut Fragment) {
    let (Some(renaming), Value::Object(members)) = (names.renaming(section, name), &mut part.value)
    else {
        return;
    };
    let at = names.at.child(section).child(name);
    // Botpress repeats the new name inside actions and events, but not inside channels.
    let repeats_name = sections::extended(&Pointer::root().child(section).child(name))
        .is_some_and(|extended| extended.repeats_name);
    let new_name = renaming.name.as_ref().filter(|_| repeats_name);
    let written = [
        ("name", new_name),
        ("title", renaming.title.as_ref()),
        ("description", renaming.description.as_ref()),
    ];
    for (key, value) in written {
        if let Some(value) = value {
            members.insert(key.to_owned(), json!(value));
            part.origins
                .push((Pointer::root().child(key), (names.file, at.child(key))));
        }
    }
}
