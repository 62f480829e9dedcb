//! A JSON Schema, compiled once.

use std::sync::OnceLock;

use jsonschema::{Draft, Validator};
use serde_json::Value;

use super::{Violations, describe::describe_errors};

/// A JSON Schema that is compiled when it is first needed.
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

    fn validator(&self) -> &Validator {
        self.validator.get_or_init(|| {
            let schema: Value =
                serde_json::from_str(self.text).expect("the text of a generated schema is JSON");
            compile(&schema)
        })
    }
}

/// Compiles a schema that generated code holds, or a part of one.
pub(super) fn compile(schema: &Value) -> Validator {
    let mut options = jsonschema::options().should_validate_formats(true);
    if schema.get("$schema").is_none() {
        options = options.with_draft(Draft::Draft7);
    }
    options
        .build(schema)
        .expect("a generated schema compiles, as the generator has checked")
}
