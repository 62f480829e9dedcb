//! Changes that break the bots which use an earlier version.
//!
//! Botpress refuses them with `BreakingChanges`, and publishes no list of them. The emulator refuses, within a major version,
//! what a bot would miss for certain: something that is gone, and a new required part of what a bot gives.

use std::collections::BTreeSet;

use contexture::ApiErrorKind;
use semver::Version;
use serde_json::{Map, Value};

use super::record::Record;
use crate::admin::call::Call;
use crate::wire::failure::{Failure, Result};
use crate::wire::headers::header;

/// The sections whose members a bot uses by their names.
const SECTIONS: [(&str, &str); 4] = [
    ("actions", "action"),
    ("events", "event"),
    ("channels", "channel"),
    ("configurations", "configuration"),
];

/// Whether the request asks not to look for breaking changes.
pub(super) fn is_bypassed(call: &Call<'_>) -> bool {
    header(call.headers, "x-bypass-breaking-changes-detection") == Some("true")
}

/// Refuses a version that breaks its predecessor of the same major version.
pub(super) fn check(
    version: &Version,
    predecessor: &Record,
    definition: &Map<String, Value>,
) -> Result<()> {
    let before = Version::parse(&predecessor.version).ok();
    if before.is_none_or(|before| before.major != version.major) {
        return Ok(());
    }
    let changes = changes(&predecessor.definition, definition);
    if changes.is_empty() {
        return Ok(());
    }
    let message = format!(
        "version {version} breaks {}: {}; give it a new major version",
        predecessor.version,
        changes.join(", ")
    );
    Err(Failure::new(ApiErrorKind::BreakingChanges, message))
}

fn changes(old: &Map<String, Value>, new: &Map<String, Value>) -> Vec<String> {
    let mut changes = Vec::new();
    let empty = Map::new();
    let section = |definition: &'_ Map<String, Value>, name: &str| {
        let found = definition.get(name).and_then(Value::as_object);
        found.unwrap_or(&empty).clone()
    };
    for (name, noun) in SECTIONS {
        let (old, new) = (section(old, name), section(new, name));
        for (member, old) in &old {
            match new.get(member) {
                None => changes.push(format!("{noun} {member:?} is gone")),
                Some(new) => changes.extend(within(noun, member, old, new)),
            }
        }
    }
    let (old, new) = (old.get("configuration"), new.get("configuration"));
    let [old, new] = [old, new].map(|one| one.cloned().unwrap_or_default());
    changes.extend(newly_required(
        "the configuration",
        &old["schema"],
        &new["schema"],
    ));
    changes
}

fn within(noun: &str, member: &str, old: &Value, new: &Value) -> Vec<String> {
    let what = format!("{noun} {member:?}");
    match noun {
        "action" => newly_required(&what, &old["input"]["schema"], &new["input"]["schema"]),
        "configuration" => newly_required(&what, &old["schema"], &new["schema"]),
        "channel" => {
            let names = old["messages"].as_object().into_iter().flat_map(Map::keys);
            let gone = names.filter(|name| new["messages"].get(*name).is_none());
            gone.map(|name| format!("message {name:?} of {what} is gone"))
                .collect()
        }
        _ => Vec::new(),
    }
}

fn newly_required(what: &str, old: &Value, new: &Value) -> Vec<String> {
    let required = |schema: &Value| -> BTreeSet<String> {
        let names = schema["required"].as_array().into_iter().flatten();
        names.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let added = &required(new) - &required(old);
    let added = added.iter();
    added
        .map(|name| format!("{what} requires {name:?}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_a_bot_would_miss_is_found() {
        let schema =
            |required: &[&str]| json!({ "schema": { "type": "object", "required": required } });
        let old = json!({
            "actions": { "a": { "input": schema(&["x"]) }, "b": { "input": schema(&[]) } },
            "events": { "e": {} },
            "channels": { "c": { "messages": { "text": {}, "image": {} } } },
            "configurations": { "oauth": schema(&[]) },
        });
        let new = json!({
            "actions": { "a": { "input": schema(&["x", "y"]) }, "c": { "input": schema(&["z"]) } },
            "channels": { "c": { "messages": { "text": {} } } },
            "configurations": { "oauth": schema(&["key"]) },
            "configuration": schema(&["key"]),
        });
        let found = changes(old.as_object().unwrap(), new.as_object().unwrap());
        assert_eq!(
            found,
            [
                "action \"a\" requires \"y\"",
                "action \"b\" is gone",
                "event \"e\" is gone",
                "message \"image\" of channel \"c\" is gone",
                "configuration \"oauth\" requires \"key\"",
                "the configuration requires \"key\"",
            ]
        );
        assert_eq!(
            changes(new.as_object().unwrap(), new.as_object().unwrap()),
            [""; 0]
        );
    }
}
