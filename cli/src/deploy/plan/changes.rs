//! What a definition changes at Botpress, and what that means for bots.

use serde_json::{Value, json};

use super::schema::{differences, is_equal, requires_more};

/// How something changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::deploy) enum Kind {
    /// It is new.
    Added,
    /// It is different.
    Changed,
    /// It is deleted.
    Removed,
    /// It is not declared any more, and stays all the same.
    Kept,
}

/// A change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::deploy) struct Change {
    pub(in crate::deploy) kind: Kind,
    /// The thing that changes: "the action `createIssue`".
    pub(in crate::deploy) thing: String,
    /// How it changes.
    pub(in crate::deploy) details: Vec<String>,
    /// What that means for bots and their owners; empty if it means nothing.
    pub(in crate::deploy) effect: &'static str,
}

/// A section of named items, with the noun for one and what changes mean.
struct Section {
    path: &'static [&'static str],
    noun: &'static str,
    removed: &'static str,
    /// What it means that a schema requires more than before.
    stricter: &'static str,
}

const SECTIONS: [Section; 8] = [
    Section {
        path: &["configurations"],
        noun: "configuration",
        removed: "installations that chose it have to choose another one",
        stricter: "installations without a required value do not work until their owner enters it",
    },
    Section {
        path: &["actions"],
        noun: "action",
        removed: "bots that call it get an error",
        stricter: "bots that leave out a required value get an error",
    },
    Section {
        path: &["events"],
        noun: "event",
        removed: "bots do not get it any more",
        stricter: "",
    },
    Section {
        path: &["states"],
        noun: "state",
        removed: "values in it are lost",
        stricter: "stored values without a required one do not fit any more",
    },
    Section {
        path: &["entities"],
        noun: "entity",
        removed: "",
        stricter: "",
    },
    Section {
        path: &["interfaces"],
        noun: "interface",
        removed: "bots and plugins that need it cannot use the integration",
        stricter: "",
    },
    Section {
        path: &["attributes"],
        noun: "attribute",
        removed: "",
        stricter: "",
    },
    Section {
        path: &["user", "tags"],
        noun: "tag of users",
        removed: "bots do not find users by it any more",
        stricter: "",
    },
];

const CHANNEL: Section = Section {
    path: &["channels"],
    noun: "channel",
    removed: "bots that send messages to it get an error",
    stricter: "",
};

/// The members of a channel, each with the noun for an item of it.
const OF_CHANNEL: [Section; 3] = [
    Section {
        path: &["messages"],
        noun: "message",
        removed: "bots that send it get an error",
        stricter: "bots that leave out a required value get an error",
    },
    Section {
        path: &["message", "tags"],
        noun: "tag of messages",
        removed: "bots do not find messages by it any more",
        stricter: "",
    },
    Section {
        path: &["conversation", "tags"],
        noun: "tag of conversations",
        removed: "bots do not find conversations by it any more",
        stricter: "",
    },
];

/// Members of the integration itself, each with what it is called and whether the API can remove it.
const TEXTS: [(&[&str], &str); 5] = [
    (&["title"], "the title"),
    (&["description"], "the description"),
    (&["user", "creation", "enabled"], "the creation of users"),
    (
        &["identifier", "extractScript"],
        "the script that finds an installation",
    ),
    (
        &["identifier", "fallbackHandlerScript"],
        "the script for requests of no installation",
    ),
];

/// The script of a configuration that gives the link where an owner authorizes.
const LINK: [&str; 2] = ["identifier", "linkTemplateScript"];

/// What a create body changes of an integration that is there. Without one, everything is new.
pub(in crate::deploy) fn compare(body: &Value, there: &Value) -> Vec<Change> {
    let mut changes = texts(body, there);
    changes.extend(primary_configuration(body, there));
    for section in &SECTIONS {
        changes.extend(items(section, "", body, there));
    }
    changes.extend(channels(body, there));
    changes
}

