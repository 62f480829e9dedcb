//! A schema, and copies of every schema outside that it refers to.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use crate::definition::{DefinitionSet, SchemaAt, encode_pointer};
use crate::diagnostic::Pointer;
use crate::json_schema::{Addressing, Dialect, is_renamed, keyword, to_newest};
use crate::lower::bundle::walk::schemas_of;

/// A schema that is being bundled.
pub(super) struct Bundle<'a> {
    set: &'a DefinitionSet<'a>,
    root: &'a SchemaAt,
    /// The places of schemas in it. To the validator, a value is not a schema just because a reference points to it.
    places: HashSet<Pointer>,
    /// The schemas outside, with their names in the bundle.
    names: HashMap<SchemaAt, String>,
    /// The schemas with a name that were not copied yet.
    open: Vec<SchemaAt>,
    definitions: Map<String, Value>,
    /// Whether all is written in the newest dialect.
    translates: bool,
    /// The dialects of the schemas that were copied.
    pub(super) dialects: Vec<Dialect>,
}

impl<'a> Bundle<'a> {
    pub(super) fn new(set: &'a DefinitionSet<'a>, root: &'a SchemaAt, translates: bool) -> Self {
        Self {
            set,
            root,
            places: schemas_of(set.schema(root))
                .map(|(place, _)| place)
                .collect(),
            names: HashMap::new(),
            open: Vec::new(),
            definitions: Map::new(),
            translates,
            dialects: Vec::new(),
        }
    }

    /// Copies the schema, and every schema outside that it refers to.
    pub(super) fn copy(&mut self) -> Value {
        let mut schema = self.rewrite(self.root);
        while let Some(target) = self.open.pop() {
            let definition = self.rewrite(&target);
            let name = self.names[&target].clone();
            self.definitions.insert(name, definition);
        }
        let definitions = std::mem::take(&mut self.definitions);
        if let Value::Object(schema) = &mut schema
            && !definitions.is_empty()
        {
            match schema
                .entry("definitions")
                .or_insert_with(|| Value::Object(Map::new()))
            {
                Value::Object(own) => own.extend(definitions),
                other => *other = Value::Object(definitions),
            }
        }
        schema.sort_all_objects();
        schema
    }

    /// The schemas that were copied, by their names in the bundle.
    pub(super) fn copies(self) -> HashMap<String, SchemaAt> {
        let names = self.names.into_iter();
        names.map(|(at, name)| (name, at)).collect()
    }

    /// Copies a schema with its references turned to where their targets will be.
    fn rewrite(&mut self, at: &SchemaAt) -> Value {
        let mut schema = self.set.schema(at).clone();
        let mut translations = Vec::new();
        for (inner, original) in schemas_of(self.set.schema(at)) {
            let from = at.join(&inner);
            let Some(Value::Object(keywords)) = schema.pointer_mut(inner.as_str()) else {
                continue;
            };
            let dialect = self.set.dialect(&from);
            if !self.dialects.contains(&dialect) {
                self.dialects.push(dialect);
            }
            forget_address(
                keywords,
                self.translates || inner != Pointer::root() || at != self.root,
            );
            if self.translates {
                translations.push((inner.clone(), dialect));
            }
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
        // The inner ones first, since the names of the keywords around them change.
        for (inner, dialect) in translations.into_iter().rev() {
            if let Some(Value::Object(keywords)) = schema.pointer_mut(inner.as_str()) {
                to_newest(keywords, dialect);
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
        if self.translates && is_renamed(&place) {
            return None;
        }
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
