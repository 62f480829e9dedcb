//! Whether an author's schema is a JSON Schema.

use jsonschema::ValidationError;
use serde_json::Value;

use super::SchemaAt;
use super::keywords::subschemas;
use super::violation::{Violation, ViolationKind, collect_violations};
use crate::diagnostic::catalog::schema;
use crate::diagnostic::{Diagnostic, FileId, Location, Pointer};

/// Checks a schema, and every schema inside of it, against the rules of its draft; draft 7, unless one is named.
pub(super) fn check_schema(at: &SchemaAt, value: &Value, draft: Option<&str>) -> Vec<Diagnostic> {
    let Some(violations) = violations_of_draft(value, draft) else {
        let place = Location::value(at.file, at.pointer.child("$schema"));
        return vec![schema::unknown_draft(place, draft.unwrap_or_default())];
    };
    let mut found: Vec<_> = violations
        .into_iter()
        .filter(|violation| !matches!(violation.kind, ViolationKind::Format))
        .map(|violation| diagnose(at.file, &at.pointer, violation))
        .collect();
    check_patterns(at.file, &at.pointer, value, &mut found);
    found
}

/// `None`, if `$schema` names a draft that is not known.
fn violations_of_draft(value: &Value, draft: Option<&str>) -> Option<Vec<Violation>> {
    let draft = draft.unwrap_or("http://json-schema.org/draft-07/schema");
    let draft = draft
        .trim_end_matches('#')
        .trim_start_matches("https:")
        .trim_start_matches("http:");
    let collect =
        |errors: &mut dyn Iterator<Item = ValidationError<'_>>| collect_violations(errors);
    Some(match draft {
        "//json-schema.org/draft-04/schema" => {
            collect(&mut jsonschema::draft4::meta::validator().iter_errors(value))
        }
        "//json-schema.org/draft-06/schema" => {
            collect(&mut jsonschema::draft6::meta::validator().iter_errors(value))
        }
        "//json-schema.org/draft-07/schema" => {
            collect(&mut jsonschema::draft7::meta::validator().iter_errors(value))
        }
        "//json-schema.org/draft/2019-09/schema" => {
            collect(&mut jsonschema::draft201909::meta::validator().iter_errors(value))
        }
        "//json-schema.org/draft/2020-12/schema" => {
            collect(&mut jsonschema::draft202012::meta::validator().iter_errors(value))
        }
        _ => return None,
    })
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
                "cannot stand here",
            )
        }
        ViolationKind::EmptyText => schema::invalid_keyword(place, &pointer, "must not be empty"),
        ViolationKind::Format => schema::invalid_keyword(place, &pointer, "has another format"),
        ViolationKind::Other(reason) => schema::invalid_keyword(place, &pointer, &reason),
    }
}

/// Whether a pointer is to the keyword `type` or to an item of it, and not to a property of that name.
fn is_type(pointer: &Pointer) -> bool {
    let names: Vec<_> = pointer.names().collect();
    match names.as_slice() {
        [.., map, last] if last == "type" => {
            !["properties", "definitions", "$defs"].contains(&map.as_str())
        }
        [.., keyword, index] => keyword == "type" && index.parse::<usize>().is_ok(),
        [last] => last == "type",
        [] => false,
    }
}

/// The rules of a draft do not say what a regular expression is, so each is tried.
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

/// Whether the validator, which will have to use it, can read a pattern.
fn is_pattern(pattern: &str) -> bool {
    jsonschema::draft7::new(&serde_json::json!({ "pattern": pattern })).is_ok()
}
