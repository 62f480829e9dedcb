//! Arrays: lists of one type, and tuples.

use serde_json::{Map, Value};

use crate::definition::SchemaAt;
use crate::lower::context::Lowering;
use crate::lower::kind::Kind;
use crate::lower::place::Place;
use crate::lower::schema::Lowered;
use crate::lower::union::Branch;
use crate::model::TypeRef;

/// The standard library implements its traits for tuples up to this length.
const LONGEST_TUPLE: usize = 12;

impl Lowering<'_> {
    /// Lowers an array.
    pub(super) fn lower_array(&mut self, parts: &[SchemaAt], place: &Place) -> TypeRef {
        if let Some(items) = parts.iter().find_map(|part| self.fixed_items(part)) {
            let types = items.iter().map(|at| self.type_of(at));
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
            Some(each) => self.lower_any_of(&each, &place.item()).list(),
            None => self.type_of_all(&items, &place.item()).list(),
        }
    }

    /// The type of a value that fits one of some schemas: a union, if they have several.
    pub(super) fn lower_any_of(&mut self, schemas: &[SchemaAt], place: &Place) -> TypeRef {
        let branches = schemas.iter().map(|at| Branch {
            parts: self.parts_through_references(at),
            at: at.clone(),
        });
        let (null, branches): (Vec<_>, Vec<_>) =
            branches.partition(|branch| self.only_kind(branch) == Some(Kind::Null));
        let lowered = match branches.as_slice() {
            [] => Lowered::Type(TypeRef::Null),
            [only] => self.lower_only(only, place),
            several => self.lower_choice(several, place),
        };
        let lowered = lowered.nullable(!null.is_empty());
        self.give_own_name(&schemas[0], place, lowered)
    }

    /// The schemas of the items of a tuple of any length, where they are all said.
    fn each_item(&self, part: &SchemaAt) -> Option<Vec<SchemaAt>> {
        let schema = &*self.keywords(part)?;
        let (keyword, rest) = match (schema.get("prefixItems"), schema.get("items")) {
            (Some(Value::Array(_)), _) => ("prefixItems", "items"),
            (_, Some(Value::Array(_))) => ("items", "additionalItems"),
            _ => return None,
        };
        let count = schema[keyword].as_array()?.len();
        let mut each: Vec<_> = (0..count)
            .map(|index| part.child(keyword).item(index))
            .collect();
        let is_bounded = length(schema, "maxItems").is_some_and(|longest| longest <= count);
        match schema.get(rest) {
            _ if is_bounded => {}
            Some(_) if self.is_never(&part.child(rest)) => {}
            Some(Value::Object(_)) => each.push(part.child(rest)),
            _ => return None,
        }
        Some(each)
    }

    /// The items of a tuple: each has a schema, and there are neither more nor fewer of them.
    fn fixed_items(&self, part: &SchemaAt) -> Option<Vec<SchemaAt>> {
        let schema = &*self.keywords(part)?;
        let (keyword, rest) = match (schema.get("prefixItems"), schema.get("items")) {
            (Some(Value::Array(_)), _) => ("prefixItems", "items"),
            (_, Some(Value::Array(_))) => ("items", "additionalItems"),
            _ => return None,
        };
        let ends = schema.contains_key(rest) && self.is_never(&part.child(rest));
        let count = schema[keyword].as_array()?.len();
        if count > LONGEST_TUPLE {
            return None;
        }
        let is_bounded = ends || length(schema, "maxItems") == Some(count);
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

    use crate::testing::code_of;

    /// The type of a list in a definition of the newer draft.
    fn list(schema: &Value) -> String {
        let definition = json!({
            "name": "shop", "version": "1.0.0",
            "entities": { "cart": { "schema": {
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "type": "object", "properties": { "list": schema }, "required": ["list"],
            } } },
        });
        let code = code_of(&definition);
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
                "Vec<CartEntityListItem>",
            ),
            (
                json!({ "type": "array", "prefixItems": [number, { "type": "null" }], "items": number }),
                "Vec<Option<Number>>",
            ),
            (
                json!({ "type": "array", "prefixItems": [number, {}], "items": false }),
                "Vec<Value>",
            ),
            (
                json!({ "type": "array", "prefixItems": [text], "maxItems": 1 }),
                "Vec<String>",
            ),
            (
                json!({ "type": "array", "prefixItems": vec![&text; 13], "minItems": 13, "maxItems": 13 }),
                "Vec<String>",
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
