//! Interfaces of the hub.
//!
//! The id of an interface follows from its name and version, so that it is the same in each emulator. Those that Botpress
//! publishes are known by their names. What they declare is known only if it was published in the emulator, too.

use rusqlite::{Connection, Row, params};
use semver::Version;
use serde_json::{Map, Value};
use ulid::Ulid;

use crate::ids::IdKind;
use crate::wire::failure::{Failure, Result};

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

/// An interface of the hub.
pub(super) struct Interface {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) version: String,
    pub(super) definition: Map<String, Value>,
    pub(super) created: i64,
}

/// An interface by its id.
pub(super) fn find(database: &Connection, id: &str) -> Result<Option<Interface>> {
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
pub(super) fn all(database: &Connection) -> Result<Vec<Interface>> {
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
