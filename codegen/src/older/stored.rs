//! What a version stores, with the names that the code has for it.

use std::collections::BTreeMap;

use super::alone::lower_stored;
use super::{identity, names};
use crate::definition::LoadedDefinition;
use crate::diagnostic::Pointer;
use crate::model::{Model, StateOwner};
use crate::version::parse_version;

/// What a version stores, with the names that the code has for it.
#[derive(Clone, Debug)]
pub(crate) struct Stored {
    name: String,
    version: String,
    /// The places of its configurations.
    configurations: Vec<Pointer>,
    states: Vec<StoredState>,
}

/// A state that a version stores.
#[derive(Clone, Debug)]
struct StoredState {
    wire: String,
    owner: StateOwner,
    /// The name of its type in the version's own code.
    name: String,
    /// The name of its type in the version's module, in the code of a newer one.
    name_in_module: String,
}

impl Stored {
    /// What a definition without errors stores.
    pub(crate) fn new(definition: &LoadedDefinition, model: &Model) -> Self {
        let alone = lower_stored(definition.clone());
        let alone = alone.as_ref().unwrap_or(model);
        let states = model.states.iter().zip(&alone.states);
        let states = states.map(|(own, alone_state)| StoredState {
            wire: own.wire.clone(),
            owner: own.owner,
            name: model.state_type(own).to_owned(),
            name_in_module: alone.state_type(alone_state).to_owned(),
        });
        let variants = model.configurations.variants.iter();
        let configurations = variants.map(|one| match &one.wire {
            Some(wire) => Pointer::root().child("configurations").child(wire),
            None => Pointer::root().child("configuration"),
        });
        Self {
            name: model.name.clone(),
            version: model.version.clone(),
            configurations: configurations.collect(),
            states: states.collect(),
        }
    }

    pub(crate) fn version(&self) -> &str {
        &self.version
    }

    /// What has to be implemented to bring along what another version stored: by the places of its configurations, and of
    /// its states that still are there. Nothing, if it is one of another integration.
    pub(crate) fn migrations_from(&self, old: &Self) -> BTreeMap<String, String> {
        let is_same = identity::is_same_integration(&old.name, &self.name);
        let Some(version) = parse_version(&old.version).filter(|_| is_same) else {
            return BTreeMap::new();
        };
        let module = names::module(&version);
        let configurations = old.configurations.iter().map(|place| {
            let implementation = format!("MigrateFrom<{module}::Configuration> for Configuration");
            (place.as_str().to_owned(), implementation)
        });
        let states = old.states.iter().filter_map(|state| {
            let mut states = self.states.iter();
            let today = states.find(|one| one.wire == state.wire && one.owner == state.owner)?;
            let place = Pointer::root().child("states").child(&state.wire);
            let (old, today) = (&state.name_in_module, &today.name);
            let implementation = format!("MigrateFrom<{module}::{old}> for {today}");
            Some((place.as_str().to_owned(), implementation))
        });
        configurations.chain(states).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::{Value, json};

    use crate::generator::Generator;
    use crate::system::MemorySystem;

    fn generator(files: &[(&str, Value)], name: &str) -> Generator {
        let files: Vec<_> = files
            .iter()
            .map(|(name, file)| (*name, file.to_string()))
            .collect();
        Generator::with_system(name, Arc::new(MemorySystem::new(&files)))
    }

    fn state(owner: &str, kind: &str) -> Value {
        let schema = json!({ "type": "object", "properties": { "a": { "type": kind } } });
        json!({ "type": owner, "schema": schema })
    }

    /// An integration whose newer version has a state of each kind: with another schema, named by hand, equal to another
    /// one, without a successor, and with another owner.
    fn files() -> [(&'static str, Value); 2] {
        let mut named = state("user", "string");
        named["schema"]["x-rust-name"] = "Visitor".into();
        let mut old = json!({ "name": "shop", "version": "1.2.0", "states": {
            "cursor": state("integration", "string"), "visits": named, "twin": state("user", "string"),
            "gone": state("user", "string"), "moved": state("user", "string"),
        }, "configurations": { "by/token": { "schema": { "type": "object" } } } });
        let mut new = old.clone();
        old["actions"]["cursorState"] = json!({ "input": state("", "string") });
        old["actions"]["cursorState"]["input"]
            .as_object_mut()
            .unwrap()
            .shift_remove("type");
        old["actions"]["cursorState"]["output"] = old["actions"]["cursorState"]["input"].clone();
        new["version"] = "2.0.0".into();
        new["name"] = "acme/shop".into();
        new["migratesFrom"] = json!(["old.json"]);
        new["states"]["cursor"] = state("integration", "integer");
        new["states"]["visits"]["schema"]["properties"]["a"]["type"] = "integer".into();
        new["states"]["moved"]["type"] = "integration".into();
        new["states"].as_object_mut().unwrap().shift_remove("gone");
        [("old.json", old), ("shop.json", new)]
    }

    #[test]
    fn the_names_of_what_is_to_be_implemented_are_those_of_the_code() {
        let files = files();
        let new = generator(&files, "shop.json");
        let described = new.describe().unwrap();
        let old = generator(&files, "old.json").describe().unwrap();
        let needed = described.migrations_from(&old);
        let configuration = "MigrateFrom<v1_2::Configuration> for Configuration";
        let expected = [
            ("/configurations/by~1token", configuration),
            (
                "/states/cursor",
                "MigrateFrom<v1_2::CursorState> for CursorState",
            ),
            ("/states/twin", "MigrateFrom<v1_2::TwinState> for TwinState"),
            ("/states/visits", "MigrateFrom<v1_2::Visitor> for Visitor"),
        ];
        let found: Vec<_> = needed
            .iter()
            .map(|(place, name)| (place.as_str(), name.as_str()))
            .collect();
        assert_eq!(found, expected);
        assert_eq!(described.older().len(), 1);
        assert_eq!(described.migrations_from(&described.older()[0]), needed);

        let code = new.generate().unwrap().file.contents;
        for (_, implementation) in &expected[2..] {
            let (from, to) = implementation.split_once("> for ").unwrap();
            let from = from.trim_start_matches("MigrateFrom<");
            assert!(code.contains(from), "{from} is not in the code");
            assert!(
                code.contains(&format!("pub struct {to} "))
                    || code.contains(&format!("pub type {to} ")),
                "{to}"
            );
        }
    }

    #[test]
    fn no_migration_is_from_another_integration_or_from_what_is_no_version() {
        let of = |name: &str, version: &str| {
            let definition = json!({ "name": name, "version": version });
            generator(&[("a.json", definition)], "a.json")
                .describe()
                .unwrap()
        };
        let today = of("shop", "2.0.0");
        assert!(!today.migrations_from(&of("shop", "1.0.0")).is_empty());
        assert!(today.migrations_from(&of("store", "1.0.0")).is_empty());
    }
}
