//! The names of places in messages.

use crate::diagnostic::{Location, Pointer};
use crate::sections;

/// The thing at a pointer, as in ``the action `createIssue` ``; by default it is a property.
pub(super) fn describe(pointer: &Pointer) -> String {
    let names: Vec<_> = pointer.names().collect();
    match names.as_slice() {
        [] => "the definition".to_owned(),
        [only] if only == "configuration" => "the configuration".to_owned(),
        [.., section, name] if !names[..names.len() - 1].iter().any(|name| name == "schema") => {
            let noun = sections::noun(section).unwrap_or("property");
            format!("the {noun} `{name}`")
        }
        [.., name] => format!("the property `{name}`"),
    }
}

/// The thing at a location; for a schema, the owner of the schema.
pub(super) fn describe_at(location: &Location) -> String {
    let mut pointer = location.pointer().cloned().unwrap_or_default();
    while pointer.last().as_deref() == Some("schema") {
        pointer = pointer.parent().unwrap_or_default();
    }
    let way = pointer
        .last()
        .filter(|last| last == "input" || last == "output");
    match (way, pointer.parent()) {
        (Some(way), Some(action)) => format!("the {way} of {}", describe(&action)),
        _ => describe(&pointer),
    }
}

/// Whether the thing at a location has a schema of its own; tags and secrets have none.
pub(super) fn has_schema(location: &Location) -> bool {
    location
        .pointer()
        .is_some_and(|pointer| pointer.names().any(|name| name == "schema"))
}

/// The item of a list or the property at a pointer, to be quoted: its name.
pub(super) fn name(pointer: &Pointer) -> String {
    let Some(last) = pointer.last() else {
        return "the definition".to_owned();
    };
    match pointer.parent().and_then(|parent| parent.last()) {
        Some(holder) if last.parse::<usize>().is_ok() => format!("an item of `{holder}`"),
        _ => format!("`{last}`"),
    }
}

/// The kind of a value with its article.
pub(super) const fn kind(value: &serde_json::Value) -> &'static str {
    match value {
        serde_json::Value::Null => "nothing",
        serde_json::Value::Bool(_) => "a boolean",
        serde_json::Value::Number(_) => "a number",
        serde_json::Value::String(_) => "a string",
        serde_json::Value::Array(_) => "a list",
        serde_json::Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_is_called_an_action() {
        let action = Pointer::root().child("actions").child("createIssue");
        assert_eq!(describe(&action), "the action `createIssue`");
        assert_eq!(describe(&action.child("title")), "the property `title`");
    }

    #[test]
    fn a_property_of_a_schema_is_no_section() {
        let pointer =
            Pointer::parse("/events/opened/schema/properties/tags/properties").unwrap_or_default();
        assert_eq!(describe(&pointer.child("x")), "the property `x`");
        let pointer = Pointer::parse("/entities/issue/schema/actions/x").unwrap_or_default();
        assert_eq!(describe(&pointer), "the property `x`");
    }

    #[test]
    fn an_item_is_called_by_its_list() {
        let pointer = Pointer::root().child("requiredTags").item(0);
        assert_eq!(name(&pointer), "an item of `requiredTags`");
    }
}
