//! The hub: what all workspaces can find.
//!
//! Interfaces have an id that follows from their name and version, so that it is the same in each emulator. Those that Botpress
//! publishes are known by their names. What they declare is known only if it was published in the emulator, too.

use http::Method;
use rusqlite::{Connection, Row, params};
use semver::Version;
use serde_json::{Map, Value, json};
use ulid::Ulid;

use super::call::{Call, Operation, shown_time};
use super::integrations::{self, Visibility};
use crate::ids::IdKind;
use crate::wire::answer::Answer;
use crate::wire::failure::{Failure, Result};
use crate::wire::query::{Kind, NEXT_TOKEN, parameter};

/// The interfaces that Botpress publishes, in their versions of August 2026.
const PUBLISHED: [(&str, &str); 14] = [
    ("creatable", "0.0.3"),
    ("deletable", "0.0.3"),
    ("files-readonly", "0.3.0"),
    ("hitl", "2.1.0"),
    ("listable", "0.0.3"),
    ("llm", "11.0.0"),
    ("message-state", "0.0.1"),
    ("proactive-conversation", "0.0.4"),
    ("proactive-user", "0.0.3"),
    ("readable", "0.0.3"),
    ("speech-to-text", "2.0.2"),
    ("text-to-image", "2.1.2"),
    ("typing-indicator", "0.0.4"),
    ("updatable", "0.0.3"),
];

/// The sections of an interface.
const SECTIONS: [&str; 4] = ["entities", "events", "actions", "channels"];

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        name: "listPublicIntegrations",
        method: Method::GET,
        path: "/v1/admin/hub/integrations",
        query: integrations::LIST,
        body: &[],
        run: integrations::list_public,
    },
    Operation {
        name: "getPublicIntegrationById",
        method: Method::GET,
        path: "/v1/admin/hub/integrations/{id}",
        query: &[],
        body: &[],
        run: integration_by_id,
    },
    Operation {
        name: "getPublicIntegration",
        method: Method::GET,
        path: "/v1/admin/hub/integrations/{name}/{version}",
        query: &[],
        body: &[],
        run: integration,
    },
    Operation {
        name: "listPublicInterfaces",
        method: Method::GET,
        path: "/v1/admin/hub/interfaces",
        query: &[
            NEXT_TOKEN,
            parameter("name", Kind::Text),
            parameter("version", Kind::Text),
        ],
        body: &[],
        run: list_interfaces,
    },
    Operation {
        name: "getPublicInterfaceById",
        method: Method::GET,
        path: "/v1/admin/hub/interfaces/{id}",
        query: &[],
        body: &[],
        run: interface_by_id,
    },
    Operation {
        name: "getPublicInterface",
        method: Method::GET,
        path: "/v1/admin/hub/interfaces/{name}/{version}",
        query: &[],
        body: &[],
        run: interface_by_name,
    },
];

/// An interface of the hub.
pub(super) struct Interface {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) version: String,
    definition: Map<String, Value>,
    created: i64,
}

/// An interface by its id.
pub(super) fn interface(database: &Connection, id: &str) -> Result<Option<Interface>> {
    Ok(all(database)?.into_iter().find(|one| one.id == id))
}

/// Publishes an interface. It replaces the one with its name and version.
pub(super) fn publish(
    database: &Connection,
    definition: &Map<String, Value>,
    now: i64,
) -> Result<String> {
    let text = |name: &str| definition.get(name).and_then(Value::as_str);
    let (Some(name), Some(version)) = (text("name"), text("version")) else {
        return Err(Failure::invalid("an interface needs a name and a version"));
    };
    if Version::parse(version).is_err() {
        return Err(Failure::invalid(
            "the version of an interface must be a semantic version",
        ));
    }
    let id = id_of(name, version);
    let sql = "INSERT INTO admin_interfaces (id, name, version, definition, created_at) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (id) DO UPDATE SET definition = excluded.definition";
    let definition = Value::Object(definition.clone()).to_string();
    database.execute(sql, params![id, name, version, definition, now])?;
    Ok(id)
}

