//! Arrays: lists of one type, and tuples.

use serde_json::{Map, Value};

use crate::definition::SchemaAt;
use crate::lower::context::Lowering;
use crate::lower::place::Place;
use crate::model::TypeRef;

impl Lowering<'_> {
    /// Lowers what is known to be an array.
    pub(super) fn array(&mut self, parts: &[SchemaAt], place: &Place) -> TypeRef {
        if let Some(items) = parts.iter().find_map(|part| self.fixed_items(part)) {
            let types = items
                .iter()
                .enumerate()
                .map(|(index, at)| self.type_of(at, &place.member(index)));
            return TypeRef::Tuple(types.collect());
        }
        // Beside `prefixItems`, `items` is for those behind.
        let has_items = |part: &&SchemaAt| {
            self.keywords(part).is_some_and(|schema| {
                let is_tuple = schema.get("prefixItems").is_some_and(Value::is_array);
                schema.get("items").is_some_and(Value::is_object) && !is_tuple
            })
        };
        let items: Vec<SchemaAt> = parts
            .iter()
            .filter(has_items)
            .map(|part| part.child("items"))
            .collect();
        let each = parts.iter().find_map(|part| self.each_item(part));
        match each.filter(|_| items.is_empty()) {
            Some(each) => self.only_type(&each, &place.item()).list(),
            None => self.type_of_all(&items, &place.item()).list(),
        }
    }

    /// The type that all of some schemas have; any value, if they have several.
    fn only_type(&mut self, schemas: &[SchemaAt], place: &Place) -> TypeRef {
        let types: Vec<TypeRef> = schemas.iter().map(|at| self.type_of(at, place)).collect();
        match types.split_first() {
            Some((first, others)) if others.iter().all(|other| other == first) => first.clone(),
            _ => TypeRef::Any,
        }
    }

    /// The schemas of the items of a tuple of any length, where they are all said.
    fn each_item(&self, part: &SchemaAt) -> Option<Vec<SchemaAt>> {
        let schema = self.keywords(part)?;
        let (keyword, rest) = match (schema.get("prefixItems"), schema.get("items")) {
            (Some(Value::Array(_)), _) => ("prefixItems", "items"),
            (_, Some(Value::Array(_))) => ("items", "additionalItems"),
            _ => return None,
        };
        let count = schema[keyword].as_array()?.len();
        let mut each: Vec<_> = (0..count)
            .map(|index| part.child(keyword).item(index))
            .collect();
        match schema.get(rest)? {
            Value::Bool(false) => {}
            Value::Object(_) => each.push(part.child(rest)),
            _ => return None,
        }
        Some(each)
    }

    /// The items of a tuple: each has a schema, and there are neither more nor fewer of them.
    fn fixed_items(&self, part: &SchemaAt) -> Option<Vec<SchemaAt>> {
        let schema = self.keywords(part)?;
        let (keyword, rest) = match (schema.get("prefixItems"), schema.get("items")) {
            (Some(Value::Array(_)), rest) => ("prefixItems", rest),
            (_, Some(Value::Array(_))) => ("items", schema.get("additionalItems")),
            _ => return None,
        };
        let count = schema[keyword].as_array()?.len();
        let is_bounded =
            rest == Some(&Value::Bool(false)) || length(schema, "maxItems") == Some(count);
        let is_whole = length(schema, "minItems") == Some(count);
        (count > 0 && is_bounded && is_whole).then(|| {
            (0..count)
                .map(|index| part.child(keyword).item(index))
                .collect()
        })
    }
}

fn length(schema: &Map<String, Value>, keyword: &str) -> Option<usize> {
    schema.get(keyword)?.as_u64()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    /// The type of a list in a definition of the newer draft.
    fn list(schema: &Value) -> String {
        let definition = json!({
            "name": "shop", "version": "1.0.0",
            "entities": { "cart": { "schema": {
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "type": "object", "properties": { "list": schema }, "required": ["list"],
            } } },
        });
        let name = format!(
            "contexture-{}-array-{}.json",
            std::process::id(),
            schema.to_string().len()
        );
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, definition.to_string()).expect("a writable folder");
        let generated = crate::generate(&path);
        std::fs::remove_file(&path).expect("a file that was written");
        let code = generated.expect("a definition").file.contents;
        let field = code.split("pub list: ").nth(1).expect("the field");
        field.split(",\n").next().unwrap_or_default().to_owned()
    }

    #[test]
    fn what_is_behind_a_tuple_says_nothing_of_the_tuple() {
        let text = json!({ "type": "string" });
        let number = json!({ "type": "number" });
        for (schema, expected) in [
            (
                json!({ "type": "array", "prefixItems": [number], "items": text }),
                "Vec<Value>",
            ),
            (
                json!({ "type": "array", "prefixItems": [text, text], "items": text }),
                "Vec<String>",
            ),
            (
                json!({ "type": "array", "prefixItems": [text], "items": false }),
                "Vec<String>",
            ),
            (
                json!({ "type": "array", "prefixItems": [text] }),
                "Vec<Value>",
            ),
            (json!({ "type": "array", "items": text }), "Vec<String>"),
        ] {
            assert_eq!(list(&schema), expected, "{schema}");
        }
    }
}
