//! Self-contained schemas, for the validator.
//!
//! A schema of a definition may refer to entities, to other files and to any schema with an `$id`. Its text in
//! generated code contains all of their targets, under `definitions`. Every reference in it is a pointer, so
//! it needs no `$id` and no anchor, which would only change the meaning of the pointers.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use crate::definition::{DefinitionSet, SchemaAt, encode_pointer};
use crate::diagnostic::Pointer;
use crate::json_schema::{Addressing, keyword, subschemas};
use crate::sections::embedded_schemas;

/// The text of a schema without references to the outside.
pub(super) fn bundle(set: &DefinitionSet, at: &SchemaAt) -> String {
    bundled(set, at).to_string()
}

/// The definition as JSON text, with self-contained schemas.
pub(super) fn bundled_definition(set: &DefinitionSet) -> String {
    let mut value = set.published().clone();
    for pointer in embedded_schemas(&set.files().get(set.root()).value) {
        if let Some(schema) = value.pointer_mut(pointer.as_str()) {
            *schema = bundled(set, &set.schema_at(pointer));
        }
    }
    value.to_string()
}

/// A schema without references to the outside.
pub(crate) fn bundled(set: &DefinitionSet, at: &SchemaAt) -> Value {
    if !mentions_addresses(set.schema(at)) {
        return set.schema(at).clone();
    }
    let mut bundle = Bundle {
        set,
        root: at,
        places: schemas_of(set.schema(at)).map(|(place, _)| place).collect(),
        names: HashMap::new(),
        open: Vec::new(),
        definitions: Map::new(),
    };
    let mut schema = bundle.rewrite(at);
    while let Some(target) = bundle.open.pop() {
        let definition = bundle.rewrite(&target);
        bundle
            .definitions
            .insert(bundle.names[&target].clone(), definition);
    }
    if let Value::Object(schema) = &mut schema
        && !bundle.definitions.is_empty()
    {
        match schema
            .entry("definitions")
            .or_insert_with(|| Value::Object(Map::new()))
        {
            Value::Object(definitions) => definitions.extend(bundle.definitions),
            other => *other = Value::Object(bundle.definitions),
        }
    }
    schema.sort_all_objects();
    schema
}

/// Whether a schema may have to be rewritten; most need not.
fn mentions_addresses(schema: &Value) -> bool {
    match schema {
        Value::Object(members) => members.iter().any(|(name, member)| {
            name.starts_with('$')
                || (name == "id" && member.is_string())
                || mentions_addresses(member)
        }),
        Value::Array(items) => items.iter().any(mentions_addresses),
        _ => false,
    }
}

/// A schema that is being bundled.
struct Bundle<'a> {
    set: &'a DefinitionSet,
    root: &'a SchemaAt,
    /// The places of schemas in it. To the validator, a value is not a schema just because a reference points to it.
    places: HashSet<Pointer>,
    /// The schemas outside, with their names in the bundle.
    names: HashMap<SchemaAt, String>,
    /// The schemas with a name that were not copied yet.
    open: Vec<SchemaAt>,
    definitions: Map<String, Value>,
}

