//! Default values of absent properties.

use jsonschema::{Draft, ValidationError, Validator};
use serde_json::Value;

use crate::definition::SchemaAt;
use crate::diagnostic::catalog;
use crate::lower::bundle::bundled;
use crate::lower::context::{Lowering, key_of};
use crate::lower::date_format::{is_date, is_date_time, is_time};
use crate::model::{Default, Shape, TypeRef};

impl Lowering<'_> {
    /// Reads the default of an optional property; one that does not fit its schema is left out, with a warning.
    pub(super) fn default_of(&mut self, at: &SchemaAt, ty: &TypeRef) -> Option<Default> {
        let value = self.set.schema(at).get("default")?.clone();
        if self.fits(at, &value) {
            Some(
                self.find_literal(ty, &value)
                    .unwrap_or_else(|| Default::Json(value.to_string())),
            )
        } else {
            self.diagnostics
                .push(catalog::schema::invalid_default(key_of(
                    &at.child("default"),
                )));
            None
        }
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
pub(super) fn validator(schema: &Value) -> Result<Validator, ValidationError<'static>> {
    let options = jsonschema::options()
        .should_validate_formats(true)
        .with_format("date", is_date)
        .with_format("date-time", is_date_time)
        .with_format("time", is_time);
    if schema.get("$schema").is_some() {
        options.build(schema)
    } else {
        options.with_draft(Draft::Draft7).build(schema)
    }
}
