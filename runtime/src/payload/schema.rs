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
}

impl Schema {
    /// Keeps a schema's text; nothing is compiled yet.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self {
            text,
            validator: OnceLock::new(),
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
        let violations = describe_errors(self.validator().iter_errors(value), value);
        if violations.count() == 0 {
            Ok(())
        } else {
            Err(violations)
        }
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
