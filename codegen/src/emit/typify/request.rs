//! The request to typify: the model as plain JSON Schema.

use schemars::schema::Schema;
use serde_json::{Map, Value, json};

use crate::model::{FieldDef, Presence, Rest, Shape, StructDef, TypeDef, TypeId, TypeRef};

/// typify's name for a type.
pub(super) fn placeholder(id: TypeId) -> String {
    format!("T{}", id.0)
}

/// The type with one of typify's names.
pub(super) fn type_of(placeholder: &str) -> Option<TypeId> {
    let number = placeholder.strip_prefix('T')?;
    number.parse().ok().map(TypeId)
}

/// typify's name for a field.
pub(super) fn field_placeholder(index: usize) -> String {
    format!("f{index}")
}

/// typify's name for a variant.
pub(super) fn variant_placeholder(index: usize) -> String {
    format!("V{index}")
}

/// A schema for each of some types that are not another's alias. None refers to another one.
pub(super) fn definitions(types: &[(TypeId, &TypeDef)]) -> schemars::Map<String, Schema> {
    let schema = |shape: &Shape| match shape {
        Shape::Struct(definition) => Some(object(definition)),
        Shape::Enum(definition) => {
            let values: Vec<_> = (0..definition.variants.len())
                .map(variant_placeholder)
                .collect();
            Some(json!({ "type": "string", "enum": values }))
        }
        Shape::Union(definition) => {
            let variants = definition
                .variants
                .iter()
                .map(|variant| &variant.ty)
                .enumerate();
            let variants: Vec<_> = variants
                .map(|(index, ty)| one_key(&variant_placeholder(index), ty))
                .collect();
            Some(json!({ "oneOf": variants }))
        }
        Shape::Newtype(ty) => Some(one_key(&field_placeholder(0), ty)),
        Shape::Alias(_) => None,
    };
    let types = types
        .iter()
        .filter_map(|(id, ty)| Some((placeholder(*id), schema(&ty.shape)?)));
    types
        .map(|(name, schema)| (name, to_schema(schema)))
        .collect()
}

fn to_schema(schema: Value) -> Schema {
    serde_json::from_value(schema).expect("the request is JSON Schema")
}

fn object(definition: &StructDef) -> Value {
    let fields = definition.fields.iter().enumerate();
    let properties: Map<_, _> = fields
        .clone()
        .map(|(index, field)| (field_placeholder(index), field_type(field)))
        .collect();
    let required = fields.filter(|(_, field)| field.presence == Presence::Required);
    let required: Vec<_> = required
        .map(|(index, _)| field_placeholder(index))
        .collect();
    let rest = match &definition.rest {
        Rest::Closed | Rest::Ignored => json!(false),
        Rest::Open {
            value: TypeRef::Any,
            ..
        } => json!({}),
        Rest::Open { value, .. } => plain(value),
    };
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": rest })
}

/// An optional list is requested by its Rust type: typify would treat an empty list as absent.
fn field_type(field: &FieldDef) -> Value {
    match (&field.ty, field.presence) {
        (TypeRef::List(item), Presence::Optional) => rust_type("Vec", &[plain(item)]),
        (ty, _) => plain(ty),
    }
}

fn one_key(name: &str, ty: &TypeRef) -> Value {
    json!({ "type": "object", "properties": { name: plain(ty) }, "required": [name], "additionalProperties": false })
}

fn plain(ty: &TypeRef) -> Value {
    match ty {
        // Not by `$ref`: the name may be another one of a type, and that is not requested.
        TypeRef::Named(id) => rust_type(&placeholder(*id), &[]),
        TypeRef::Boxed(id) => rust_type("Box", &[plain(&TypeRef::Named(*id))]),
        TypeRef::String => json!({ "type": "string" }),
        TypeRef::DateTime => rust_type("DateTime", &[]),
        TypeRef::Date => rust_type("Date", &[]),
        TypeRef::Secret(inner) if **inner == TypeRef::String => rust_type("Secret", &[]),
        TypeRef::Secret(inner) => rust_type("Secret", &[plain(inner)]),
        TypeRef::Integer => json!({ "type": "integer" }),
        TypeRef::Unsigned => rust_type("u64", &[]),
        TypeRef::Number => rust_type("Number", &[]),
        TypeRef::Boolean => json!({ "type": "boolean" }),
        TypeRef::Null => rust_type("Null", &[]),
        TypeRef::Any => json!({}),
        TypeRef::List(item) => json!({ "type": "array", "items": plain(item) }),
        TypeRef::Tuple(items) => {
            let items: Vec<_> = items.iter().map(plain).collect();
            rust_type("Tuple", &items)
        }
        TypeRef::Map(value) => rust_type("BTreeMap", &[plain(&TypeRef::String), plain(value)]),
        TypeRef::Nullable(inner) => rust_type("Option", &[plain(inner)]),
    }
}

/// Names a Rust type; the crate is there for typify, the pass takes it away.
fn rust_type(name: &str, parameters: &[Value]) -> Value {
    json!({ "x-rust-type": {
        "crate": "contexture",
        "version": "*",
        "path": format!("contexture::{name}"),
        "parameters": parameters,
    } })
}
