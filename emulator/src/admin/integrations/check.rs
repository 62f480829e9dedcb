//! What a definition needs beside the shape of its body: names, limits of counts and bytes, schemas, interfaces.

use contexture::ApiErrorKind;
use jsonschema::Draft;
use rusqlite::Connection;
use serde_json::{Map, Value};

use crate::admin::hub;
use crate::wire::failure::{Failure, Result};

/// The sections whose members have an identifier as their name, and the most of them.
const SECTIONS: [(&str, usize); 6] = [
    ("actions", usize::MAX),
    ("events", 20),
    ("states", 20),
    ("channels", 10),
    ("entities", usize::MAX),
    ("configurations", usize::MAX),
];

/// The most message types of a channel.
const MOST_MESSAGES: usize = 20;

/// The most tags of one kind.
const MOST_TAGS: usize = 50;

/// The most secrets.
const MOST_SECRETS: usize = 25;

/// The largest schema in bytes.
const SCHEMA_BYTES: usize = 102_400;

/// Checks a whole definition.
pub(in crate::admin) fn definition(
    database: &Connection,
    definition: &Map<String, Value>,
) -> Result<()> {
    for (section, most) in SECTIONS {
        check_section(section, definition.get(section), most)?;
    }
    check_tags("user", definition.get("user"))?;
    for (name, channel) in members(definition.get("channels")) {
        let place = format!("channels.{name}");
        check_section(
            &format!("{place}.messages"),
            channel.get("messages"),
            MOST_MESSAGES,
        )?;
        check_tags(&format!("{place}.message"), channel.get("message"))?;
        check_tags(
            &format!("{place}.conversation"),
            channel.get("conversation"),
        )?;
    }
    for (name, value) in definition {
        check_schemas(name, value)?;
    }
    for (name, interface) in members(definition.get("interfaces")) {
        check_interface(database, name, interface, definition)?;
    }
    Ok(())
}

/// Checks the names and the number of secrets.
pub(super) fn secrets(secrets: &Map<String, Value>) -> Result<()> {
    let is_sign = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    let is_name = |name: &str| {
        name.starts_with(|first: char| first.is_ascii_uppercase()) && name.bytes().all(is_sign)
    };
    if let Some(name) = secrets.keys().find(|name| !is_name(name)) {
        let message = format!("the secret {name:?} must have a name in SCREAMING_SNAKE_CASE");
        return Err(Failure::invalid(message));
    }
    check_count("secrets", secrets.len(), MOST_SECRETS)
}

fn check_section(place: &str, section: Option<&Value>, most: usize) -> Result<()> {
    check_count(place, members(section).count(), most)?;
    match members(section).find(|(name, _)| !is_identifier(name)) {
        Some((name, _)) => Err(Failure::new(
            ApiErrorKind::InvalidIdentifier,
            format!(
                "{place}.{name}: a name must start with a lower-case letter, have 2 to 100 characters, and have letters \
                 and digits only"
            ),
        )),
        None => Ok(()),
    }
}

fn is_identifier(name: &str) -> bool {
    (2..=100).contains(&name.len())
        && name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn check_count(place: &str, count: usize, most: usize) -> Result<()> {
    if count <= most {
        return Ok(());
    }
    Err(Failure::limit(format!(
        "{place} has {count} members, and at most {most} are allowed"
    )))
}

/// Checks the tags of an owner, and that those are declared which its creation requires.
fn check_tags(place: &str, owner: Option<&Value>) -> Result<()> {
    let Some(owner) = owner else { return Ok(()) };
    let tags = owner.get("tags");
    check_count(&format!("{place}.tags"), members(tags).count(), MOST_TAGS)?;
    let required = owner["creation"]["requiredTags"].as_array();
    let mut required = required.into_iter().flatten().filter_map(Value::as_str);
    match required.find(|required| members(tags).all(|(name, _)| name != required)) {
        Some(missing) => Err(Failure::invalid(format!(
            "{place}.creation.requiredTags has {missing:?}, which is no tag of {place}"
        ))),
        None => Ok(()),
    }
}

/// Checks each schema: the member `schema` of a part of the definition.
fn check_schemas(place: &str, value: &Value) -> Result<()> {
    for (name, value) in members(Some(value)) {
        let place = format!("{place}.{name}");
        if name == "schema" {
            check_schema(&place, value)?;
        } else {
            check_schemas(&place, value)?;
        }
    }
    Ok(())
}

fn check_schema(place: &str, schema: &Value) -> Result<()> {
    let bytes = schema.to_string().len();
    if bytes > SCHEMA_BYTES {
        return Err(Failure::limit(format!(
            "{place} has {bytes} bytes of JSON, and at most {SCHEMA_BYTES} are allowed"
        )));
    }
    let options = jsonschema::options().with_draft(Draft::Draft7);
    match options.build(schema) {
        Ok(_) => Ok(()),
        Err(error) => Err(Failure::new(
            ApiErrorKind::InvalidJsonSchema,
            format!("{place} is no JSON Schema: {error}"),
        )),
    }
}

/// Checks that an interface exists, and that the integration has what is named for it.
fn check_interface(
    database: &Connection,
    name: &str,
    interface: &Value,
    definition: &Map<String, Value>,
) -> Result<()> {
    let id = interface["id"].as_str().unwrap_or_default();
    if hub::interface(database, id)?.is_none() {
        return Err(Failure::no_reference("interface", id));
    }
    for section in ["entities", "actions", "events", "channels"] {
        for (member, named) in members(interface.get(section)) {
            let target = named["name"].as_str().unwrap_or_default();
            if members(definition.get(section)).all(|(known, _)| known != target) {
                return Err(Failure::invalid(format!(
                    "interfaces.{name}.{section}.{member} names {target:?}, which is none of the integration's {section}"
                )));
            }
        }
    }
    Ok(())
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_has_letters_and_digits() {
        for name in ["ab", "sendMessage", "a1"] {
            assert!(is_identifier(name), "{name}");
        }
        for name in ["a", "", "Ab", "a-b", "a_b", "1a", "é1", &"a".repeat(101)] {
            assert!(!is_identifier(name), "{name}");
        }
    }

    #[test]
    fn a_secret_is_named_as_a_variable() {
        let named = |name: &str| [(name.to_owned(), Value::Null)].into_iter().collect();
        secrets(&named("CLIENT_ID_2")).unwrap();
        for name in ["clientId", "_A", "2A", "A-B", ""] {
            assert!(secrets(&named(name)).is_err(), "{name}");
        }
    }
}
