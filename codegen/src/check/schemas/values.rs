//! Values that are listed twice, or that can never be.

use serde_json::Value;

use super::budget::Budget;
use super::reason::refusal;
use super::subject::Subject;
use crate::diagnostic::catalog::impossible;
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Diagnostic, Location, Pointer};
use crate::json_schema::{Keyword, Naming, is_in_place, keyword};
use crate::lower::validator;

/// Finds values of `enum`, `const` and `required` that are mistakes.
pub(super) fn check(schema: &Subject<'_>, budget: &Budget) -> Vec<Diagnostic> {
    if schema.is_reference_alone() {
        return Vec::new();
    }
    [
        duplicates(schema),
        impossible(schema, budget),
        undeclared(schema),
    ]
    .concat()
}

fn duplicates(schema: &Subject<'_>) -> Vec<Diagnostic> {
    let values = list(schema, "enum");
    let pairs = values.iter().enumerate().filter_map(|(index, value)| {
        let first = values[..index].iter().position(|other| other == value)?;
        Some((first, index, value))
    });
    pairs
        .map(|(first, second, value)| {
            let [first, second] = [first, second].map(|index| schema.item("enum", index));
            let shown = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            impossible::duplicate_value(first, second, &shown, "enum")
        })
        .collect()
}

/// Validates each value against the keywords beside it.
fn impossible(schema: &Subject<'_>, budget: &Budget) -> Vec<Diagnostic> {
    let is_listing = |name: &str| matches!(name, "enum" | "const");
    let constrains =
        |name: &String| !is_listing(name) && keyword(name).is_some_and(Keyword::constrains);
    let values = places(schema);
    let others = || schema.keywords.keys().filter(|name| constrains(name));
    // Most enums list strings, and say so beside them. No validator has to be built for these.
    let has_strings_alone = || {
        schema.types() == ["string"]
            && others().all(|name| name == "type")
            && values.iter().all(|(_, _, value)| value.is_string())
    };
    if values.is_empty() || others().next().is_none() || has_strings_alone() {
        return Vec::new();
    }
    let Some(mut rest) = budget.bundled(schema) else {
        return Vec::new();
    };
    if let Value::Object(keywords) = &mut rest {
        keywords.retain(|name, _| !is_listing(name));
    }
    let Ok(validator) = validator(&rest) else {
        return Vec::new();
    };
    let refused = values.into_iter().filter_map(|(name, place, value)| {
        let reason = refusal(&validator, value)?;
        let quoted = schema.unquoted(&place, value);
        Some(impossible::impossible_value(place, name, &reason, quoted))
    });
    refused.collect()
}

/// The values of `enum` and `const`.
fn places<'a>(schema: &Subject<'a>) -> Vec<(&'static str, Location, &'a Value)> {
    let listed = list(schema, "enum").iter().enumerate();
    let listed = listed.map(|(index, value)| ("enum", schema.item("enum", index), value));
    let only = schema.keywords.get("const");
    let only = only.map(|value| ("const", schema.value("const"), value));
    listed.chain(only).collect()
}

/// Finds names in `required` that are not declared: similar ones everywhere, and all of them where no other schema
/// can declare them. A closed object is found by what fits it: nothing.
fn undeclared(schema: &Subject<'_>) -> Vec<Diagnostic> {
    let properties = schema.keywords.get("properties");
    let Some(properties) = properties.and_then(Value::as_object) else {
        return Vec::new();
    };
    let others = ["allOf", "anyOf", "oneOf", "patternProperties", "$ref"];
    let is_closed = schema.keywords.get("additionalProperties") == Some(&Value::Bool(false));
    if is_closed
        || others
            .iter()
            .any(|name| schema.keywords.contains_key(*name))
    {
        return Vec::new();
    }
    let is_alone = !schema.at.pointer.names().any(|name| {
        let is_shared = |keyword: &Keyword| keyword.naming == Naming::Definition;
        keyword(&name).is_some_and(is_shared) || is_in_place(&Pointer::root().child(&name))
    });
    let required = list(schema, "required");
    let is_required = |name: &str| required.iter().any(|other| other == name);
    let optional = properties.keys().map(String::as_str);
    let optional: Vec<&str> = optional.filter(|name| !is_required(name)).collect();
    let names = required.iter().enumerate();
    let names = names.filter_map(|(index, name)| Some((index, name.as_str()?)));
    names
        .filter(|(_, name)| !properties.contains_key(*name))
        .filter_map(|(index, name)| {
            let is_long = name.chars().count() >= 3;
            let meant = nearest(name, optional.iter().copied()).filter(|_| is_long);
            let meant = meant.map(|meant| {
                let declared = schema.at.pointer.child("properties").child(meant);
                (Location::key(schema.at.file, declared), meant)
            });
            let place = schema.item("required", index);
            (is_alone || meant.is_some())
                .then(|| impossible::undeclared_required(place, name, meant))
        })
        .collect()
}

fn list<'a>(schema: &Subject<'a>, name: &str) -> &'a [Value] {
    schema
        .keywords
        .get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}
