//! The entry for an interface in `interfaces` of the definition.

use serde_json::{Map, Value, json};

use super::names::Names;
use crate::sections;

/// The key and the value of an interface in `interfaces`: `listable<issue>`, and the name of each item.
pub(super) fn implemented(names: &Names<'_>) -> (String, Value) {
    let source = &names.source.value;
    let entities = names.of_interface("entities");
    let substitutes: Vec<_> = entities
        .into_iter()
        .filter_map(|entity| Some((entity, names.extension.entities.get(entity)?.as_str())))
        .collect();
    let mut statement = Map::new();
    // Botpress gives an interface its identifier when it is published: a file has none.
    statement.insert(
        "id".to_owned(),
        source.get("id").cloned().unwrap_or_else(|| json!("")),
    );
    statement.insert("name".to_owned(), source["name"].clone());
    statement.insert("version".to_owned(), source["version"].clone());
    let entities = substitutes
        .iter()
        .map(|(entity, own)| named(entity, own))
        .collect();
    statement.insert("entities".to_owned(), Value::Object(entities));
    for (section, _) in sections::extending() {
        let parts = names.of_interface(section).into_iter();
        let parts = parts
            .map(|name| named(name, &names.new_name(section, name)))
            .collect();
        statement.insert(section.to_owned(), Value::Object(parts));
    }
    (
        key(names.interface(), &substitutes),
        Value::Object(statement),
    )
}

fn named(name: &str, own: &str) -> (String, Value) {
    (name.to_owned(), json!({ "name": own }))
}

fn key(name: &str, substitutes: &[(&str, &str)]) -> String {
    if substitutes.is_empty() {
        return name.to_owned();
    }
    let own: Vec<_> = substitutes.iter().map(|(_, own)| *own).collect();
    format!("{name}<{}>", own.join(","))
}
