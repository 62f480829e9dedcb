//! Self-contained schemas, for the validator.
//!
//! A schema of a definition may refer to entities, to other files and to any schema with an `$id`. Its text in
//! generated code contains all of their targets, under `definitions`. Every reference in it is a pointer, so
//! it needs no `$id` and no anchor, which would only change the meaning of the pointers.
//!
//! The text has one draft. If it combines schemas of several drafts, all of it is written in the newest one.

mod copy;
mod json;
mod patterns;
#[cfg(test)]
mod tests;
mod walk;

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::Value;

use crate::definition::{DefinitionSet, SchemaAt};
use crate::json_schema::{Dialect, write_exclusive_bounds};
use crate::lower::bundle::copy::Bundle;
use crate::lower::bundle::patterns::{has_pattern, rewrite_patterns};
use crate::lower::bundle::walk::{has_member, schemas_of};

pub(crate) use crate::lower::bundle::json::definition_text;

/// A schema without references to the outside, and the places that its parts are from.
pub(crate) struct Bundled<'a> {
    pub(crate) schema: Cow<'a, Value>,
    /// The schema itself.
    pub(crate) root: SchemaAt,
    /// The schemas that were copied under `definitions`, by their names there.
    pub(crate) copies: HashMap<String, SchemaAt>,
}

/// The text of a schema without references to the outside.
pub(super) fn bundle(set: &DefinitionSet, at: &SchemaAt) -> String {
    bundled(set, at).to_string()
}

/// A schema without references to the outside, as the validator has to read it. One of draft 4 or 6 is written in draft
/// 7, since `const`, `if` and other keywords of it count in them, too.
pub(crate) fn bundled<'a>(set: &DefinitionSet<'a>, at: &SchemaAt) -> Cow<'a, Value> {
    bundled_with_places(set, at).schema
}

/// The same, with the places of its parts.
pub(crate) fn bundled_with_places<'a>(set: &DefinitionSet<'a>, at: &SchemaAt) -> Bundled<'a> {
    let mut bundled = self_contained(set, at);
    let schema = &mut bundled.schema;
    let dialect = Dialect::of(schema.get("$schema").and_then(Value::as_str));
    // Most schemas need no change.
    if dialect < Dialect::Draft7
        || has_member(schema, &|name, _| {
            has_pattern(name) || CONTENT.contains(&name)
        })
    {
        write_for_validator(schema.to_mut(), dialect);
    }
    bundled
}

fn write_for_validator(schema: &mut Value, dialect: Dialect) {
    let places: Vec<_> = schemas_of(schema).map(|(place, _)| place).collect();
    // The inner ones first, since the patterns on the way to them change.
    for place in places.into_iter().rev() {
        if let Some(Value::Object(keywords)) = schema.pointer_mut(place.as_str()) {
            keywords.retain(|name, _| !CONTENT.contains(&name.as_str()));
            rewrite_patterns(keywords);
            if dialect == Dialect::Draft4 {
                write_exclusive_bounds(keywords);
            }
        }
    }
    if dialect < Dialect::Draft7
        && let Value::Object(keywords) = schema
    {
        let draft = Value::String(Dialect::Draft7.schema());
        keywords.insert("$schema".to_owned(), draft);
    }
}

/// What a string holds. Draft 7 leaves it open whether this is checked, and later drafts make it an annotation.
const CONTENT: [&str; 2] = ["contentEncoding", "contentMediaType"];

/// A schema without references to the outside.
fn self_contained<'a>(set: &DefinitionSet<'a>, at: &SchemaAt) -> Bundled<'a> {
    let root = behind_sharing(set, at);
    let own = set.dialect(&root);
    if !mentions_addresses(set.schema(&root)) {
        return Bundled {
            schema: with_draft(Cow::Borrowed(set.schema(&root)), own),
            root,
            copies: HashMap::new(),
        };
    }
    let mut bundle = Bundle::new(set, &root, false);
    let mut schema = bundle.copy();
    let mut dialect = own;
    if bundle.dialects.iter().any(|dialect| *dialect != own) {
        bundle = Bundle::new(set, &root, true);
        schema = bundle.copy();
        dialect = Dialect::Draft202012;
    }
    let copies = bundle.copies();
    Bundled {
        schema: with_draft(Cow::Owned(schema), dialect),
        root,
        copies,
    }
}

/// The shared schema that one of nothing but a `$ref` stands for: Botpress shows a form for it.
fn behind_sharing(set: &DefinitionSet, at: &SchemaAt) -> SchemaAt {
    let mut at = at.clone();
    while let Some(keywords) = set.schema(&at).as_object()
        && keywords.len() == 1
        && let Some(Value::String(reference)) = keywords.get("$ref")
        && let Some(target) = set.resolve(&at, reference)
        && (set.is_shared(&target) || set.built_in_message(&target).is_some())
    {
        at = target;
    }
    at
}

/// Names the draft of a schema, unless it is the one of schemas that name none, or is named already.
fn with_draft(mut schema: Cow<'_, Value>, dialect: Dialect) -> Cow<'_, Value> {
    let is_unnamed = schema.is_object() && schema.get("$schema").is_none();
    if dialect != Dialect::Draft7
        && is_unnamed
        && let Value::Object(keywords) = schema.to_mut()
    {
        keywords.insert("$schema".to_owned(), Value::String(dialect.schema()));
        keywords.sort_keys();
    }
    schema
}

/// Whether a schema may have to be rewritten; most need not.
fn mentions_addresses(schema: &Value) -> bool {
    has_member(schema, &|name, member| {
        name.starts_with('$') || (name == "id" && member.is_string())
    })
}
