//! The body that updates an integration: deletions are written as `null`.
//!
//! The API keeps what a body leaves out, so each thing that is there and no longer declared has to be named.

use serde_json::{Map, Value, json};

/// The sections whose items are removed by `null`.
const SECTIONS: [&str; 7] = [
    "actions",
    "attributes",
    "configurations",
    "entities",
    "events",
    "interfaces",
    "states",
];

/// The scripts of the integration itself.
const SCRIPTS: [&str; 2] = ["extractScript", "fallbackHandlerScript"];

/// The body that turns an integration at Botpress into the one that a create body describes.
///
/// `there` is the integration as the API answers it.
#[must_use]
pub(crate) fn update_body(create: &Value, there: &Value) -> Value {
    let mut body = create.clone();
    if let Value::Object(members) = &mut body {
        // The API takes neither: the id in the path stands for the name and the version.
        members.retain(|name, _| !matches!(name.as_str(), "name" | "version" | "dev"));
        // Botpress runs the code again if there is no address.
        if members.contains_key("code") && !text(there, "url").is_empty() {
            members.insert("url".to_owned(), Value::Null);
        }
    }
    for section in SECTIONS {
        remove_missing(&mut body, there, &[section]);
    }
    remove_missing(&mut body, there, &["user", "tags"]);
    for section in ["actions", "events"] {
        for name in in_both(&body, there, section) {
            remove_missing(&mut body, there, &[section, &name, "attributes"]);
        }
    }
    update_channels(&mut body, there);
    remove_scripts(&mut body, there);
    body
}

fn update_channels(body: &mut Value, there: &Value) {
    let both = in_both(body, there, "channels");
    remove_missing(body, there, &["channels"]);
    for name in both {
        for within in [
            &["messages"][..],
            &["message", "tags"],
            &["conversation", "tags"],
        ] {
            let place = [&["channels", name.as_str()], within].concat();
            remove_missing(body, there, &place);
        }
    }
}

/// Removes scripts that are not declared any more.
fn remove_scripts(body: &mut Value, there: &Value) {
    for script in SCRIPTS {
        if is_gone(&body["identifier"], &there["identifier"], script) {
            body["identifier"][script] = Value::Null;
        }
    }
    let configuration = &there["configuration"];
    if loses_link(&body["configuration"], configuration) {
        if body["configuration"].is_null() {
            // It stays at Botpress, since a body cannot remove it.
            body["configuration"] = json!({ "schema": configuration["schema"] });
        }
        remove_link(&mut body["configuration"]);
    }
    for name in in_both(body, there, "configurations") {
        let (here, there) = (
            &mut body["configurations"][&name],
            &there["configurations"][&name],
        );
        if loses_link(here, there) {
            remove_link(here);
        }
    }
}

fn loses_link(here: &Value, there: &Value) -> bool {
    is_gone(
        &here["identifier"],
        &there["identifier"],
        "linkTemplateScript",
    )
}

/// Without a link no owner of a bot could get the identifier.
fn remove_link(configuration: &mut Value) {
    configuration["identifier"]["linkTemplateScript"] = Value::Null;
    configuration["identifier"]["required"] = false.into();
}

fn is_gone(here: &Value, there: &Value, name: &str) -> bool {
    text(here, name).is_empty() && !text(there, name).is_empty()
}

fn text<'a>(object: &'a Value, name: &str) -> &'a str {
    object.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The names of items that are here and there.
fn in_both(body: &Value, there: &Value, section: &str) -> Vec<String> {
    let is_there = |name: &String| there[section].get(name).is_some_and(|item| !item.is_null());
    let here = body[section].as_object().into_iter().flatten();
    let here = here.filter(|(_, item)| !item.is_null());
    here.map(|(name, _)| name.clone())
        .filter(is_there)
        .collect()
}

