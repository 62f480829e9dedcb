//! Integrations as the API shows them.

use serde_json::{Map, Value, json};

use super::record::{Record, Visibility};
use crate::admin::account;
use crate::admin::call::{Call, shown_time};
use crate::admin::contents;
use crate::admin::hub;
use crate::wire::failure::Result;

/// The whole integration. Its signing secret is shown only where it is new.
pub(super) fn whole(call: &Call<'_>, record: &Record, secret: &str) -> Result<Value> {
    let mut shown = summary(call, record);
    let section = |name: &str| record.definition.get(name).cloned();
    let map = |name: &str| section(name).unwrap_or_else(|| json!({}));
    let url = record.url.as_deref().unwrap_or_default();
    shown["identifier"] = map("identifier");
    shown["url"] = url.into();
    shown["signingSecret"] = secret.into();
    shown["dev"] = record.is_dev.into();
    shown["readmeUrl"] = content_url(call, record, record.readme.as_deref());
    shown["secrets"] = record.secrets.keys().cloned().collect();
    shown["interfaces"] = interfaces(call, &map("interfaces"))?;
    shown["configuration"] = configuration(section("configuration"));
    shown["configurations"] = each(map("configurations"), |one| configuration(Some(one)));
    shown["channels"] = each(map("channels"), channel);
    shown["user"] = owner(section("user"));
    for name in ["states", "events", "actions", "entities"] {
        shown[name] = map(name);
    }
    if let Some(seconds) = section("maxExecutionTime") {
        shown["maxExecutionTime"] = seconds;
    }
    Ok(shown)
}

/// The whole integration as others see it.
pub(in crate::admin) fn public(call: &Call<'_>, record: &Record) -> Result<Value> {
    let mut shown = whole(call, record, "")?;
    shown["ownerWorkspace"] = owner_workspace(call, record)?;
    shown["meta"] = json!({ "installs": 0, "views": 0 });
    Ok(shown)
}

/// An integration as lists show it to others.
pub(super) fn public_summary(call: &Call<'_>, record: &Record) -> Result<Value> {
    let mut shown = summary(call, record);
    shown["ownerWorkspace"] = owner_workspace(call, record)?;
    shown["meta"] = json!({ "installs": 0, "views": 0 });
    Ok(shown)
}

/// An integration as lists show it.
pub(in crate::admin) fn summary(call: &Call<'_>, record: &Record) -> Value {
    let text = |name: &str| record.definition.get(name).and_then(Value::as_str);
    let mut shown = json!({
        "id": record.id,
        "name": record.name,
        "version": record.version,
        "createdAt": shown_time(record.created),
        "updatedAt": shown_time(record.updated),
        "title": text("title").unwrap_or(title_of(&record.name)),
        "description": text("description").unwrap_or_default(),
        "iconUrl": content_url(call, record, record.icon.as_deref()),
        "public": record.visibility == Visibility::Public,
        "visibility": record.visibility.as_str(),
        "verificationStatus": record.verification,
        "lifecycleStatus": "published",
    });
    if let Some(attributes) = record.definition.get("attributes") {
        shown["attributes"] = attributes.clone();
    }
    shown
}

/// Without a title, the name is shown. A title has at most 64 characters.
fn title_of(name: &str) -> &str {
    match name.char_indices().nth(64) {
        Some((end, _)) => &name[..end],
        None => name,
    }
}

fn owner_workspace(call: &Call<'_>, record: &Record) -> Result<Value> {
    let owner = account::workspace(call.database, &record.workspace_id)?;
    Ok(match owner {
        Some(owner) => json!({ "id": owner.id, "handle": owner.handle, "name": owner.name }),
        None => Value::Null,
    })
}

fn content_url(call: &Call<'_>, record: &Record, content: Option<&str>) -> Value {
    match content {
        Some(content) => format!("{}{}", call.base_url, contents::path(&record.id, content)).into(),
        None => "".into(),
    }
}

fn configuration(configuration: Option<Value>) -> Value {
    let mut shown = configuration.unwrap_or_else(|| json!({}));
    let identifier = shown["identifier"].take();
    let mut identifier = if identifier.is_object() {
        identifier
    } else {
        json!({})
    };
    if identifier["required"].is_null() {
        identifier["required"] = false.into();
    }
    shown["identifier"] = identifier;
    if shown["schema"].is_null() {
        shown["schema"] = json!({});
    }
    shown
}

fn channel(mut channel: Value) -> Value {
    let tags = &channel["message"]["tags"];
    let tags = if tags.is_object() {
        tags.clone()
    } else {
        json!({})
    };
    channel["message"] = json!({ "tags": tags });
    channel["conversation"] = owner(Some(channel["conversation"].take()));
    channel
}

/// Tags and the rule of creation, with their defaults.
fn owner(owner: Option<Value>) -> Value {
    let mut shown = owner.filter(Value::is_object).unwrap_or_else(|| json!({}));
    if shown["tags"].is_null() {
        shown["tags"] = json!({});
    }
    if shown["creation"].is_null() {
        shown["creation"] = json!({ "enabled": false, "requiredTags": [] });
    }
    shown
}

fn interfaces(call: &Call<'_>, declared: &Value) -> Result<Value> {
    let mut shown = Map::new();
    for (key, declared) in declared.as_object().into_iter().flatten() {
        let id = declared["id"].as_str().unwrap_or_default();
        let known = hub::interface(call.database, id)?;
        let (name, version) = known
            .map(|known| (known.name, known.version))
            .unwrap_or_default();
        let mut interface = json!({ "id": id, "name": name, "version": version });
        for section in ["entities", "actions", "events", "channels"] {
            let names = declared.get(section).cloned();
            interface[section] = names.unwrap_or_else(|| json!({}));
        }
        shown.insert(key.clone(), interface);
    }
    Ok(shown.into())
}

fn each(map: Value, shown: impl Fn(Value) -> Value) -> Value {
    match map {
        Value::Object(members) => {
            let members = members.into_iter();
            members.map(|(name, value)| (name, shown(value))).collect()
        }
        other => other,
    }
}
