//! Checks of schemas against their drafts.

use serde_json::Value;

use super::SchemaAt;
use super::violation::{Violation, ViolationKind, collect_violations};
use crate::diagnostic::catalog::schema;
use crate::diagnostic::{Diagnostic, FileId, Location, Pointer};
use crate::json_schema::{Draft, is_type, rust_pattern, subschemas};

/// Checks a schema, and every schema inside of it, against the rules of its draft; draft 7, unless one is named.
pub(super) fn check_schema(at: &SchemaAt, value: &Value, draft: Option<&str>) -> Vec<Diagnostic> {
    let Some(known) = Draft::of(draft) else {
        let place = Location::value(at.file, at.pointer.child("$schema"));
        return vec![schema::unknown_draft(place, draft.unwrap_or_default())];
    };
    let validator = (known.validator)();
    let mut found: Vec<_> = collect_violations(validator.iter_errors(value))
        .into_iter()
        .filter(|violation| !matches!(violation.kind, ViolationKind::Format))
        .map(|violation| diagnose(at.file, &at.pointer, violation))
        .collect();
    check_patterns(at.file, &at.pointer, value, &mut found);
    found
}

fn diagnose(file: FileId, root: &Pointer, violation: Violation) -> Diagnostic {
    let Violation {
        pointer,
        found,
        kind,
        ..
    } = violation;
    let is_type = is_type(&pointer);
    let pointer = root.join(&pointer);
    let place = Location::value(file, pointer.clone());
    match kind {
        ViolationKind::UnknownValue(_) if is_type && !found.is_array() => {
            schema::unknown_type(place, &found)
        }
        ViolationKind::WrongType(expected) => {
            let place = match found {
                Value::Array(_) | Value::Object(_) | Value::Null => {
                    Location::key(file, pointer.clone())
                }
                _ => place,
            };
            schema::keyword_of_wrong_type(place, &pointer, &expected, &found)
        }
        ViolationKind::UnknownValue(known) => {
            let known: Vec<_> = known.iter().map(Value::to_string).collect();
            schema::invalid_keyword(place, &pointer, &format!("expected {}", known.join(" or ")))
        }
        ViolationKind::MissingProperty(name) => schema::invalid_keyword(
            Location::key(file, pointer.clone()),
            &pointer,
            &format!("needs `{name}`"),
        ),
        ViolationKind::UnknownProperty(name) | ViolationKind::PropertyName(name) => {
            let pointer = pointer.child(&name);
            schema::invalid_keyword(
                Location::key(file, pointer.clone()),
                &pointer,
                "not allowed here",
            )
        }
        ViolationKind::EmptyText => schema::invalid_keyword(place, &pointer, "must not be empty"),
        ViolationKind::Format => schema::invalid_keyword(place, &pointer, "has the wrong format"),
        ViolationKind::Other(reason) => schema::invalid_keyword(place, &pointer, &reason),
    }
}

/// The rules of a draft do not define regular expressions, so each is compiled.
fn check_patterns(file: FileId, pointer: &Pointer, schema: &Value, found: &mut Vec<Diagnostic>) {
    let place = pointer.child("pattern");
    if let Some(pattern) = schema.get("pattern").and_then(Value::as_str)
        && !is_pattern(pattern)
    {
        found.push(schema::invalid_pattern(
            Location::value(file, place),
            pattern,
        ));
    }
    let names = schema.get("patternProperties").and_then(Value::as_object);
    for pattern in names
        .into_iter()
        .flat_map(|names| names.keys())
        .filter(|pattern| !is_pattern(pattern))
    {
        let place = pointer.child("patternProperties").child(pattern);
        found.push(schema::invalid_pattern(Location::key(file, place), pattern));
    }
    for (child, value) in subschemas(schema) {
        check_patterns(file, &pointer.join(&child), value, found);
    }
}

/// Whether the validator can compile a pattern.
fn is_pattern(pattern: &str) -> bool {
    let rewritten = rust_pattern(pattern);
    let pattern = rewritten.as_deref().unwrap_or(pattern);
    jsonschema::draft7::new(&serde_json::json!({ "pattern": pattern })).is_ok()
}
