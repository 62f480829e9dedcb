//! References, and the parts of a schema that all hold at once.

use serde_json::Value;

use crate::definition::SchemaAt;
use crate::json_schema::keyword;
use crate::lower::context::Lowering;

impl Lowering<'_> {
    /// The target of a schema that has nothing but a `$ref`.
    pub(super) fn reference(&self, at: &SchemaAt) -> Option<SchemaAt> {
        let target = self.target(at)?;
        (!self.says_more(at)).then_some(target)
    }

    pub(super) fn target(&self, at: &SchemaAt) -> Option<SchemaAt> {
        let keywords = self.keywords(at)?;
        self.set.resolve(at, keywords.get("$ref")?.as_str()?)
    }

    /// Whether a `$ref` has siblings that count; draft 7 ignores them.
    fn says_more(&self, at: &SchemaAt) -> bool {
        let says_more = self.keywords(at).is_some_and(|schema| {
            let mut keywords = schema.keys();
            keywords.any(|keyword| says_something(keyword) || keyword == "allOf")
        });
        says_more && !self.set.is_reference_alone(at)
    }

    /// The schema, its target and its `allOf`, flattened; schemas without a say in the shape are left out.
    pub(super) fn parts(&self, at: &SchemaAt) -> Vec<SchemaAt> {
        let mut parts = Vec::new();
        self.collect_parts(at, &mut Vec::new(), &mut parts);
        parts
    }

    /// The same for a schema that may be a reference.
    pub(super) fn parts_through_references(&self, at: &SchemaAt) -> Vec<SchemaAt> {
        self.parts(&self.follow(at))
    }

    /// Follows references to a schema with other keywords; gives up at a cycle.
    pub(super) fn follow(&self, at: &SchemaAt) -> SchemaAt {
        let mut seen = vec![at.clone()];
        let mut current = at.clone();
        while let Some(next) = self.reference(&current) {
            if seen.contains(&next) {
                break;
            }
            seen.push(next.clone());
            current = next;
        }
        current
    }

    /// Follows a root that says nothing but that it is another schema: a reference, one part, one alternative. Gives up
    /// at a cycle, and at another root.
    pub(super) fn follow_only(&self, root: &SchemaAt) -> SchemaAt {
        let mut seen = vec![root.clone()];
        let mut current = root.clone();
        while let Some(next) = self.only_schema(&current) {
            if seen.contains(&next) {
                break;
            }
            seen.push(next.clone());
            current = next;
            if self
                .roots
                .contains_key(&(current.file, current.pointer.clone()))
            {
                break;
            }
        }
        current
    }

    fn only_schema(&self, at: &SchemaAt) -> Option<SchemaAt> {
        if let Some(target) = self.reference(at) {
            return Some(target);
        }
        let parts = self.parts(at);
        let [only] = parts.as_slice() else {
            return None;
        };
        if only.pointer != at.pointer {
            return Some(only.clone());
        }
        let schema = self.keywords(at)?;
        let mut shaping = schema.keys().filter(|name| says_something(name));
        let keyword = shaping
            .next()
            .filter(|name| *name == "anyOf" || *name == "oneOf")?;
        if shaping.next().is_some() {
            return None;
        }
        self.only_alternative(at, keyword)
    }

    fn collect_parts(&self, at: &SchemaAt, seen: &mut Vec<SchemaAt>, parts: &mut Vec<SchemaAt>) {
        if seen.contains(at) {
            return;
        }
        seen.push(at.clone());
        let Some(schema) = self.keywords(at) else {
            return;
        };
        if schema.keys().any(|keyword| says_something(keyword)) {
            parts.push(at.clone());
        }
        if let Some(target) = self.target(at) {
            self.collect_parts(&self.follow(&target), seen, parts);
        }
        if let Some(Value::Array(all)) = schema.get("allOf") {
            for index in 0..all.len() {
                let part = self.follow(&at.child("allOf").item(index));
                self.collect_parts(&part, seen, parts);
            }
        }
    }
}

/// Whether a keyword affects the shape of a value.
fn says_something(name: &str) -> bool {
    keyword(name).is_some_and(|keyword| keyword.has_shape)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::code_of;

    /// The code of a definition with an entity `item` beside an entity `named`.
    fn code(schema: &Value) -> String {
        let named = json!({ "type": "object", "properties": { "name": { "type": "string" } }, "required": ["name"] });
        let definition = json!({
            "name": "shop", "version": "1.0.0",
            "entities": { "named": { "schema": named }, "item": { "schema": schema } },
        });
        code_of(&definition)
    }

    #[test]
    fn what_stands_beside_a_reference_counts_in_later_drafts_alone() {
        let mut schema = json!({
            "$ref": "#/entities/named",
            "type": "object", "properties": { "price": { "type": "number" } }, "required": ["price"],
        });
        let old = code(&schema);
        assert!(!old.contains("price: Number"), "{old}");
        schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
        let new = code(&schema);
        let item = new
            .split("pub struct ItemEntity {")
            .nth(1)
            .expect("a struct");
        let item = item.split('}').next().unwrap_or_default();
        assert!(item.contains("pub name: String"), "{item}");
        assert!(item.contains("pub price: Number"), "{item}");
    }
}
