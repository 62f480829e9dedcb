//! A JSON Schema, compiled once.

use std::sync::OnceLock;

use jsonschema::{Draft, ValidationError, Validator};
use serde_json::Value;

use super::{Violations, describe::describe_errors, violations::shorten};

/// A JSON Schema that is compiled once: when a service starts, or when it is first needed.
///
/// It is draft 7 unless its `$schema` says otherwise, and formats are asserted.
#[derive(Debug)]
pub struct Schema {
    text: &'static str,
    validator: OnceLock<Validator>,
    /// What it says of the fields of an object, each on its own.
    of_fields: OnceLock<Validator>,
}

/// What a schema's root says of a property on its own. The rest speaks of several together, such as
/// which have to be there.
const SPEAK_OF_ONE: [&str; 9] = [
    "$schema",
    "type",
    "properties",
    "patternProperties",
    "additionalProperties",
    "propertyNames",
    "definitions",
    "$defs",
    "$id",
];

impl Schema {
    /// Keeps a schema's text; nothing is compiled yet.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self {
            text,
            validator: OnceLock::new(),
            of_fields: OnceLock::new(),
        }
    }

    /// Checks a value and collects all violations.
    ///
    /// # Errors
    ///
    /// The value does not fit the schema.
    ///
    /// # Panics
    ///
    /// When the schema's text is no schema: generated code holds only schemas that were checked.
    pub fn validate(&self, value: &Value) -> Result<(), Violations> {
        // To say that a value fits is much less work than to look for all that does not.
        if self.accepts(value) {
            return Ok(());
        }
        violations_of(self.validator(), value)
    }

    /// Checks the fields of an object, each on its own; what it takes is compiled when it is first asked.
    pub(super) fn validate_fields(&self, value: &Value) -> Result<(), Violations> {
        violations_of(
            self.of_fields
                .get_or_init(|| compile(&schema_of_fields(self.text))),
            value,
        )
    }

    /// Says whether a value fits, without saying why it does not.
    ///
    /// # Panics
    ///
    /// As [`validate`](Self::validate).
    #[must_use]
    pub fn accepts(&self, value: &Value) -> bool {
        self.validator().is_valid(value)
    }

    /// Compiles the schema, unless it is compiled already.
    ///
    /// # Errors
    ///
    /// The schema's text is no schema.
    pub fn compile(&self) -> Result<(), InvalidSchema> {
        if self.validator.get().is_none() {
            // Another thread may have been faster, with the same result.
            let _ = self.validator.set(compile_text(self.text)?);
        }
        Ok(())
    }

    fn validator(&self) -> &Validator {
        self.validator.get_or_init(|| {
            compile_text(self.text)
                .expect("a generated schema compiles, as the generator has checked")
        })
    }
}

/// A text that is no JSON Schema.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no JSON Schema: {reason}: {text}")]
pub struct InvalidSchema {
    reason: String,
    /// The beginning of the schema.
    text: String,
}

fn violations_of(validator: &Validator, value: &Value) -> Result<(), Violations> {
    let violations = describe_errors(validator.iter_errors(value), value);
    if violations.count() == 0 {
        Ok(())
    } else {
        Err(violations)
    }
}

fn schema_of_fields(text: &str) -> Value {
    let mut schema: Value =
        serde_json::from_str(text).expect("the text of a generated schema is JSON");
    if let Some(keywords) = schema.as_object_mut() {
        keywords.retain(|keyword, _| SPEAK_OF_ONE.contains(&keyword.as_str()));
    }
    schema
}

fn compile_text(text: &str) -> Result<Validator, InvalidSchema> {
    let invalid = |reason: String| InvalidSchema {
        reason,
        text: shorten(text),
    };
    let schema: Value = serde_json::from_str(text).map_err(|error| invalid(error.to_string()))?;
    build(&schema).map_err(|error| invalid(error.to_string()))
}

/// Compiles a schema that generated code holds, or a part of one.
pub(super) fn compile(schema: &Value) -> Validator {
    build(schema).expect("a generated schema compiles, as the generator has checked")
}

fn build(schema: &Value) -> Result<Validator, ValidationError<'static>> {
    let mut options = jsonschema::options().should_validate_formats(true);
    if schema.get("$schema").is_none() {
        options = options.with_draft(Draft::Draft7);
    }
    options.build(schema)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_no_schema_is_named() {
        let no_json = Schema::new("{").compile().unwrap_err().to_string();
        assert!(
            no_json.starts_with("this is no JSON Schema: EOF"),
            "{no_json}"
        );
        let no_type = Schema::new(r#"{"type":"strng"}"#).compile().unwrap_err();
        assert!(
            no_type.to_string().ends_with(r#"{"type":"strng"}"#),
            "{no_type}"
        );
    }
}
