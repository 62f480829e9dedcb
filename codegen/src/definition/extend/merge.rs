//! Items that both an interface and the definition declare.

use serde_json::{Map, Value, json};

use super::existing::{Existing, schema_behind};
use super::fragment::Fragment;
use crate::definition::built_in;
use crate::diagnostic::catalog::interface;
use crate::diagnostic::{Diagnostic, FileId, Location, Origins, Pointer};
use crate::json_schema::{KEYWORDS, Naming, keyword};
use crate::sections::{self, is_at};

/// Merges an item of an interface into the definition's item of the same name.
pub(super) fn merge(own: Existing<'_>, part: &Fragment, origins: &mut Origins) -> Vec<Diagnostic> {
    let Existing {
        file,
        definition,
        place,
        value,
    } = own;
    let mut merging = Merging {
        file,
        definition,
        place,
        part,
        origins,
        found: Vec::new(),
    };
    merging.merge_members(value, &Pointer::root());
    merging.found
}

struct Merging<'a> {
    file: FileId,
    definition: &'a Value,
    /// Where the definition's part is in the definition.
    place: Pointer,
    part: &'a Fragment,
    origins: &'a mut Origins,
    found: Vec<Diagnostic>,
}

impl Merging<'_> {
    fn merge_members(&mut self, own: &mut Value, at: &Pointer) {
        let theirs = self
            .part
            .value
            .pointer(at.as_str())
            .and_then(Value::as_object);
        let (Value::Object(own), Some(theirs)) = (own, theirs) else {
            return;
        };
        for (key, value) in theirs {
            let at = at.child(key);
            match own.get_mut(key) {
                Some(own) if key == "schema" => self.merge_schemas(own, value, &at),
                Some(own) if self.is_merged(&at) => self.merge_members(own, &at),
                _ => {
                    own.insert(key.clone(), value.clone());
                    self.take_origins(&at, &at);
                }
            }
        }
    }

    fn merge_schemas(&mut self, own: &mut Value, theirs: &Value, at: &Pointer) {
        let place = self.place.join(at);
        let behind = schema_behind(self.definition, own);
        if let Some((written, schema)) = behind {
            *own = schema.clone();
            self.origins.insert(place.clone(), (self.file, written));
        }
        if let Some(schema) = built_in::behind(own) {
            *own = schema.clone();
        }
        let theirs = built_in::behind(theirs).unwrap_or(theirs);
        match (form_of(own), form_of(theirs)) {
            (Form::Object, Form::Object) => {
                if let Some(merged) = merge_objects(own, theirs) {
                    *own = merged;
                    for name in members(theirs, "properties").keys() {
                        let at = at.child("properties").child(name);
                        self.take_origins(&at, &at);
                    }
                    return;
                }
            }
            (Form::Record, Form::Record) => {
                let values = place.child("additionalProperties");
                let both = values.child("allOf");
                *own = json!({
                    "type": "object",
                    "additionalProperties": { "allOf": [own["additionalProperties"], theirs["additionalProperties"]] },
                });
                self.origins.insert(both.item(0), (self.file, values));
                let at = at.child("additionalProperties");
                self.take_origins(&at, &at.child("allOf").item(1));
                return;
            }
            _ => {}
        }
        let (file, there) = self.part.origin(at);
        let diagnostic = interface::unmergeable_schemas(
            Location::key(self.file, place),
            Location::key(file, there),
        );
        self.found.push(diagnostic);
    }

    /// Whether values of both at a place are merged member by member; otherwise the interface's value stays.
    fn is_merged(&self, at: &Pointer) -> bool {
        let extended = sections::extended(&self.place);
        extended.is_some_and(|extended| extended.merged.iter().any(|pattern| is_at(at, pattern)))
    }

    /// Notes where the values were written that go from the interface into the definition.
    fn take_origins(&mut self, from: &Pointer, to: &Pointer) {
        let to = self.place.join(to);
        self.origins.extend(self.part.origins_at(from, &to));
    }
}

/// The form of a schema, which decides how it is merged.
#[derive(Debug, PartialEq, Eq)]
enum Form {
    /// Properties with names.
    Object,
    /// Any names, and one schema for all values.
    Record,
    Other,
}

fn form_of(schema: &Value) -> Form {
    let Some(keywords) = schema.as_object() else {
        return Form::Other;
    };
    let is_object = keywords.get("type").is_some_and(|ty| ty == "object");
    if !is_object
        || !keywords
            .keys()
            .all(|name| keyword(name).is_some_and(|keyword| keyword.is_of_plain_object))
    {
        Form::Other
    } else if !keywords.contains_key("properties")
        && keywords
            .get("additionalProperties")
            .is_some_and(Value::is_object)
    {
        Form::Record
    } else {
        Form::Object
    }
}

/// The properties of both and no others; the second one's property counts where both have one.
fn merge_objects(own: &Value, theirs: &Value) -> Option<Value> {
    let mut properties = members(own, "properties");
    properties.extend(members(theirs, "properties"));
    let overridden = members(theirs, "properties");
    let of_own = names(own).filter(|name| !overridden.contains_key(*name));
    let required: Vec<_> = of_own.chain(names(theirs)).collect();
    let mut merged = json!({ "type": "object", "properties": properties });
    if !required.is_empty() {
        merged["required"] = json!(required);
    }
    merged["additionalProperties"] = json!(false);
    let definitions = KEYWORDS
        .iter()
        .filter(|keyword| keyword.naming == Naming::Definition);
    for keyword in definitions.map(|keyword| keyword.name) {
        let mut all = members(own, keyword);
        for (name, schema) in members(theirs, keyword) {
            if all.get(&name).is_some_and(|own| *own != schema) {
                return None;
            }
            all.insert(name, schema);
        }
        if !all.is_empty() {
            merged[keyword] = Value::Object(all);
        }
    }
    Some(merged)
}

fn members(schema: &Value, keyword: &str) -> Map<String, Value> {
    schema
        .get(keyword)
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default()
}

fn names(schema: &Value) -> impl Iterator<Item = &str> {
    let required = schema.get("required").and_then(Value::as_array);
    required.into_iter().flatten().filter_map(Value::as_str)
}
