//! Kinds of work that validate against a schema.

use std::time::Duration;

use contexture::codegen::Schema;
use serde_json::Value;

use crate::inputs::{COMMON, Input};
use crate::measure::{Cost, Outcome, measure_once};
use crate::{Kind, Prepare};

/// The validation of values against a schema, and the rendering of the violations.
#[expect(
    missing_debug_implementations,
    reason = "functions over any lifetime have no `Debug`"
)]
pub struct Validation {
    /// The name in the report.
    pub name: String,
    /// The inputs to try.
    pub inputs: Vec<Input>,
    allowance: Duration,
    is_slow: bool,
    schema: &'static Schema,
}

impl Validation {
    /// A validation of the common inputs and of further ones.
    pub(super) fn new(name: impl Into<String>, schema: String, inputs: &[Input]) -> Self {
        Self::of(name, schema, &[COMMON, inputs].concat())
    }

    /// A validation of these inputs only.
    pub(super) fn of(name: impl Into<String>, schema: String, inputs: &[Input]) -> Self {
        // The tables bound the number of leaked schemas.
        let text: &'static str = schema.leak();
        Self {
            name: name.into(),
            inputs: inputs.to_vec(),
            allowance: Duration::ZERO,
            is_slow: false,
            schema: Box::leak(Box::new(Schema::new(text))),
        }
    }

    /// Sets the time that the work may take regardless of the value.
    pub(super) fn allowance(self, allowance: Duration) -> Self {
        Self { allowance, ..self }
    }

    /// Measures a value given as JSON; returns `None` if the text is not JSON.
    ///
    /// # Panics
    ///
    /// Panics if the schema is invalid.
    #[must_use]
    pub fn cost(&self, text: &[u8]) -> Option<Cost> {
        let value: Value = serde_json::from_slice(text).ok()?;
        self.schema
            .compile()
            .expect("the schema of a kind is valid");
        // The first rejection initializes lazy state. That is not a cost of a request.
        let _ = self.schema.validate(&Value::Null);
        Some(measure_once(|| validate(self.schema, &value)))
    }

    /// Sets whether a quick run skips it.
    pub(super) fn slow(self, is_slow: bool) -> Self {
        Self { is_slow, ..self }
    }

    /// Whether an input may use up a budget that does not depend on the size of the value.
    #[must_use]
    pub fn has_reserve(&self) -> bool {
        self.allowance >= Duration::from_secs(1)
    }

    pub(super) fn kind(&self) -> Kind {
        let kind = Kind::new(&self.name)
            .allowance(self.allowance)
            .slow(self.is_slow || self.has_reserve());
        self.inputs.iter().fold(kind, |kind, (name, input)| {
            kind.candidate(name, prepare(self.schema, *input))
        })
    }
}

fn prepare(schema: &'static Schema, input: fn(usize) -> String) -> Prepare {
    Box::new(move |size| {
        let value: Value = serde_json::from_str(&input(size)).unwrap_or_default();
        Box::new(move || validate(schema, &value))
    })
}

fn validate(schema: &Schema, value: &Value) -> Outcome {
    match schema.validate(value) {
        Ok(()) => Outcome::default(),
        Err(violations) => Outcome {
            refusal: violations.to_string().len(),
        },
    }
}