impl Bundle<'_> {
    /// Copies a schema with its references turned to where their targets will be.
    fn rewrite(&mut self, at: &SchemaAt) -> Value {
        let mut schema = self.set.schema(at).clone();
        for (inner, original) in schemas_of(self.set.schema(at)) {
            let from = at.join(&inner);
            let Some(Value::Object(keywords)) = schema.pointer_mut(inner.as_str()) else {
                continue;
            };
            forget_address(keywords, inner != Pointer::root() || at != self.root);
            let Some(reference) = original["$ref"].as_str() else {
                continue;
            };
            // A reference without a target is in a place that does not count; all others were refused.
            match self.set.resolve(&from, reference) {
                Some(target) => {
                    let reference = Value::String(self.reference_to(&target));
                    keywords.insert("$ref".to_owned(), reference);
                }
                None => drop(keywords.shift_remove("$ref")),
            }
        }
        schema
    }

    fn reference_to(&mut self, target: &SchemaAt) -> String {
        if let Some(place) = self.place_within(target) {
            return format!("#{}", encode_pointer(place.as_str()));
        }
        if !self.names.contains_key(target) {
            let name = self.free_name(target);
            self.names.insert(target.clone(), name);
            self.open.push(target.clone());
        }
        let place = Pointer::root()
            .child("definitions")
            .child(&self.names[target]);
        format!("#{}", encode_pointer(place.as_str()))
    }

    /// Where a schema is inside the one that is bundled.
    fn place_within(&self, target: &SchemaAt) -> Option<Pointer> {
        let is_inside =
            target.file == self.root.file && target.pointer.is_within(&self.root.pointer);
        let place =
            is_inside.then(|| &target.pointer.as_str()[self.root.pointer.as_str().len()..])?;
        let place = Pointer::parse(place)?;
        let is_found = self.places.contains(&place) || self.set.schema(target).is_boolean();
        is_found.then_some(place)
    }

    /// A unique name that tells the target's place.
    fn free_name(&self, target: &SchemaAt) -> String {
        let way = target
            .pointer
            .as_str()
            .trim_start_matches('/')
            .replace('/', ".");
        let mut name = way
            .strip_suffix(".schema")
            .map_or_else(|| way.clone(), str::to_owned);
        if name.is_empty() {
            let path = &self.set.files().get(target.file).path;
            name = path
                .file_stem()
                .map_or(name, |stem| stem.to_string_lossy().into_owned());
        }
        let own = &self.set.schema(self.root)["definitions"];
        while !own[&name].is_null() || self.names.values().any(|taken| *taken == name) {
            name.push('_');
        }
        name
    }
}

/// Removes keywords that give a schema an address or a name.
fn forget_address(keywords: &mut Map<String, Value>, is_inner: bool) {
    keywords.retain(|name, value| {
        match keyword(name).map_or(Addressing::None, |keyword| keyword.addressing) {
            Addressing::Id | Addressing::Anchor => false,
            // In later drafts `id` means nothing.
            Addressing::OldId => !value.is_string(),
            Addressing::DynamicReference | Addressing::None => true,
        }
    });
    if is_inner {
        keywords.shift_remove("$schema");
    }
}

/// A schema and all schemas inside of it, each with its place.
fn schemas_of(schema: &Value) -> impl Iterator<Item = (Pointer, &Value)> {
    let mut open = vec![(Pointer::root(), schema)];
    std::iter::from_fn(move || {
        let (pointer, schema) = open.pop()?;
        let inner = subschemas(schema).into_iter().rev();
        open.extend(inner.map(|(inner, schema)| (pointer.join(&inner), schema)));
        Some((pointer, schema))
    })
}

#[cfg(test)]
mod tests {
    use jsonschema::Draft;
    use serde_json::{Value, json};

    use super::bundle;
    use crate::definition::{Remote, Settings};
    use crate::testing::Folder;

    /// The bundled schema of a definition with one schema, and files beside it.
    fn bundled(schema: &Value, others: &[(&str, Value)]) -> Value {
        let definition = json!({
            "name": "shop", "version": "1.0.0",
            "entities": { "item": { "schema": schema }, "price": { "schema": { "type": "number" } } },
        });
        let mut files = vec![("shop.json", definition.to_string())];
        files.extend(
            others
                .iter()
                .map(|(name, value)| (*name, value.to_string())),
        );
        let remotes = vec![Remote {
            address: "http://localhost:1234/".to_owned(),
            folder: "remotes".into(),
        }];
        let settings = Settings {
            root: None,
            remotes,
        };
        let loaded = Folder::new(&files).load_with("shop.json", &settings);
        assert!(!loaded.diagnostics.has_errors(), "{}", loaded.diagnostics);
        let set = loaded.set.expect("a definition");
        serde_json::from_str(&bundle(&set, &set.entity("item"))).expect("JSON")
    }

