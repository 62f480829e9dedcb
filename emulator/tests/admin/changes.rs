//! The update of a definition to another one.

use serde_json::{Value, json};

/// Adds `null` for what an update deletes.
pub(crate) fn changes(before: &Value, mut update: Value) -> Value {
    for section in [
        "actions",
        "events",
        "states",
        "entities",
        "interfaces",
        "configurations",
        "attributes",
        "channels",
    ] {
        delete(&before[section], &mut update[section]);
    }
    for section in ["actions", "events"] {
        each(&before[section], &mut update[section], |before, after| {
            delete(&before["attributes"], &mut after["attributes"]);
        });
    }
    delete(&before["user"]["tags"], &mut update["user"]["tags"]);
    each(
        &before["channels"],
        &mut update["channels"],
        |before, after| {
            delete(&before["messages"], &mut after["messages"]);
            for owner in ["message", "conversation"] {
                delete(&before[owner]["tags"], &mut after[owner]["tags"]);
            }
        },
    );
    delete(&before["identifier"], &mut update["identifier"]);
    unlink(&before["configuration"], &mut update["configuration"]);
    each(
        &before["configurations"],
        &mut update["configurations"],
        unlink,
    );
    without_nothing(&mut update);
    update
}

/// Deletes each member that is gone.
fn delete(before: &Value, after: &mut Value) {
    for name in before
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, _)| name)
    {
        if after.get(name).is_none() {
            after[name] = Value::Null;
        }
    }
}

/// Deletes the link of a configuration.
fn unlink(before: &Value, after: &mut Value) {
    const SCRIPT: &str = "linkTemplateScript";
    if before["identifier"].get(SCRIPT).is_some() && after["identifier"].get(SCRIPT).is_none() {
        after["identifier"] = json!({ "required": false, SCRIPT: null });
    }
}

/// Changes what both have.
fn each(before: &Value, after: &mut Value, change: impl Fn(&Value, &mut Value)) {
    for (name, before) in before.as_object().into_iter().flatten() {
        if let Some(after) = after.get_mut(name).filter(|after| after.is_object()) {
            change(before, after);
        }
    }
}

/// Removes the members that have become `null` by reading them, where `null` deletes nothing.
fn without_nothing(update: &mut Value) {
    retain(update);
    for section in ["actions", "events", "channels"] {
        let members = update.get_mut(section).and_then(Value::as_object_mut);
        for (_, member) in members.into_iter().flatten() {
            retain(member);
            for owner in ["message", "conversation"] {
                member.get_mut(owner).map(retain);
            }
        }
    }
    update.get_mut("user").map(retain);
}

fn retain(value: &mut Value) {
    if let Some(object) = value.as_object_mut() {
        object.retain(|_, value| !value.is_null());
    }
}
