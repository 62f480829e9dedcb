//! Checks of definitions against the format.

use std::borrow::Cow;
use std::sync::LazyLock;

use jsonschema::Validator;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::format::{INTEGRATION_SCHEMA, INTERFACE_SCHEMA};
use super::violation::{Violation, ViolationKind, collect_violations};
use super::{Document, InterfaceDocument};
use crate::diagnostic::catalog::{secrets, shape};
use crate::diagnostic::{Diagnostic, FileId, Files, Location, Pointer};

/// The format of a file.
struct Format {
    schema: &'static Value,
    validator: Validator,
}

static INTEGRATION_FORMAT: LazyLock<Format> = LazyLock::new(|| Format::new(&INTEGRATION_SCHEMA));
static INTERFACE_FORMAT: LazyLock<Format> = LazyLock::new(|| Format::new(&INTERFACE_SCHEMA));

impl Format {
    fn new(schema: &'static Value) -> Self {
        let validator = jsonschema::draft7::new(schema).expect("a format's schema is a schema");
        Self { schema, validator }
    }
}

/// Reads a definition by the format's own JSON Schema, so that an editor and we say the same.
///
/// Wrong values are left out of the document, if there can be one without them: later phases find
/// more mistakes in the rest.
pub(super) fn read_document(files: &Files, id: FileId) -> (Option<Document>, Vec<Diagnostic>) {
    let (right, found) = read_format(&INTEGRATION_FORMAT, files, id);
    deserialize(id, &right, found)
}

/// Reads an interface in the same way; gives the values that are right.
pub(super) fn read_interface(files: &Files, id: FileId) -> (Option<Value>, Vec<Diagnostic>) {
    let (right, found) = read_format(&INTERFACE_FORMAT, files, id);
    let (document, found) = deserialize::<InterfaceDocument>(id, &right, found);
    (document.map(|_| right.into_owned()), found)
}

fn read_format<'a>(
    format: &'static Format,
    files: &'a Files,
    id: FileId,
) -> (Cow<'a, Value>, Vec<Diagnostic>) {
    let value = &files.get(id).value;
    let violations = collect_violations(format.validator.iter_errors(value));
    let right = if violations.is_empty() {
        Cow::Borrowed(value)
    } else {
        Cow::Owned(without_violations(format, value, &violations))
    };
    let found = violations.into_iter();
    let found = found.map(|violation| diagnose(format, files, id, violation));
    (right, found.collect())
}

/// Every value that fits the schema of a format is a document of it.
fn deserialize<T: DeserializeOwned>(
    id: FileId,
    right: &Value,
    mut found: Vec<Diagnostic>,
) -> (Option<T>, Vec<Diagnostic>) {
    match T::deserialize(right) {
        Ok(document) => (Some(document), found),
        Err(error) => {
            if found.is_empty() {
                let place = Location::file(id);
                found.push(shape::invalid_definition(place, &error.to_string()));
            }
            (None, found)
        }
    }
}

/// Removes wrong values, and then values that are incomplete without them: a state without its type.
fn without_violations(format: &Format, value: &Value, violations: &[Violation]) -> Value {
    let mut value = value.clone();
    let mut is_smaller = remove_culprits(&mut value, violations);
    while is_smaller {
        let left = collect_violations(format.validator.iter_errors(&value));
        is_smaller = remove_culprits(&mut value, &left);
    }
    value
}

/// Gives whether there was something that can be removed.
fn remove_culprits(value: &mut Value, violations: &[Violation]) -> bool {
    let mut is_smaller = false;
    for violation in violations {
        is_smaller |= remove(value, &violation.culprit());
    }
    is_smaller
}

/// Removes a property of an object, if there is one.
fn remove(value: &mut Value, pointer: &Pointer) -> bool {
    let (Some(parent), Some(name)) = (pointer.parent(), pointer.last()) else {
        return false;
    };
    match value.pointer_mut(parent.as_str()) {
        Some(Value::Object(members)) => members.shift_remove(&name).is_some(),
        _ => false,
    }
}

fn diagnose(
    format: &'static Format,
    files: &Files,
    id: FileId,
    violation: Violation,
) -> Diagnostic {
    let Violation {
        pointer,
        found,
        schema_path,
        kind,
    } = violation;
    let value = || Location::value(id, pointer.clone());
    match kind {
        ViolationKind::UnknownProperty(name) => {
            let known = known_properties(format, &schema_path);
            let names = known
                .iter()
                .flat_map(|known| known.keys())
                .map(String::as_str);
            shape::unknown_property(Location::key(id, pointer.child(&name)), &name, names)
        }
        ViolationKind::MissingProperty(name) => {
            let meaning = known_properties(format, &schema_path)
                .and_then(|known| known.get(&name)?.get("description")?.as_str());
            shape::missing_property(Location::key(id, pointer.clone()), &pointer, &name, meaning)
        }
        ViolationKind::WrongType(expected) => {
            let text = files.text(value());
            shape::wrong_type(
                type_place(id, &pointer, &found),
                &pointer,
                &expected,
                &found,
                text,
            )
        }
        ViolationKind::UnknownValue(known) => {
            let known: Vec<_> = known.iter().filter_map(Value::as_str).collect();
            shape::unknown_value(value(), &pointer, &found, &known)
        }
        ViolationKind::EmptyText => shape::empty_text(value(), &pointer),
        ViolationKind::PropertyName(name) => {
            let place = Location::key(id, pointer.child(&name));
            secrets::secret_name(place, &name, screaming(&name).as_deref())
        }
        ViolationKind::Format => shape::invalid_definition(value(), "it has the wrong format"),
        ViolationKind::Other(reason) => shape::invalid_definition(value(), &reason),
    }
}

/// A list or an object is drawn at its name, since its value may be many lines.
fn type_place(id: FileId, pointer: &Pointer, found: &Value) -> Location {
    match found {
        Value::Array(_) | Value::Object(_) | Value::Null => Location::key(id, pointer.clone()),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            Location::value(id, pointer.clone())
        }
    }
}

/// The properties of the format beside one of its keywords.
fn known_properties(format: &Format, schema_path: &str) -> Option<&'static Map<String, Value>> {
    let (object, _) = schema_path.rsplit_once('/')?;
    format
        .schema
        .pointer(object)?
        .get("properties")?
        .as_object()
}

/// A name in `SCREAMING_SNAKE_CASE`, if it has one there.
fn screaming(name: &str) -> Option<String> {
    let name = heck::AsShoutySnakeCase(name).to_string();
    let starts_well = name.starts_with(|first: char| first.is_ascii_uppercase());
    (starts_well && name.is_ascii()).then_some(name)
}