fn texts(body: &Value, there: &Value) -> Vec<Change> {
    let changes = TEXTS.iter().filter_map(|(path, thing)| {
        let (after, before) = (at(body, path), at(there, path));
        let is_removable = path[0] == "identifier";
        let kind = match (is_set(before), is_set(after)) {
            // A text is nothing that a bot could use.
            (false, true) if there.is_null() && !is_removable => return None,
            (false, true) => Kind::Added,
            (true, true) if !is_equal(before, after) => Kind::Changed,
            (true, false) if is_removable => Kind::Removed,
            (true, false) => Kind::Kept,
            _ => return None,
        };
        let effect = match (kind, is_removable) {
            (Kind::Removed, true) => "requests that it was for are not assigned any more",
            _ => "",
        };
        Some(change(kind, (*thing).to_owned(), Vec::new(), effect))
    });
    changes.collect()
}

fn primary_configuration(body: &Value, there: &Value) -> Option<Change> {
    let (after, before) = (&body["configuration"], &there["configuration"]);
    let has_fields = before["schema"]["properties"].as_object();
    let has_fields = has_fields.is_some_and(|fields| !fields.is_empty());
    let is_there = has_fields || is_set(at(before, &LINK));
    let thing = "the configuration".to_owned();
    match (is_there, is_set(after)) {
        (false, true) => Some(change(Kind::Added, thing, Vec::new(), "")),
        (true, false) => Some(change(Kind::Kept, thing, Vec::new(), "")),
        (true, true) => changed(&SECTIONS[0], thing, before, after),
        (false, false) => None,
    }
}

fn channels(body: &Value, there: &Value) -> Vec<Change> {
    let mut changes = items(&CHANNEL, "", body, there);
    let names = body["channels"].as_object().into_iter().flatten();
    for (name, channel) in names {
        let before = &there["channels"][name];
        if is_set(before) {
            let of = format!(" of the channel `{name}`");
            for section in &OF_CHANNEL {
                changes.extend(items(section, &of, channel, before));
            }
        }
    }
    changes
}

/// The changes of a section.
fn items(section: &Section, of: &str, body: &Value, there: &Value) -> Vec<Change> {
    let (after, before) = (at(body, section.path), at(there, section.path));
    let thing = |name: &str| format!("the {} `{name}`{of}", section.noun);
    let mut changes = Vec::new();
    for (name, item) in after.as_object().into_iter().flatten() {
        let earlier = &before[name];
        if is_set(earlier) {
            changes.extend(changed(section, thing(name), earlier, item));
        } else {
            changes.push(change(Kind::Added, thing(name), Vec::new(), ""));
        }
    }
    for (name, item) in before.as_object().into_iter().flatten() {
        if is_set(item) && !is_set(&after[name]) {
            changes.push(change(
                Kind::Removed,
                thing(name),
                Vec::new(),
                section.removed,
            ));
        }
    }
    changes
}

/// The change of an item that was there before, if there is one.
fn changed(section: &Section, thing: String, before: &Value, after: &Value) -> Option<Change> {
    let mut details = Vec::new();
    let mut is_stricter = false;
    for (path, prefix) in [
        (&["schema"][..], ""),
        (&["input", "schema"], "its input "),
        (&["output", "schema"], "its output "),
    ] {
        let (before, after) = (at(before, path), at(after, path));
        if is_set(after) {
            let found = differences(before, after);
            details.extend(found.iter().map(|found| format!("{prefix}{found}")));
            is_stricter |= path[0] != "output" && requires_more(before, after);
        }
    }
    details.extend(other_details(section, before, after));
    let effect = if is_stricter { section.stricter } else { "" };
    (!details.is_empty()).then(|| change(Kind::Changed, thing, details, effect))
}

/// What else differs in an item: texts, the owner of a state, the link of a configuration, the parts of an interface.
fn other_details(section: &Section, before: &Value, after: &Value) -> Vec<String> {
    let names = ["title", "description", "billable", "cacheable"];
    let mut details: Vec<_> = names
        .iter()
        .filter(|name| is_set(&after[**name]) && !is_equal(&before[**name], &after[**name]))
        .map(|name| format!("has another {name}"))
        .collect();
    if section.noun == "state" && before["type"] != after["type"] {
        let owner = after["type"].as_str().unwrap_or_default();
        details.push(format!("belongs to another owner: {owner}"));
    }
    if section.noun == "attribute" && before != after {
        details.push("has another value".to_owned());
    }
    if section.noun == "interface" && before["id"] != after["id"] {
        details.push("has another version".to_owned());
    }
    match (is_set(at(before, &LINK)), is_set(at(after, &LINK))) {
        (true, false) => details.push("loses its link, so that owners cannot authorize".to_owned()),
        (false, true) => details.push("gets a link, where owners authorize".to_owned()),
        (true, true) if at(before, &LINK) != at(after, &LINK) => {
            details.push("has another link".to_owned());
        }
        _ => {}
    }
    details
}

