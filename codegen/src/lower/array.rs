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
        let has_items = |part: &&SchemaAt| {
            let items = self.keywords(part).and_then(|schema| schema.get("items"));
            items.is_some_and(Value::is_object)
        };
        let items: Vec<SchemaAt> = parts
            .iter()
            .filter(has_items)
            .map(|part| part.child("items"))
            .collect();
        self.type_of_all(&items, &place.item()).list()
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
