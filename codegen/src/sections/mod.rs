//! The sections of a definition, each a row of a table.

mod messages;
mod pattern;
mod rule;
mod section;
mod table;

use serde_json::Value;

use crate::pointer::Pointer;

pub(crate) use messages::BUILT_IN_MESSAGES;
pub(crate) use pattern::{is_at, places};
pub(crate) use rule::{Level, Rule, Wants};
pub(crate) use section::{Extended, Payload, Section};
pub(crate) use table::{SCRIPTS, SECTIONS};

/// The schemas of a definition, whatever else is wrong with it.
pub(crate) fn embedded_schemas(definition: &Value) -> Vec<Pointer> {
    let payloads = SECTIONS.iter().flat_map(|section| {
        section
            .payloads
            .iter()
            .map(move |payload| (section, payload))
    });
    let places = payloads.flat_map(|(section, payload)| section.places(definition, payload.schema));
    places.filter_map(schema_at).collect()
}

/// Whether a schema of a definition is that of an entity, which is no payload by itself.
pub(crate) fn is_entity(schema: &Pointer) -> bool {
    schema.names().next().as_deref() == Some("entities")
}

/// Whether Botpress only sends objects for a schema. It takes any value as the output of an action.
pub(crate) fn is_sent_as_object(schema: &Pointer) -> bool {
    const SENT: [&str; 5] = [
        "actions/*/input/schema",
        "configuration/schema",
        "configurations/*/schema",
        "events/*/schema",
        "states/*/schema",
    ];
    SENT.iter().any(|pattern| is_at(schema, pattern))
}

/// The schemas of one item of a section, with their places in it.
pub(crate) fn member_schemas(section: &str, member: &Value) -> Vec<Pointer> {
    let section = SECTIONS.iter().filter(|known| known.key() == section);
    let payloads = section.flat_map(|section| section.payloads);
    let places = payloads.flat_map(|payload| places(member, payload.schema));
    places.filter_map(schema_at).collect()
}

fn schema_at((pointer, value): (Pointer, &Value)) -> Option<Pointer> {
    (value.is_object() || value.is_boolean()).then_some(pointer)
}

/// The sections that interfaces extend, each with the noun for an item of it.
pub(crate) fn extending() -> impl Iterator<Item = (&'static str, &'static str)> {
    let extending = SECTIONS.iter().filter(|section| section.extended.is_some());
    extending.filter_map(|section| section.nouns.first().copied())
}

/// The merge of a definition's item, if interfaces can extend its section.
pub(crate) fn extended(item: &Pointer) -> Option<&'static Extended> {
    let key = item.names().next()?;
    let section = SECTIONS.iter().find(|section| section.key() == key)?;
    section.extended.as_ref()
}

/// The noun for an item of a collection: `action` for `actions`.
pub(crate) fn noun(collection: &str) -> Option<&'static str> {
    let mut nouns = SECTIONS.iter().flat_map(|section| section.nouns);
    let noun = nouns.find(|(known, _)| *known == collection);
    noun.map(|(_, noun)| *noun)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_schemas_of_a_definition_are_found() {
        let definition = json!({
            "configuration": { "schema": {} },
            "channels": { "a": { "messages": { "text": { "schema": true }, "image": { "schema": 1 } } } },
            "events": [],
        });
        let found: Vec<_> = embedded_schemas(&definition)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            found,
            ["/configuration/schema", "/channels/a/messages/text/schema"]
        );
    }

    #[test]
    fn the_schemas_of_an_item_are_relative_to_it() {
        let channel = json!({ "messages": { "text": { "schema": {} } }, "schema": {} });
        let found = member_schemas("channels", &channel);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].as_str(), "/messages/text/schema");
    }

    #[test]
    fn interfaces_extend_actions_events_and_channels() {
        let extending: Vec<_> = extending().collect();
        let expected = [
            ("actions", "action"),
            ("events", "event"),
            ("channels", "channel"),
        ];
        assert_eq!(extending, expected);
    }

    #[test]
    fn a_collection_has_one_noun_wherever_it_stands() {
        for (collection, expected) in SECTIONS.iter().flat_map(|section| section.nouns) {
            assert_eq!(noun(collection), Some(*expected));
        }
    }
}
