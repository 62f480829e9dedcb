//! Kinds of work that are a schema.

use std::time::Duration;

use contexture::codegen::Schema;
use serde_json::Value;

use crate::inputs::{COMMON, Input};
use crate::measure::{Cost, Outcome, measure_once};
use crate::{Kind, Prepare};

/// The validation of values against a schema, and the text that says why they do not fit.
#[expect(
    missing_debug_implementations,
    reason = "a function of any lifetime has none"
)]
pub struct Validation {
    /// What the report calls it.
    pub name: String,
    /// The inputs that are tried.
    pub inputs: Vec<Input>,
    allowance: Duration,
    is_slow: bool,
    schema: &'static Schema,
}

impl Validation {
    /// A validation of what says nothing of the schema, and of more.
    pub(super) fn new(name: impl Into<String>, schema: String, inputs: &[Input]) -> Self {
        Self::of(name, schema, &[COMMON, inputs].concat())
    }

    /// A validation of certain values.
    pub(super) fn of(name: impl Into<String>, schema: String, inputs: &[Input]) -> Self {
        // There are as many as the tables have lines.
        let text: &'static str = schema.leak();
        Self {
            name: name.into(),
            inputs: inputs.to_vec(),
            allowance: Duration::ZERO,
            is_slow: false,
            schema: Box::leak(Box::new(Schema::new(text))),
        }
    }

    /// Changes the time that it may take whatever the value.
    pub(super) fn allowance(self, allowance: Duration) -> Self {
        Self { allowance, ..self }
    }

    /// What a value costs, as JSON; none if it is no JSON.
    ///
    /// # Panics
    ///
    /// The schema is none.
    #[must_use]
    pub fn cost(&self, text: &[u8]) -> Option<Cost> {
        let value: Value = serde_json::from_slice(text).ok()?;
        self.schema.compile().expect("a kind's schema is a schema");
        // What is made once, when a value is refused for the first time, is no cost of a request.
        let _ = self.schema.validate(&Value::Null);
        Some(measure_once(|| validate(self.schema, &value)))
    }

    /// Changes whether a quick run leaves it out.
    pub(super) fn slow(self, is_slow: bool) -> Self {
        Self { is_slow, ..self }
    }

    /// Whether an input may use up a reserve that every value has, whatever its size.
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
