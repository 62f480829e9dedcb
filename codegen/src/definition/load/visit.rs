//! Every schema of a definition, every schema that it refers to, and every reference in them.

use serde_json::Value;

use super::Loader;
use crate::definition::SchemaAt;
use crate::definition::check_schema::check_schema;
use crate::definition::cycles::{is_chain, is_cyclic};
use crate::definition::reference::{Dangling, follow};
use crate::diagnostic::catalog::reference;
use crate::diagnostic::{Diagnostic, FileId, Location, Pointer};
use crate::json_schema::{Addressing, KEYWORDS};

impl Loader<'_> {
    /// Visits all waiting schemas, and those that they refer to.
    pub(super) fn visit_all(&mut self, definition: FileId) {
        loop {
            while let Some(at) = self.waiting.pop_front() {
                self.visit(definition, at);
            }
            self.retry(definition);
            if self.waiting.is_empty() {
                break;
            }
        }
        let dangling = std::mem::take(&mut self.dangling);
        self.found
            .extend(dangling.into_iter().map(|(_, _, diagnostic)| diagnostic));
        self.check_cycles(definition);
    }

    /// A schema that was visited later may have the address or the anchor that was looked for.
    fn retry(&mut self, definition: FileId) {
        for (at, text, diagnostic) in std::mem::take(&mut self.dangling) {
            match follow(self.graph(definition), &at, &text) {
                Ok(target) => {
                    self.waiting.push_back(target);
                    self.references.push((at, text));
                }
                Err(_) => self.dangling.push((at, text, diagnostic)),
            }
        }
    }

    /// Checks a schema and follows the references inside of it.
    fn visit(&mut self, definition: FileId, at: SchemaAt) {
        let file = self.files.share(at.file);
        let Some(schema) = at.pointer.find(&file.value) else {
            return;
        };
        if self.visited.contains(&at) {
            return;
        }
        self.index_schema(&at);
        let value = |pointer: &Pointer| pointer.find(&file.value);
        let draft = self.index.draft(value, &at);
        self.found.extend(check_schema(&at, schema, draft));
        let mut inside = vec![(at, schema)];
        while let Some((at, schema)) = inside.pop() {
            if !self.visited.insert(at.clone()) {
                continue;
            }
            if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
                self.follow(definition, &at, reference);
            }
            let dialect = self.index.dialect(value, &at);
            if !dialect.is_reference_alone(schema) {
                self.refuse_dynamic(&at, schema);
            }
            let deeper = dialect.subschemas(schema).into_iter();
            inside.extend(deeper.map(|(pointer, schema)| (at.join(&pointer), schema)));
        }
    }

    fn refuse_dynamic(&mut self, at: &SchemaAt, schema: &Value) {
        let dynamic = KEYWORDS
            .iter()
            .filter(|keyword| keyword.addressing == Addressing::DynamicReference);
        for keyword in dynamic.map(|keyword| keyword.name) {
            if let Some(reference) = schema.get(keyword).and_then(Value::as_str) {
                let place = Location::value(at.file, at.pointer.child(keyword));
                let reason = format!("`{keyword}` is not followed");
                let diagnostic = reference::dangling_reference(place, reference, &reason);
                self.found.push(diagnostic);
            }
        }
    }

    fn follow(&mut self, definition: FileId, at: &SchemaAt, text: &str) {
        let mut followed = follow(self.graph(definition), at, text);
        if let Err(Dangling::Unopened(address)) = &followed {
            if let Err(diagnostic) = self.open_address(at, text, address) {
                return self
                    .dangling
                    .push((at.clone(), text.to_owned(), *diagnostic));
            }
            followed = follow(self.graph(definition), at, text);
        }
        match followed {
            Ok(target) => {
                self.references.push((at.clone(), text.to_owned()));
                self.waiting.push_back(target);
            }
            Err(dangling) => {
                let diagnostic = diagnose(at, text, dangling);
                let diagnostic = diagnostic.map(|found| (at.clone(), text.to_owned(), found));
                self.dangling.extend(diagnostic);
            }
        }
    }

    fn check_cycles(&mut self, definition: FileId) {
        let circular: Vec<_> = self
            .references
            .iter()
            .filter(|(at, text)| is_cyclic(self.graph(definition), at, text))
            .cloned()
            .collect();
        for (at, text) in circular {
            let place = Location::value(at.file, at.pointer.child("$ref"));
            let is_chain = is_chain(self.graph(definition), &at, &text);
            self.found
                .push(reference::circular_reference(place, &text, is_chain));
            self.circular.insert(at);
        }
    }
}

fn diagnose(at: &SchemaAt, text: &str, dangling: Dangling) -> Option<Diagnostic> {
    let place = Location::value(at.file, at.pointer.child("$ref"));
    match dangling {
        Dangling::MissingEntity { name, entities } => {
            let entities = entities.iter().map(String::as_str);
            Some(reference::missing_entity(place, &name, entities))
        }
        Dangling::MissingDefinition { name, known } => {
            let known = known.iter().map(String::as_str);
            Some(reference::missing_definition(place, text, &name, known))
        }
        Dangling::Nowhere(reason) => Some(reference::dangling_reference(place, text, &reason)),
        // Addresses and files that cannot be opened are refused before.
        Dangling::Unopened(_) | Dangling::UnreadFile => None,
    }
}
