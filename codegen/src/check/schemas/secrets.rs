//! Secrets that would be shown, since nothing marks them as Contexture reads it.

use serde_json::Value;

use super::subject::Subject;
use crate::definition::{DefinitionSet, SchemaAt, secret_parts};
use crate::diagnostic::catalog::{schema, secrets};
use crate::diagnostic::{Diagnostic, FileId, Location, Pointer, is_marked, is_secret};
use crate::json_schema::{Content, DISPLAY_KEYS, Draft, Naming, keyword};
use crate::sections::{embedded_schemas, is_entity};

/// Words for a secret, apart from those that are similar to `secret`.
const SENSITIVE: [&str; 3] = ["confidential", "masked", "sensitive"];

/// Finds marks of secrets that are misspelt or of other tools, and keys of `x-zui` that do not exist.
pub(super) fn check(schema: &Subject<'_>) -> Vec<Diagnostic> {
    let display = schema.keywords.get("x-zui");
    let mut found = Vec::new();
    if !display.is_some_and(|display| display["secret"].is_boolean()) {
        let unknown = schema.keywords.iter();
        let marks = unknown.filter(|(name, value)| keyword(name).is_none() && is_mark(name, value));
        found.extend(marks.map(|(name, value)| {
            if value.is_object() && !is_display(name) {
                secrets::foreign_mark(schema.key(name), name)
            } else {
                secrets::exposed_secret(schema.key(name), name)
            }
        }));
    }
    if let Some(display) = display {
        found.extend(check_display(schema, display));
    }
    found.extend(check_values(schema));
    found
}

/// Finds secrets in the values that the schema has for others to read.
fn check_values(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let SchemaAt {
        file,
        root,
        pointer,
    } = subject.at;
    let schema = subject.set.schema(subject.at);
    let whole = &subject.set.files().get(*file).value;
    let document = root.find(whole).unwrap_or(whole);
    let shown = |part: Pointer| {
        let keyword = part.names().nth(pointer.names().count())?;
        let is_read = ["default", "example", "examples"].contains(&keyword.as_str());
        is_read.then(|| secrets::secret_in_value(Location::value(*file, part), &keyword))
    };
    let parts = secret_parts(schema, &[document], pointer);
    parts.into_iter().filter_map(shown).collect()
}

/// Whether an unknown keyword is meant to be `x-zui`, and is not an object of another tool.
fn is_display(name: &str) -> bool {
    let edits = |meant| strsim::damerau_levenshtein(name, meant);
    edits("x-zui") <= 2 || edits("zui") <= 1
}

fn check_display(subject: &Subject<'_>, display: &Value) -> Vec<Diagnostic> {
    let at = subject.at.pointer.child("x-zui");
    let Some(keys) = display.as_object() else {
        let place = Location::key(subject.at.file, at.clone());
        return vec![schema::keyword_of_wrong_type(
            place,
            &at,
            &["object"],
            display,
        )];
    };
    let key = |name: &str| Location::key(subject.at.file, at.child(name));
    let mut found = Vec::new();
    for (name, value) in keys {
        if name == "secret" && !value.is_boolean() {
            let place = Location::value(subject.at.file, at.child(name));
            found.push(secrets::secret_not_boolean(place, value));
        } else if DISPLAY_KEYS.contains(&name.as_str()) {
        } else if means_secret(name) {
            found.push(secrets::exposed_secret(key(name), name));
        } else {
            found.push(secrets::unknown_display_key(key(name), name, DISPLAY_KEYS));
        }
    }
    found
}

/// Whether an unknown keyword is meant to mark a secret: `secret: true`, `zui: { secret: true }`.
pub(super) fn is_mark(name: &str, value: &Value) -> bool {
    let is_set = |value: &Value| match value {
        Value::Bool(is_set) => *is_set,
        Value::String(_) | Value::Number(_) => true,
        Value::Null | Value::Array(_) | Value::Object(_) => false,
    };
    match value {
        Value::Object(members) => {
            let mut members = members.iter();
            members.any(|(name, value)| means_secret(name) && is_set(value))
        }
        _ => means_secret(name) && is_set(value),
    }
}

/// Whether one of the words of a name is similar to `secret`, or means the same.
pub(super) fn means_secret(name: &str) -> bool {
    let words = heck::AsSnakeCase(name).to_string();
    words.split('_').any(|word| {
        let is_similar = word.starts_with('s')
            && word.len() >= 5
            && strsim::damerau_levenshtein(word, "secret") <= 2;
        is_similar || SENSITIVE.contains(&word)
    })
}

