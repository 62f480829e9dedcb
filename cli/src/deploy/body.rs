//! The body that creates an integration.
//!
//! It has the members that the API lists for it (OpenAPI 1.86, `createIntegration`), as the official command line writes
//! them. A definition has more, which are not sent.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value};

/// The members of the integration itself that are sent as they are.
const OWN: [&str; 6] = [
    "title",
    "description",
    "user",
    "attributes",
    "extraOperations",
    "sdkVersion",
];

/// The sections of named items, each with the members of an item that are sent.
const SECTIONS: [(&str, &[&str]); 6] = [
    (
        "actions",
        &[
            "title",
            "description",
            "input",
            "output",
            "billable",
            "cacheable",
            "attributes",
        ],
    ),
    (
        "channels",
        &[
            "title",
            "description",
            "messages",
            "conversation",
            "message",
        ],
    ),
    ("configurations", CONFIGURATION),
    ("entities", &["title", "description", "schema"]),
    ("events", &["title", "description", "schema", "attributes"]),
    ("states", &["type", "schema"]),
];
const CONFIGURATION: &[&str] = &["title", "description", "schema", "identifier"];
const IDENTIFIER: &[&str] = &["extractScript", "fallbackHandlerScript"];
const INTERFACE: &[&str] = &["entities", "actions", "events", "channels"];

/// Where an integration runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// At an address, where Botpress calls it.
    Url(String),
    /// At Botpress, which runs this JavaScript.
    Code(String),
    /// Where it ran before.
    Unchanged,
}

/// What a body has beside the definition.
#[derive(Clone, Debug)]
pub(crate) struct BodyParts<'a> {
    /// The name, with the handle of the workspace.
    pub(crate) name: &'a str,
    /// The ids of the interfaces, by their keys in the definition.
    pub(crate) interface_ids: &'a BTreeMap<String, String>,
    pub(crate) place: &'a Place,
    /// `public`, `private` or `unlisted`; Botpress's default for a dev integration.
    pub(crate) visibility: Option<&'a str>,
}

/// The body that creates an integration. Secrets are not part of it.
#[must_use]
pub(crate) fn create_body(definition: &Value, parts: &BodyParts<'_>) -> Value {
    let mut body = Map::new();
    body.insert("name".to_owned(), parts.name.into());
    body.insert("version".to_owned(), definition["version"].clone());
    body.extend(pick(definition, &OWN));
    for text in ["icon", "readme"] {
        if let Some(text_of_file) = definition[text].as_str() {
            let encoded = BASE64_STANDARD.encode(text_of_file);
            body.insert(text.to_owned(), encoded.into());
        }
    }
    let identifier = pick(&definition["identifier"], IDENTIFIER);
    body.insert("identifier".to_owned(), identifier.into());
    if definition["configuration"].is_object() {
        let configuration = configuration(&definition["configuration"]);
        body.insert("configuration".to_owned(), configuration);
    }
    for (section, members) in SECTIONS {
        if let Some(items) = definition[section].as_object() {
            let items = items.iter().map(|(name, item)| {
                let item = match section {
                    "configurations" => configuration(item),
                    _ => pick(item, members).into(),
                };
                (name.clone(), item)
            });
            body.insert(section.to_owned(), Value::Object(items.collect()));
        }
    }
    if let Some(interfaces) = definition["interfaces"].as_object() {
        let interfaces = interfaces.iter().map(|(key, interface)| {
            let mut sent = pick(interface, INTERFACE);
            let id = parts.interface_ids.get(key).cloned();
            sent.insert("id".to_owned(), id.unwrap_or_default().into());
            (key.clone(), Value::Object(sent))
        });
        body.insert("interfaces".to_owned(), Value::Object(interfaces.collect()));
    }
    if let Some(visibility) = parts.visibility {
        body.insert("visibility".to_owned(), visibility.into());
    }
    match parts.place {
        Place::Url(url) => drop(body.insert("url".to_owned(), url.as_str().into())),
        Place::Code(code) => drop(body.insert("code".to_owned(), code.as_str().into())),
        Place::Unchanged => {}
    }
    Value::Object(body)
}

/// A configuration. The official command line sends its identifier also if it is empty.
fn configuration(configuration: &Value) -> Value {
    let mut sent = pick(configuration, CONFIGURATION);
    sent.entry("identifier")
        .or_insert_with(|| Map::new().into());
    Value::Object(sent)
}

/// The members of an object with these names.
fn pick(object: &Value, names: &[&str]) -> Map<String, Value> {
    let members = names.iter().filter_map(|name| {
        let member = object.get(*name)?;
        Some(((*name).to_owned(), member.clone()))
    });
    members.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_body_has_what_the_api_lists_and_nothing_else() {
        let definition = json!({
            "name": "github", "version": "1.0.0", "icon": "<svg/>", "public": true, "secrets": { "KEY": {} },
            "actions": { "a": { "name": "a", "input": { "schema": {} }, "output": { "schema": {} } } },
            "events": { "e": { "ui": {}, "schema": {} } },
            "configuration": { "schema": {} },
            "interfaces": { "hitl<ticket>": { "id": "", "name": "hitl", "version": "2.0.0", "actions": {} } },
        });
        let body = create_body(
            &definition,
            &BodyParts {
                name: "acme/github",
                interface_ids: &BTreeMap::from([("hitl<ticket>".to_owned(), "ifver_1".to_owned())]),
                place: &Place::Url("https://a.test".to_owned()),
                visibility: Some("private"),
            },
        );
        assert_eq!(
            body,
            json!({
                "name": "acme/github", "version": "1.0.0", "icon": "PHN2Zy8+", "identifier": {},
                "configuration": { "schema": {}, "identifier": {} },
                "actions": { "a": { "input": { "schema": {} }, "output": { "schema": {} } } },
                "events": { "e": { "schema": {} } },
                "interfaces": { "hitl<ticket>": { "id": "ifver_1", "actions": {} } },
                "visibility": "private", "url": "https://a.test",
            })
        );
    }
}
