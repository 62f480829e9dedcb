//! Translation of a schema to the newest draft, which can say everything that older ones say.
//!
//! A validator reads a text by the rules of one draft. A text that combines schemas of several drafts is written in
//! the newest one.

use serde_json::{Map, Value};

use super::Dialect;
use super::keywords::{Naming, keyword};
use crate::pointer::Pointer;

/// Writes the keywords of one schema as the newest draft has them. Schemas inside of it are left.
pub(crate) fn to_newest(keywords: &mut Map<String, Value>, dialect: Dialect) {
    if dialect.has_reference_alone(keywords) {
        keywords.retain(|name, _| {
            let is_definition =
                keyword(name).is_some_and(|known| known.naming == Naming::Definition);
            name == "$ref" || is_definition
        });
        return;
    }
    keywords.retain(|name, _| dialect.knows(name));
    if dialect == Dialect::Draft4 {
        write_exclusive_bounds(keywords);
    }
    if dialect < Dialect::Draft202012 {
        write_items(keywords);
    }
}

/// Whether a pointer leads through a keyword that has another name in the newest draft, or that is left out.
pub(crate) fn is_renamed(pointer: &Pointer) -> bool {
    let names: Vec<_> = pointer.names().collect();
    names.iter().enumerate().any(|(index, name)| {
        let is_list = names
            .get(index + 1)
            .is_some_and(|next| next.parse::<usize>().is_ok());
        (name == "items" && is_list) || name == "additionalItems" || !Dialect::Draft4.knows(name)
    })
}

/// In draft 4 a flag makes a bound exclusive; later the exclusive bound is a number.
pub(crate) fn write_exclusive_bounds(keywords: &mut Map<String, Value>) {
    write_exclusive_bound(keywords, "minimum", "exclusiveMinimum");
    write_exclusive_bound(keywords, "maximum", "exclusiveMaximum");
}

fn write_exclusive_bound(keywords: &mut Map<String, Value>, bound: &str, exclusive: &str) {
    if keywords.shift_remove(exclusive) == Some(Value::Bool(true))
        && let Some(value) = keywords.shift_remove(bound)
    {
        keywords.insert(exclusive.to_owned(), value);
    }
}

fn write_items(keywords: &mut Map<String, Value>) {
    let rest = keywords.shift_remove("additionalItems");
    if !keywords.get("items").is_some_and(Value::is_array) {
        return;
    }
    if let Some(items) = keywords.shift_remove("items") {
        keywords.insert("prefixItems".to_owned(), items);
    }
    if let Some(rest) = rest {
        keywords.insert("items".to_owned(), rest);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(dialect: Dialect, schema: &Value, expected: &Value) {
        let mut keywords = schema.as_object().expect("a schema").clone();
        to_newest(&mut keywords, dialect);
        assert_eq!(Value::Object(keywords), *expected);
    }

    #[test]
    fn an_exclusive_bound_of_draft_4_becomes_a_number() {
        check(
            Dialect::Draft4,
            &json!({ "minimum": 1, "exclusiveMinimum": true, "maximum": 5, "exclusiveMaximum": false }),
            &json!({ "exclusiveMinimum": 1, "maximum": 5 }),
        );
        let schema = json!({ "minimum": 1, "exclusiveMinimum": 2 });
        check(Dialect::Draft6, &schema, &schema);
    }

    #[test]
    fn a_list_of_items_becomes_prefix_items() {
        check(
            Dialect::Draft7,
            &json!({ "items": [{}], "additionalItems": false, "prefixItems": [true] }),
            &json!({ "prefixItems": [{}], "items": false }),
        );
        check(
            Dialect::Draft201909,
            &json!({ "items": {}, "additionalItems": false }),
            &json!({ "items": {} }),
        );
        let schema = json!({ "prefixItems": [{}], "items": false });
        check(Dialect::Draft202012, &schema, &schema);
    }

    #[test]
    fn keywords_that_the_draft_does_not_know_are_left_out() {
        check(
            Dialect::Draft4,
            &json!({ "const": "a", "prefixItems": [{}], "dependentRequired": {} }),
            &json!({ "const": "a" }),
        );
        check(
            Dialect::Draft7,
            &json!({ "if": {}, "unevaluatedProperties": false }),
            &json!({ "if": {} }),
        );
    }

    #[test]
    fn the_siblings_of_a_reference_are_left_out_where_they_are_ignored() {
        let schema = json!({ "$ref": "#/a", "minimum": 1, "definitions": { "b": {} } });
        check(
            Dialect::Draft7,
            &schema,
            &json!({ "$ref": "#/a", "definitions": { "b": {} } }),
        );
        check(Dialect::Draft201909, &schema, &schema);
    }
}