/// The published interfaces, and those that Botpress publishes, in the order of their names and versions.
fn all(database: &Connection) -> Result<Vec<Interface>> {
    let mut statement = database.prepare_cached("SELECT * FROM admin_interfaces")?;
    let published = statement.query_map([], read)?;
    let mut all: Vec<_> = published.collect::<rusqlite::Result<_>>()?;
    let known = PUBLISHED.map(|(name, version)| Interface {
        id: id_of(name, version),
        name: name.to_owned(),
        version: version.to_owned(),
        definition: Map::new(),
        created: 0,
    });
    for known in known {
        if all.iter().all(|one| one.id != known.id) {
            all.push(known);
        }
    }
    all.sort_by(|one, other| (&one.name, &one.version).cmp(&(&other.name, &other.version)));
    Ok(all)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Interface> {
    let definition = row.get_ref("definition")?.as_str()?;
    Ok(Interface {
        id: row.get("id")?,
        name: row.get("name")?,
        version: row.get("version")?,
        definition: serde_json::from_str(definition).unwrap_or_default(),
        created: row.get("created_at")?,
    })
}

/// The id of a name and a version: FNV-1a with 128 bits, written as a ULID.
fn id_of(name: &str, version: &str) -> String {
    let text = format!("{name}@{version}");
    let hash = text.bytes().fold(
        0x6c62_272e_07bb_0142_62b8_2175_6295_c58d,
        |hash: u128, byte| {
            (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
        },
    );
    format!("{}_{}", IdKind::InterfaceVersion.prefix(), Ulid::from(hash))
}

fn integration_by_id(call: &mut Call<'_>) -> Result<Answer> {
    let id = call.parameter(0);
    let found = integrations::find(call.database, id)?;
    let open = found.filter(|record| record.visibility != Visibility::Private);
    let record = open.ok_or_else(|| Failure::not_found("integration", id))?;
    let shown = integrations::public(call, &record)?;
    Ok(Answer::ok(json!({ "integration": shown })))
}

fn integration(call: &mut Call<'_>) -> Result<Answer> {
    let record = integrations::find_public(call.database, call.parameter(0), call.parameter(1))?;
    let shown = integrations::public(call, &record)?;
    Ok(Answer::ok(json!({ "integration": shown })))
}

fn interface_by_id(call: &mut Call<'_>) -> Result<Answer> {
    let id = call.parameter(0);
    let found = interface(call.database, id)?;
    let found = found.ok_or_else(|| Failure::not_found("interface", id))?;
    Ok(Answer::ok(json!({ "interface": shown(&found) })))
}

fn interface_by_name(call: &mut Call<'_>) -> Result<Answer> {
    let (name, version) = (call.parameter(0), call.parameter(1));
    let wanted = integrations::read_version(version)?;
    let named = all(call.database)?.into_iter();
    let named = named.filter(|one| one.name == name);
    let parsed = named.filter_map(|one| Some((Version::parse(&one.version).ok()?, one)));
    let found = wanted.best(parsed);
    let found =
        found.ok_or_else(|| Failure::not_found("interface", &format!("{name}@{version}")))?;
    Ok(Answer::ok(json!({ "interface": shown(&found) })))
}

/// All interfaces are on one page.
fn list_interfaces(call: &mut Call<'_>) -> Result<Answer> {
    let wanted = call.query.text("version").map(integrations::read_version);
    let wanted = wanted.transpose()?;
    let mut found = all(call.database)?;
    found.retain(|one| {
        let version = Version::parse(&one.version);
        let fits = wanted.as_ref().is_none_or(|wanted| {
            version.is_ok_and(|version| wanted.best([(version, ())]).is_some())
        });
        fits && call.query.text("name").is_none_or(|name| one.name == name)
    });
    let shown: Vec<_> = found.iter().map(summary).collect();
    Ok(Answer::ok(json!({ "interfaces": shown, "meta": {} })))
}

fn summary(interface: &Interface) -> Value {
    let text = |name: &str| interface.definition.get(name).and_then(Value::as_str);
    json!({
        "id": interface.id,
        "createdAt": shown_time(interface.created),
        "updatedAt": shown_time(interface.created),
        "name": interface.name,
        "version": interface.version,
        "title": text("title").unwrap_or(&interface.name),
        "description": text("description").unwrap_or_default(),
        "iconUrl": "",
        "readmeUrl": "",
        "public": true,
    })
}

fn shown(interface: &Interface) -> Value {
    let mut shown = summary(interface);
    for section in SECTIONS {
        let declared = interface.definition.get(section).cloned();
        shown[section] = declared.unwrap_or_else(|| json!({}));
    }
    for member in ["nameTemplate", "attributes"] {
        if let Some(value) = interface.definition.get(member) {
            shown[member] = value.clone();
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_follows_from_the_name_and_the_version() {
        let id = id_of("listable", "0.0.3");
        assert_eq!(id, id_of("listable", "0.0.3"));
        assert_ne!(id, id_of("listable", "0.0.4"));
        assert!((28..=36).contains(&id.len()), "{id}");
        let mut ids: Vec<_> = PUBLISHED.map(|(name, version)| id_of(name, version)).into();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), PUBLISHED.len());
    }
}