/// Finds marks of secrets where they mark nothing: where no schema is, and at whole payloads.
pub(super) fn check_places(set: &DefinitionSet) -> Vec<Diagnostic> {
    let root = &set.files().get(set.root()).value;
    let mut found = Vec::new();
    let payloads = embedded_schemas(root);
    for pointer in &payloads {
        if !is_entity(pointer) && pointer.find(root).is_some_and(is_secret) {
            found.push(secrets::secret_payload(set.key_location(pointer.clone())));
        }
    }
    let mut files: Vec<FileId> = set.schemas().iter().map(|at| at.file).collect();
    files.dedup();
    for id in files {
        let file = set.files().get(id);
        if Draft::named(&file.display).is_some() {
            continue;
        }
        let whole = [Pointer::root()];
        let roots = if id == set.root() {
            payloads.as_slice()
        } else {
            &whole
        };
        for root in roots {
            let mut marks = Marks {
                set,
                root: SchemaAt::new(id, root.clone()),
                found: Vec::new(),
            };
            marks.look(&Pointer::root(), set.schema(&marks.root));
            found.extend(marks.found);
        }
    }
    found
}

/// A search for marks in a schema, wherever in its text they are.
struct Marks<'a> {
    set: &'a DefinitionSet<'a>,
    root: SchemaAt,
    found: Vec<Diagnostic>,
}

impl Marks<'_> {
    fn look(&mut self, at: &Pointer, value: &Value) {
        let is_schema = value.is_object() && self.is_schema(at);
        if is_marked(value) {
            let pointer = self.root.pointer.join(at).child("x-zui");
            let place = Location::key(self.root.file, pointer);
            if !is_schema {
                self.found.push(secrets::secret_in_no_schema(place));
            } else if let Some(keyword) = untyped(at) {
                self.found
                    .push(secrets::secret_without_type(place, keyword));
            }
        }
        match value {
            Value::Object(members) => {
                // The values of these keywords are data, in which `x-zui` means nothing.
                let is_data = |name: &str| {
                    let content = keyword(name).map(|keyword| keyword.content);
                    matches!(content, Some(Content::Values | Content::Display))
                };
                for (name, member) in members {
                    if !(is_schema && is_data(name)) {
                        self.look(&at.child(name), member);
                    }
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.look(&at.item(index), item);
                }
            }
            _ => {}
        }
    }

    fn is_schema(&self, at: &Pointer) -> bool {
        let pointer = self.root.pointer.join(at);
        let key = (self.root.file, &pointer);
        let schemas = self.set.schemas();
        let found = schemas.binary_search_by(|schema| (schema.file, &schema.pointer).cmp(&key));
        found.is_ok()
    }
}

/// The keyword around a schema below which no type is made, if properties or items are between.
///
/// A mark directly below `then` counts for the whole value.
fn untyped(at: &Pointer) -> Option<&'static str> {
    const UNTYPED: [&str; 9] = [
        "contains",
        "dependencies",
        "dependentSchemas",
        "else",
        "if",
        "not",
        "then",
        "unevaluatedItems",
        "unevaluatedProperties",
    ];
    let names: Vec<String> = at.names().collect();
    let mut around = None;
    let mut index = 0;
    while let Some(name) = names.get(index) {
        let keyword = keyword(name);
        let is_last = index + 1 == names.len();
        let is_branch = is_last && matches!(name.as_str(), "then" | "else");
        around = around.or(UNTYPED
            .into_iter()
            .find(|untyped| untyped == name && !is_branch));
        let naming = keyword.map(|keyword| keyword.naming);
        let has_name = matches!(
            naming,
            Some(Naming::Property | Naming::Definition | Naming::Branch)
        );
        index += if has_name { 2 } else { 1 };
    }
    around
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_mark_without_a_type_is_told_from_one_with_a_type() {
        let untyped = |text| untyped(&Pointer::parse(text).expect("a pointer"));
        assert_eq!(untyped("/then/properties/a"), Some("then"));
        assert_eq!(untyped("/properties/a/not/items"), Some("not"));
        for text in [
            "",
            "/properties/not",
            "/properties/a/then",
            "/definitions/if/items",
            "/anyOf/0",
        ] {
            assert_eq!(untyped(text), None, "{text}");
        }
    }

    #[test]
    fn a_mark_is_recognized_however_it_is_spelt() {
        for name in [
            "secret",
            "secert",
            "Secret",
            "isSecret",
            "x-secret",
            "sensitive",
            "x-zui-secret",
        ] {
            assert!(is_mark(name, &json!(true)), "{name}");
            assert!(!is_mark(name, &json!(false)), "{name}");
        }
        assert!(is_mark("zui", &json!({ "secret": "yes" })));
        for name in ["select", "section", "second", "set", "title"] {
            assert!(!is_mark(name, &json!(true)), "{name}");
        }
    }

    #[test]
    fn a_misspelt_keyword_is_told_from_one_of_another_tool() {
        for name in ["zui", "ui", "x-ui", "xzui", "x-zui2", "X-zui"] {
            assert!(is_display(name), "{name}");
        }
        for name in ["_metadata", "x-vault", "x-docs", "meta"] {
            assert!(!is_display(name), "{name}");
        }
    }

    #[test]
    fn a_schema_of_that_name_is_not_a_mark() {
        assert!(!is_mark(
            "props",
            &json!({ "secret": { "type": "string" } })
        ));
    }
}