/// Writes `null` for each member of a map that is there and not here.
fn remove_missing(body: &mut Value, there: &Value, place: &[&str]) {
    let there = place.iter().try_fold(there, |value, name| value.get(*name));
    let Some(there) = there
        .and_then(Value::as_object)
        .filter(|there| !there.is_empty())
    else {
        return;
    };
    let here = place.iter().fold(body, |value, name| &mut value[*name]);
    if here.is_null() {
        *here = Map::new().into();
    }
    if let Value::Object(here) = here {
        for name in there.keys() {
            here.entry(name.clone()).or_insert(Value::Null);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An integration with one of each thing that can be removed, named `old`, and one that stays.
    fn there() -> Value {
        json!({
            "id": "intver_1", "name": "acme/a", "version": "1.0.0", "url": "https://old.test",
            "actions": { "old": {}, "a": { "attributes": { "old": "1", "b": "2" } } },
            "events": { "old": {}, "e": { "attributes": { "old": "1" } } },
            "states": { "old": {} }, "entities": { "old": {} }, "attributes": { "old": "1" },
            "interfaces": { "old": {} },
            "user": { "tags": { "old": {} } },
            "channels": { "old": {}, "c": {
                "messages": { "old": {}, "text": {} },
                "message": { "tags": { "old": {} } },
                "conversation": { "tags": { "old": {} } },
            } },
            "identifier": { "extractScript": "a", "fallbackHandlerScript": "b" },
            "configuration": { "schema": { "type": "object" }, "identifier": { "linkTemplateScript": "c", "required": true } },
            "configurations": { "old": {}, "o": { "identifier": { "linkTemplateScript": "d", "required": true } } },
        })
    }

    #[test]
    fn each_thing_that_is_not_declared_any_more_is_null() {
        let create = json!({
            "name": "acme/a", "version": "1.0.0", "url": "https://new.test", "identifier": {},
            "actions": { "a": { "attributes": { "b": "2" } } },
            "events": { "e": { "schema": {} } },
            "channels": { "c": { "messages": { "text": {} } } },
            "configuration": { "schema": {}, "identifier": { "required": true } },
            "configurations": { "o": { "identifier": {} } },
        });
        assert_eq!(
            update_body(&create, &there()),
            json!({
                "url": "https://new.test",
                "actions": { "old": null, "a": { "attributes": { "old": null, "b": "2" } } },
                "events": { "old": null, "e": { "schema": {}, "attributes": { "old": null } } },
                "states": { "old": null }, "entities": { "old": null }, "attributes": { "old": null },
                "interfaces": { "old": null },
                "user": { "tags": { "old": null } },
                "channels": { "old": null, "c": {
                    "messages": { "old": null, "text": {} },
                    "message": { "tags": { "old": null } },
                    "conversation": { "tags": { "old": null } },
                } },
                "identifier": { "extractScript": null, "fallbackHandlerScript": null },
                "configuration": { "schema": {}, "identifier": { "linkTemplateScript": null, "required": false } },
                "configurations": {
                    "old": null,
                    "o": { "identifier": { "linkTemplateScript": null, "required": false } },
                },
            })
        );
    }

    #[test]
    fn a_configuration_that_is_gone_keeps_its_schema_and_loses_its_link() {
        let create = json!({ "name": "acme/a", "version": "1.0.0", "identifier": {} });
        let body = update_body(&create, &there());
        let expected = json!({
            "schema": { "type": "object" },
            "identifier": { "linkTemplateScript": null, "required": false },
        });
        assert_eq!(body["configuration"], expected);
    }

    #[test]
    fn code_takes_the_place_of_an_address_and_an_equal_definition_removes_nothing() {
        let create = json!({ "name": "acme/a", "version": "1.0.0", "code": "x", "identifier": {} });
        assert_eq!(update_body(&create, &there())["url"], Value::Null);
        let mut there = create.clone();
        there["url"] = "".into();
        let body = update_body(&create, &there);
        assert_eq!(body, json!({ "code": "x", "identifier": {} }));
    }
}
