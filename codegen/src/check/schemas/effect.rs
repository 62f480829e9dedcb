//! Keywords without effect where they are.

use serde_json::{Value, json};

use super::subject::Subject;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalog::keywords;
use crate::json_schema::{Keyword, keyword};

/// Finds keywords that a `$ref`, the draft, the `type` or the absence of another keyword makes ineffective.
pub(super) fn check(schema: &Subject<'_>) -> Vec<Diagnostic> {
    let known = schema.keywords.keys().filter_map(|name| keyword(name));
    if schema.is_reference_alone() {
        let ignored: Vec<_> = known
            .filter(|keyword| keyword.constrains() && !is_repeated(schema, keyword.name))
            .map(|keyword| keyword.name)
            .collect();
        let first = ignored.first().map(|name| schema.key(name));
        return first
            .map(|place| keywords::beside_reference(place, &ignored))
            .into_iter()
            .collect();
    }
    let types = schema.types();
    known
        .filter_map(|keyword| diagnose(schema, keyword, &types))
        .collect()
}

/// Whether the target of the schema's reference has the same keyword, so that it does not matter which one counts.
fn is_repeated(schema: &Subject<'_>, name: &str) -> bool {
    let reference = schema.keywords.get("$ref").and_then(Value::as_str);
    let target = reference.and_then(|reference| schema.set.resolve(schema.at, reference));
    target.is_some_and(|target| schema.set.schema(&target).get(name) == schema.keywords.get(name))
}

fn diagnose(schema: &Subject<'_>, keyword: &Keyword, types: &[&str]) -> Option<Diagnostic> {
    let name = keyword.name;
    let place = schema.key(name);
    if !schema.dialect.knows(name) {
        return Some(keywords::keyword_of_later_draft(
            place,
            name,
            keyword.since.name(),
        ));
    }
    let missing = keyword
        .partner
        .filter(|partner| !schema.keywords.contains_key(*partner));
    if let Some(partner) = missing {
        return Some(keywords::keyword_without_partner(place, name, partner));
    }
    // A value that the keyword cannot have is an error already, as `required: true` is.
    let is_valid = || jsonschema::draft7::meta::is_valid(&json!({ name: schema.keywords[name] }));
    (excludes(types, keyword.types) && is_valid())
        .then(|| keywords::keyword_of_other_type(place, name, keyword.types, types))
}

/// Whether the types of a schema exclude all types that something is for.
pub(super) fn excludes(types: &[&str], wanted: &[&str]) -> bool {
    let is_wanted = |ty: &&str| wanted.contains(ty);
    !types.is_empty() && !wanted.is_empty() && !types.iter().any(is_wanted)
}
