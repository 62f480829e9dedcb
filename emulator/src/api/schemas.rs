//! Validation of payloads against the schemas of a definition.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use contexture::ApiErrorKind;
use jsonschema::{Draft, Validator};
use serde_json::Value;

use crate::wire::failure::{Failure, Result};

/// The most violations that an error lists.
const LISTED: usize = 10;

/// The compiled schemas of a definition, by what they describe.
#[derive(Default)]
pub(super) struct Schemas(Mutex<HashMap<String, Arc<Validator>>>);

impl Schemas {
    /// Checks a payload. `subject` names it in errors, such as `the payload of event "created"`.
    pub(super) fn check(&self, subject: &str, schema: &Value, payload: &Value) -> Result<()> {
        let validator = self.validator(subject, schema)?;
        let violations = validator.iter_errors(payload).take(LISTED).map(|error| {
            let place = error.instance_path().to_string();
            let place = if place.is_empty() { "the root" } else { &place };
            // A payload can contain secrets, so the error does not quote it.
            format!("at {place}: {}", error.masked())
        });
        let violations: Vec<_> = violations.collect();
        if violations.is_empty() {
            return Ok(());
        }
        let message = format!(
            "{subject} does not fit its schema: {}",
            violations.join("; ")
        );
        Err(Failure::new(ApiErrorKind::InvalidDataFormat, message))
    }

    fn validator(&self, subject: &str, schema: &Value) -> Result<Arc<Validator>> {
        let mut compiled = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(validator) = compiled.get(subject) {
            return Ok(Arc::clone(validator));
        }
        let validator = compile(schema).map_err(|problem| {
            let message = format!("the schema of {subject} is invalid: {problem}");
            Failure::new(ApiErrorKind::InvalidJsonSchema, message)
        })?;
        let validator = Arc::new(validator);
        compiled.insert(subject.to_owned(), Arc::clone(&validator));
        Ok(validator)
    }
}

/// A definition without a schema accepts everything.
fn compile(schema: &Value) -> std::result::Result<Validator, String> {
    let everything = Value::Bool(true);
    let schema = if schema.is_null() {
        &everything
    } else {
        schema
    };
    let options = jsonschema::options()
        .with_draft(Draft::Draft7)
        .should_validate_formats(true);
    options.build(schema).map_err(|error| error.to_string())
}

impl fmt::Debug for Schemas {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Schemas").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_violation_names_the_place_and_hides_the_value() {
        let schemas = Schemas::default();
        let schema = json!({ "type": "object", "properties": { "token": { "type": "string", "maxLength": 3 } } });
        schemas
            .check("the payload", &schema, &json!({ "token": "abc" }))
            .expect("a fitting payload");
        let refusal = schemas.check("the payload", &schema, &json!({ "token": "secret" }));
        let message = refusal.expect_err("a refusal").to_string();
        assert!(message.starts_with("the payload does not fit its schema: at /token: "));
        assert!(!message.contains("secret"));
    }

    #[test]
    fn an_invalid_schema_is_named() {
        let schemas = Schemas::default();
        let refusal = schemas.check("the payload", &json!({ "type": "text" }), &json!({}));
        let message = refusal.expect_err("a refusal").to_string();
        assert!(message.starts_with("the schema of the payload is invalid: "));
    }

    #[test]
    fn without_a_schema_everything_fits() {
        let schemas = Schemas::default();
        schemas
            .check("the payload", &Value::Null, &json!({ "any": 1 }))
            .expect("a fitting payload");
    }
}