fn change(kind: Kind, thing: String, details: Vec<String>, effect: &'static str) -> Change {
    Change {
        kind,
        thing,
        details,
        effect,
    }
}

fn at<'a>(value: &'a Value, path: &[&str]) -> &'a Value {
    let found = path.iter().try_fold(value, |value, name| value.get(*name));
    found.unwrap_or(&Value::Null)
}

/// Whether something is there: the API answers with empty texts and maps, and with `false`, for what is not.
fn is_set(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        _ => true,
    }
}

impl Kind {
    /// The kind in a word, for machines.
    fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Removed => "removed",
            Self::Kept => "kept",
        }
    }
}

impl Change {
    pub(super) fn json(&self) -> Value {
        json!({
            "kind": self.kind.word(),
            "thing": self.thing,
            "details": self.details,
            "effect": (!self.effect.is_empty()).then_some(self.effect),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(body: &Value, there: &Value) -> Vec<String> {
        let changes = compare(body, there);
        let told = changes.iter().map(|change| {
            format!(
                "{} {} {:?} {}",
                change.kind.word(),
                change.thing,
                change.details,
                change.effect
            )
        });
        told.collect()
    }

    #[test]
    fn without_an_integration_all_items_are_new() {
        let body =
            json!({ "title": "A", "actions": { "a": {} }, "user": { "tags": { "id": {} } } });
        let expected = [
            "added the action `a` [] ",
            "added the tag of users `id` [] ",
        ];
        assert_eq!(told(&body, &Value::Null), expected);
    }

    #[test]
    fn an_equal_integration_has_no_changes_although_the_api_answers_with_defaults() {
        let body = json!({ "title": "A", "configuration": { "schema": {}, "identifier": {} }, "states": {} });
        let there = json!({
            "title": "A", "configuration": { "schema": {}, "identifier": {} }, "channels": {}, "identifier": {},
            "user": { "tags": {}, "creation": { "enabled": false, "requiredTags": [] } }, "actions": {},
        });
        assert_eq!(told(&body, &there), ["added the configuration [] "]);
        let mut body = body;
        body["configuration"] = Value::Null;
        assert_eq!(told(&body, &there), [""; 0]);
    }

    #[test]
    fn a_change_tells_what_it_means_for_bots() {
        let there = json!({
            "actions": { "a": { "input": { "schema": { "properties": { "x": {} } } } }, "old": {} },
            "configuration": { "schema": { "properties": { "x": {} } }, "identifier": { "linkTemplateScript": "a" } },
            "channels": { "c": { "messages": { "text": {}, "old": {} } } },
            "states": { "s": { "type": "user", "schema": {} } },
            "description": "A.",
        });
        let schema = json!({ "properties": { "x": {}, "y": {} }, "required": ["y"] });
        let body = json!({
            "actions": { "a": { "input": { "schema": schema } } },
            "configuration": { "schema": schema },
            "channels": { "c": { "messages": { "text": {} } } },
            "states": { "s": { "type": "integration", "schema": {} } },
        });
        assert_eq!(
            told(&body, &there),
            [
                "kept the description [] ",
                "changed the configuration [\"requires `y`, which is new\", \"loses its link, so that owners cannot \
                 authorize\"] installations without a required value do not work until their owner enters it",
                "changed the action `a` [\"its input requires `y`, which is new\"] bots that leave out a required value get an error",
                "removed the action `old` [] bots that call it get an error",
                "changed the state `s` [\"belongs to another owner: integration\"] ",
                "removed the message `old` of the channel `c` [] bots that send it get an error",
            ]
        );
    }
}