    #[track_caller]
    fn check(schema: &Value, valid: &[Value], invalid: &[Value]) {
        let text = schema.to_string();
        assert!(!text.contains("$id") && !text.contains("$anchor"), "{text}");
        let validator = jsonschema::options()
            .with_draft(Draft::Draft7)
            .build(schema)
            .expect("a schema");
        for value in valid {
            assert!(validator.is_valid(value), "{value} does not fit {text}");
        }
        for value in invalid {
            assert!(!validator.is_valid(value), "{value} fits {text}");
        }
    }

    #[test]
    fn ids_and_anchors_become_pointers() {
        let schema = json!({
            "$id": "http://example.com/item.json",
            "properties": { "a": { "$ref": "a.json" }, "b": { "$ref": "#b%25" }, "c": { "$ref": "item.json" } },
            "additionalProperties": false,
            "definitions": {
                "a": { "$id": "a.json", "properties": { "x": { "$ref": "#/definitions/x" } }, "definitions": { "x": { "type": "string" } } },
                "b\"%": { "$id": "#b%", "type": "integer" },
            },
        });
        check(
            &bundled(&schema, &[]),
            &[json!({ "a": { "x": "" }, "b": 1, "c": { "b": 2 } })],
            &[
                json!({ "a": { "x": 1 } }),
                json!({ "b": "" }),
                json!({ "c": { "d": 1 } }),
            ],
        );
    }

    #[test]
    fn what_stands_elsewhere_comes_along_once() {
        let schema = json!({ "properties": {
        "a": { "$ref": "http://localhost:1234/name.json#/definitions/orNull" },
        "b": { "$ref": "http://localhost:1234/name.json" },
        "c": { "$ref": "#/entities/price" },
    } });
        let name = json!({ "type": "string", "definitions": { "orNull": { "anyOf": [{ "type": "null" }, { "$ref": "#" }] } } });
        let bundled = bundled(&schema, &[("remotes/name.json", name)]);
        let names: Vec<_> = bundled["definitions"]
            .as_object()
            .expect("definitions")
            .keys()
            .collect();
        assert_eq!(names, ["definitions.orNull", "entities.price", "name"]);
        check(
            &bundled,
            &[json!({ "a": null, "b": "", "c": 1 }), json!({ "a": "" })],
            &[json!({ "a": 1 }), json!({ "b": null }), json!({ "c": "" })],
        );
    }

    #[test]
    fn a_schema_under_a_keyword_that_is_unknown_is_copied_to_where_it_is_one() {
        let schema = json!({
            "properties": { "a": { "$ref": "#/x-shapes/a" } },
            "x-shapes": { "a": { "$ref": "#/entities/price" } },
        });
        let bundled = bundled(&schema, &[]);
        check(&bundled, &[json!({ "a": 1 })], &[json!({ "a": "" })]);
    }

    #[test]
    fn the_schema_of_draft_7_comes_along() {
        let schema = json!({ "$ref": "http://json-schema.org/draft-07/schema#" });
        let bundled = bundled(&schema, &[]);
        assert_eq!(bundled["$ref"], "#/definitions/schema");
        let validator = jsonschema::draft7::new(&bundled).expect("a schema");
        assert!(validator.is_valid(&json!({ "items": { "minLength": 1 } })));
        assert!(!validator.is_valid(&json!({ "items": { "minLength": -1 } })));
    }

    #[test]
    fn a_value_that_looks_like_a_reference_is_left() {
        let schema = json!({ "enum": [{ "$ref": "#/x", "$id": "y" }], "$ref": 1 });
        let schema = json!({ "enum": schema["enum"], "default": { "$ref": "#/x" } });
        assert_eq!(bundled(&schema, &[]), schema);
    }
}
