//! Defaults that fit their schemas and not their types: integers that are too large.

use serde_json::{Number, Value};

use crate::diagnostic::{Diagnostic, catalog};
use crate::model::{Alternatives, Default, Rest, Shape, StructDef, TypeDef, TypeRef, UnionDef};

/// Leaves out the defaults that the types of their properties do not hold, with a warning for each.
pub(super) fn drop_defaults_out_of_range(types: &mut [TypeDef]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (id, field) in defaults_out_of_range(types) {
        if let Shape::Struct(definition) = &mut types[id].shape {
            let field = &mut definition.fields[field];
            field.default = None;
            let place = field.location.clone();
            found.push(catalog::schema::default_out_of_range(place));
        }
    }
    found
}

/// The indexes of the types, and of the fields in them.
fn defaults_out_of_range(types: &[TypeDef]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (id, ty) in types.iter().enumerate() {
        let Shape::Struct(definition) = &ty.shape else {
            continue;
        };
        for (index, field) in definition.fields.iter().enumerate() {
            // Every other default is a literal of its type.
            if let Some(Default::Json(text)) = &field.default
                && let Ok(value) = serde_json::from_str(text)
                && !holds(types, &field.ty, &value)
            {
                found.push((id, index));
            }
        }
    }
    found
}

/// Whether a type holds a value that fits its schema.
fn holds(types: &[TypeDef], ty: &TypeRef, value: &Value) -> bool {
    match (ty, value) {
        (TypeRef::Integer, Value::Number(number)) => signed(number).is_some(),
        (TypeRef::Unsigned, Value::Number(number)) => {
            number.is_u64() || signed(number).is_some_and(|whole| whole >= 0)
        }
        (TypeRef::Named(id) | TypeRef::Boxed(id), _) => {
            shape_holds(types, &types[id.0].shape, value)
        }
        (TypeRef::List(item), Value::Array(items)) => {
            items.iter().all(|value| holds(types, item, value))
        }
        (TypeRef::Tuple(each), Value::Array(items)) => {
            let mut pairs = each.iter().zip(items);
            pairs.all(|(item, value)| holds(types, item, value))
        }
        (TypeRef::Map(member), Value::Object(members)) => {
            members.values().all(|value| holds(types, member, value))
        }
        (TypeRef::String | TypeRef::DateTime | TypeRef::Date, _) => value.is_string(),
        (TypeRef::Integer | TypeRef::Unsigned | TypeRef::Number, _) => value.is_number(),
        (TypeRef::Boolean, _) => value.is_boolean(),
        (TypeRef::Null, _) => value.is_null(),
        (TypeRef::List(_) | TypeRef::Tuple(_) | TypeRef::Map(_), _) => false,
        (TypeRef::Any, _) | (TypeRef::Nullable(_), Value::Null) => true,
        (TypeRef::Secret(inner) | TypeRef::Nullable(inner), _) => holds(types, inner, value),
    }
}

fn shape_holds(types: &[TypeDef], shape: &Shape, value: &Value) -> bool {
    match shape {
        Shape::Struct(definition) => struct_holds(types, definition, value),
        Shape::Union(definition) => union_holds(types, definition, value),
        Shape::Newtype(inner) => holds(types, inner, value),
        Shape::Alias(id) => shape_holds(types, &types[id.0].shape, value),
        Shape::Enum(_) => value.is_string(),
    }
}

fn struct_holds(types: &[TypeDef], definition: &StructDef, value: &Value) -> bool {
    let Value::Object(members) = value else {
        return false;
    };
    members.iter().all(|(name, value)| {
        let mut fields = definition.fields.iter();
        match (fields.find(|field| field.wire == *name), &definition.rest) {
            (Some(field), _) => holds(types, &field.ty, value),
            (None, Rest::Open { value: ty, .. }) => holds(types, ty, value),
            // The tag of a union is no field.
            (None, Rest::Closed | Rest::Ignored) => true,
        }
    })
}

fn union_holds(types: &[TypeDef], definition: &UnionDef, value: &Value) -> bool {
    let mut variants = definition.variants.iter();
    match &definition.alternatives {
        Alternatives::Tagged(tag) => variants
            .filter(|variant| value[tag] == variant.wire)
            .any(|variant| holds(types, &variant.ty, value)),
        Alternatives::Kind | Alternatives::Schema => {
            variants.any(|variant| holds(types, &variant.ty, value))
        }
    }
}

/// A whole number in the range of `i64`, written as an integer or as a float.
pub(super) fn signed(number: &Number) -> Option<i64> {
    number.as_i64().or_else(|| {
        let float = number.as_f64().filter(|_| number.is_f64())?;
        (float.fract() == 0.0).then(|| float.to_string().parse().ok())?
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::definition::DefinitionSet;
    use crate::testing::Folder;

    /// The warnings about a property.
    fn warnings(property: &Value) -> Vec<String> {
        let definition = json!({
            "name": "shop", "version": "1.0.0",
            "entities": { "cart": { "schema": {
                "type": "object", "properties": { "size": property },
                "definitions": { "node": {
                    "type": "object",
                    "properties": { "count": { "type": "integer" }, "next": { "$ref": "#/definitions/node" } },
                } },
            } } },
        });
        let loaded = Folder::new(&[("shop.json", definition.to_string())]).load("shop.json");
        let definition = loaded.definition.expect("a definition");
        let set = DefinitionSet::new(&definition);
        let (_, found) = crate::lower::lower(&set, false);
        found.iter().map(|one| one.code().to_owned()).collect()
    }

    #[test]
    fn a_default_that_the_type_does_not_hold_is_left_out_with_a_warning() {
        let far = 1e20;
        for property in [
            json!({ "type": "integer", "default": far }),
            json!({ "type": ["integer", "null"], "default": far }),
            json!({ "type": ["integer", "string"], "default": far }),
            json!({ "type": "array", "items": { "type": "integer" }, "default": [1, far] }),
            json!({ "type": "object", "additionalProperties": { "type": "integer" }, "default": { "a": far } }),
            json!({ "allOf": [{ "$ref": "#/definitions/node" }], "default": { "next": { "count": far } } }),
            json!({ "type": "integer", "format": "uint64", "default": -1 }),
        ] {
            assert_eq!(warnings(&property), ["C0305"], "{property}");
        }
    }

    #[test]
    fn a_default_that_the_type_holds_is_no_warning() {
        for property in [
            json!({ "type": "integer", "default": 1e2 }),
            json!({ "type": "number", "default": 1e300 }),
            json!({ "type": ["integer", "string"], "default": "a" }),
            json!({ "type": "integer", "format": "uint64", "default": u64::MAX }),
            json!({ "allOf": [{ "$ref": "#/definitions/node" }], "default": { "next": { "count": 1.0 } } }),
            json!({ "default": 1e20 }),
        ] {
            assert_eq!(warnings(&property), Vec::<String>::new(), "{property}");
        }
    }
}
