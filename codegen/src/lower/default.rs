//! Default values of absent properties.

use std::collections::VecDeque;

use jsonschema::{Draft, ValidationError, Validator};
use serde_json::Value;

use crate::definition::SchemaAt;
use crate::lower::bundle::bundled;
use crate::lower::context::Lowering;
use crate::lower::formats::with_formats;
use crate::lower::held::signed;
use crate::model::{Default, Shape, TypeRef};

impl Lowering<'_> {
    /// Reads the default of an optional property; one that does not fit the property is left out. `check` warns of it.
    pub(super) fn default_of(&self, declared: &[SchemaAt], ty: &TypeRef) -> Option<Default> {
        let at = declared.iter().find_map(|at| self.find_default(at))?;
        let value = self.set.schema(&at).clone();
        let fits = declared.iter().all(|declared| self.fits(declared, &value));
        fits.then(|| {
            self.find_literal(ty, &value)
                .unwrap_or_else(|| Default::Json(value.to_string()))
        })
    }

    /// The nearest default of a schema: its own, or that of its target or of a part of it.
    fn find_default(&self, at: &SchemaAt) -> Option<SchemaAt> {
        let mut seen = Vec::new();
        let mut open = VecDeque::from([at.clone()]);
        while let Some(at) = open.pop_front() {
            if seen.contains(&at) {
                continue;
            }
            let schema = self.set.schema(&at);
            if schema.get("default").is_some() {
                return Some(at.child("default"));
            }
            open.extend(self.target(&at));
            if !self.set.is_reference_alone(&at) {
                let count = schema["allOf"].as_array().map_or(0, Vec::len);
                open.extend((0..count).map(|index| at.child("allOf").item(index)));
            }
            seen.push(at);
        }
        None
    }

    fn fits(&self, at: &SchemaAt, value: &Value) -> bool {
        validator(&bundled(self.set, at)).is_ok_and(|validator| validator.is_valid(value))
    }

    /// The default as Rust writes it, where Rust has a literal for it.
    fn find_literal(&self, ty: &TypeRef, value: &Value) -> Option<Default> {
        match (ty, value) {
            (TypeRef::Boolean, Value::Bool(value)) => Some(Default::Boolean(*value)),
            (TypeRef::Integer, Value::Number(value)) => signed(value).map(Default::Integer),
            (TypeRef::Unsigned, Value::Number(value)) => {
                let large = value.as_u64().filter(|_| !value.is_i64());
                let large = large.map(Default::Unsigned);
                let small = signed(value).filter(|small| *small >= 0);
                large.or(small.map(Default::Integer))
            }
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
    let options = with_formats(jsonschema::options()).should_validate_formats(true);
    if schema.get("$schema").is_some() {
        options.build(schema)
    } else {
        options.with_draft(Draft::Draft7).build(schema)
    }
}
