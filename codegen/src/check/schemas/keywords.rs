//! Keywords that JSON Schema does not have.

use serde_json::{Value, json};

use super::effect::excludes;
use super::secrets::is_mark;
use super::subject::Subject;
use crate::definition::SchemaAt;
use crate::diagnostic::catalog::keywords;
use crate::diagnostic::suggest::nearest_within;
use crate::diagnostic::{Diagnostic, Pointer};
use crate::json_schema::{KEYWORDS, Keyword, TYPES, keyword, subschemas};

/// Keywords of other languages, which only matter if they are set.
const FOREIGN: [&str; 2] = ["nullable", "optional"];
/// The fewest letters of a name that is compared. Short names are similar to too many others.
const SHORTEST: usize = 4;

/// Finds keywords that were surely meant as others. What is similar to no keyword may be an extension.
pub(super) fn check(schema: &Subject<'_>) -> Vec<Diagnostic> {
    let unknown = schema.keywords.iter();
    let unknown = unknown.filter(|(name, value)| {
        keyword(name).is_none() && !is_mark(name, value) && !is_referred_to(schema, name)
    });
    unknown
        .filter_map(|(name, value)| diagnose(schema, name, value))
        .collect()
}

fn diagnose(schema: &Subject<'_>, name: &str, value: &Value) -> Option<Diagnostic> {
    let place = schema.key(name);
    if FOREIGN.contains(&name) {
        return (*value == true).then(|| keywords::foreign_keyword(place, name));
    }
    if let Some(meant) = meant(name, value, &schema.types()) {
        return Some(keywords::misspelt_keyword(place, name, meant.name));
    }
    let is_extension = name.starts_with("x-");
    let is_property = !is_extension && is_schema(value) && is_object(schema);
    is_property.then(|| keywords::misplaced_property(place, name))
}

/// The keyword that was meant by a name, in a schema of some types.
fn meant(name: &str, value: &Value, types: &[&str]) -> Option<&'static Keyword> {
    similar(name).or_else(|| {
        let mut rows = KEYWORDS.iter();
        rows.find(|row| {
            row.other_names.contains(&name)
                && !excludes(types, row.types)
                && jsonschema::draft7::meta::is_valid(&json!({ row.name: value }))
        })
    })
}

/// The keyword whose name is most similar to another one.
fn similar(name: &str) -> Option<&'static Keyword> {
    let known = KEYWORDS.iter().map(|keyword| keyword.name);
    let is_long = |name: &&str| name.chars().count() >= SHORTEST;
    let found = match name.strip_prefix("x-") {
        // The start that all extensions have does not make them similar.
        Some(rest) => {
            let extensions: Vec<_> = known.filter_map(|name| name.strip_prefix("x-")).collect();
            let found = nearest_within(rest, extensions, limit(rest))?;
            return keyword(&format!("x-{found}"));
        }
        None if is_long(&name) => nearest_within(name, known.filter(is_long), limit(name)),
        None => None,
    };
    keyword(found?)
}

/// The schemas below misspelt keywords, which no other check finds.
pub(super) fn hidden(schema: &Subject<'_>) -> Vec<SchemaAt> {
    let unknown = schema.keywords.iter();
    let unknown = unknown.filter(|(name, _)| keyword(name).is_none());
    let mut found = Vec::new();
    for (name, value) in unknown {
        let Some(meant) = meant(name, value, &schema.types()) else {
            continue;
        };
        let spelt = json!({ meant.name: value });
        let inside = Pointer::root().child(meant.name);
        for (pointer, _) in subschemas(&spelt) {
            let rest = &pointer.as_str()[inside.as_str().len()..];
            let rest = Pointer::parse(rest).unwrap_or_default();
            found.push(schema.at.child(name).join(&rest));
        }
    }
    found
}

/// How many letters of a name may be wrong.
fn limit(name: &str) -> usize {
    match name.chars().count() {
        0..=2 => 0,
        length => (length / 4).clamp(1, 3),
    }
}

/// Whether a value describes others with a type or a reference.
fn is_schema(value: &Value) -> bool {
    let ty = value.get("type").and_then(Value::as_str);
    ty.is_some_and(|ty| TYPES.contains(&ty)) || value.get("$ref").is_some_and(Value::is_string)
}

fn is_object(schema: &Subject<'_>) -> bool {
    schema.types().contains(&"object") || schema.keywords.contains_key("properties")
}

/// Whether a reference leads below the keyword, so that it has an effect.
fn is_referred_to(schema: &Subject<'_>, name: &str) -> bool {
    let below = schema.at.pointer.child(name);
    let mut all = schema.set.schemas().iter();
    all.any(|at| at.file == schema.at.file && at.pointer.is_within(&below))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant_in(name: &str, value: &Value, types: &[&str]) -> Option<&'static str> {
        meant(name, value, types).map(|keyword| keyword.name)
    }

    #[test]
    fn a_misspelt_keyword_is_recognized() {
        for (name, expected) in [
            ("propertys", "properties"),
            ("propertes", "properties"),
            ("requierd", "required"),
            ("require", "required"),
            ("minLenght", "minLength"),
            ("min_length", "minLength"),
            ("additionalproperties", "additionalProperties"),
            ("additionalProperty", "additionalProperties"),
            ("pattren", "pattern"),
            ("descripton", "description"),
            ("tpye", "type"),
            ("item", "items"),
            ("one_of", "oneOf"),
            ("x-ziu", "x-zui"),
            ("x-rust-nme", "x-rust-name"),
            ("xzui", "x-zui"),
        ] {
            assert_eq!(meant_in(name, &json!({}), &[]), Some(expected), "{name}");
        }
    }

    #[test]
    fn another_name_is_recognized_by_its_value() {
        for (ty, expected) in [
            ("string", "maxLength"),
            ("integer", "maximum"),
            ("array", "maxItems"),
        ] {
            assert_eq!(meant_in("max", &json!(3), &[ty]), Some(expected), "{ty}");
        }
        assert_eq!(meant_in("max", &json!("3 pieces"), &[]), None);
        assert_eq!(meant_in("values", &json!(["a"]), &[]), Some("enum"));
    }

    #[test]
    fn an_extension_is_left_alone() {
        for name in [
            "x-internal",
            "x-ui",
            "x-order",
            "tsType",
            "goType",
            "enumNames",
            "note",
            "unit",
            "label",
            "order",
            "markdownDescription",
            "defaultSnippets",
            "errorMessage",
            "kind",
        ] {
            assert_eq!(meant_in(name, &json!(""), &[]), None, "{name}");
        }
    }
}
