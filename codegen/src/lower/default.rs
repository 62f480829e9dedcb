//! Default values of absent properties.

use jsonschema::{Draft, ValidationError, Validator};
use serde_json::Value;

use crate::definition::SchemaAt;
use crate::lower::bundle::bundled;
use crate::lower::context::Lowering;
use crate::model::{Default, Shape, TypeRef};

impl Lowering<'_> {
    /// Reads the default of an optional property; one that does not fit its schema is left out; `check` warns of it.
    pub(super) fn default_of(&self, at: &SchemaAt, ty: &TypeRef) -> Option<Default> {
        let value = self.set.schema(at).get("default")?.clone();
        self.fits(at, &value).then(|| {
            self.find_literal(ty, &value)
                .unwrap_or_else(|| Default::Json(value.to_string()))
        })
    }

    fn fits(&self, at: &SchemaAt, value: &Value) -> bool {
        validator(&bundled(self.set, at)).is_ok_and(|validator| validator.is_valid(value))
    }

    /// The default as Rust writes it, where Rust has a literal for it.
    fn find_literal(&self, ty: &TypeRef, value: &Value) -> Option<Default> {
        match (ty, value) {
            (TypeRef::Boolean, Value::Bool(value)) => Some(Default::Boolean(*value)),
            (TypeRef::Integer, Value::Number(value)) => value.as_i64().map(Default::Integer),
            (TypeRef::Number, Value::Number(value)) => {
                let integer = value.as_i64().map(Default::Integer);
                integer.or_else(|| value.as_f64().map(Default::Number))
            }
            (TypeRef::String, Value::String(value)) => Some(Default::String(value.clone())),
            (TypeRef::Named(id), Value::String(value)) => match &self.get(*id)?.shape {
                Shape::Enum(definition) => {
                    let mut variants = definition.variants.iter();
                    variants
                        .position(|variant| variant.wire == *value)
                        .map(Default::Variant)
                }
                _ => None,
            },
            _ => None,
        }
    }
}

/// Makes a validator as the runtime makes it.
pub(crate) fn validator(schema: &Value) -> Result<Validator, ValidationError<'static>> {
    let options = jsonschema::options().should_validate_formats(true);
    if schema.get("$schema").is_some() {
        options.build(schema)
    } else {
        options.with_draft(Draft::Draft7).build(schema)
    }
}
