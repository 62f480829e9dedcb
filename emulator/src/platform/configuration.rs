//! Configurations are checked before they are sent.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use contexture::Violations;
use contexture::payload::Schema;
use serde_json::{Value, json};

use super::Platform;
use super::error::PlatformError;
use crate::definition::Definition;

/// The largest configuration in bytes, as in Botpress.
const LARGEST: usize = 20_480;

/// The schema of a configuration type. A definition without a primary configuration has an empty one.
pub(super) fn schema_of(
    definition: &Definition,
    configuration_type: Option<&str>,
) -> Result<Value, PlatformError> {
    match definition.configuration(configuration_type) {
        Some(configuration) if configuration.schema.is_null() => Ok(json!(true)),
        Some(configuration) => Ok(configuration.schema.clone()),
        None if configuration_type.is_none() => {
            Ok(json!({ "type": "object", "additionalProperties": false }))
        }
        None => Err(PlatformError::UnknownConfigurationType {
            sent: configuration_type.unwrap_or_default().to_owned(),
            known: definition.configurations().map(str::to_owned).collect(),
        }),
    }
}

impl Platform {
    /// The JSON Schema of a configuration type; of the primary one for `None`.
    ///
    /// # Errors
    ///
    /// The definition has no such type.
    pub fn configuration_schema(
        &self,
        configuration_type: Option<&str>,
    ) -> Result<Value, PlatformError> {
        schema_of(&self.definition(), configuration_type)
    }
}

/// Checks a configuration against the schema of its type.
pub(super) fn check(
    definition: &Definition,
    configuration_type: Option<&str>,
    configuration: &Value,
) -> Result<(), PlatformError> {
    let schema = schema_of(definition, configuration_type)?;
    let size = configuration.to_string().len();
    if size > LARGEST {
        return Err(PlatformError::ConfigurationTooLarge {
            size,
            limit: LARGEST,
        });
    }
    violations(&schema, configuration)?.map_err(PlatformError::InvalidConfiguration)
}

/// Validates as an integration of Contexture does, so that violations have the same places and words.
fn violations(
    schema: &Value,
    value: &Value,
) -> Result<std::result::Result<(), Violations>, PlatformError> {
    // The runtime's schema relies on a text that is a valid schema.
    let options = match schema.get("$schema") {
        Some(_) => jsonschema::options(),
        None => jsonschema::options().with_draft(jsonschema::Draft::Draft7),
    };
    options
        .build(schema)
        .map_err(|error| PlatformError::InvalidSchema(error.to_string()))?;
    let schema = kept(schema.to_string());
    schema
        .compile()
        .map_err(|error| PlatformError::InvalidSchema(error.to_string()))?;
    Ok(schema.validate(value))
}

/// Returns the compiled schema of a text. The runtime keeps schemas as long as the process, so there is one for each
/// text.
fn kept(text: String) -> &'static Schema {
    static KEPT: Mutex<Option<HashMap<String, &'static Schema>>> = Mutex::new(None);

    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    let kept = kept.get_or_insert_default();
    if let Some(schema) = kept.get(&text) {
        return schema;
    }
    let forever: &'static str = Box::leak(text.clone().into_boxed_str());
    let schema: &'static Schema = Box::leak(Box::new(Schema::new(forever)));
    kept.insert(text, schema);
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    fn definition() -> Definition {
        Definition::new(json!({
            "configuration": { "schema": {
                "type": "object",
                "properties": { "key": { "type": "string", "minLength": 2 }, "region": { "enum": ["eu", "us"] } },
                "required": ["key"],
                "additionalProperties": false,
            } },
            "configurations": { "oauth": {}, "broken": { "schema": { "type": "strng" } } },
        }))
    }

    fn places(configuration: &Value) -> Vec<String> {
        match check(&definition(), None, configuration) {
            Err(PlatformError::InvalidConfiguration(violations)) => {
                let places = violations.iter();
                places
                    .map(|violation| violation.instance_path.clone())
                    .collect()
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn violations_have_the_places_of_their_fields() {
        assert_eq!(
            places(&json!({ "region": "mars", "color": "red" })),
            ["/key", "/region", "/color"]
        );
        check(&definition(), None, &json!({ "key": "ab", "region": "eu" })).unwrap();
    }

    #[test]
    fn a_violation_does_not_quote_the_value() {
        let refused = check(&definition(), None, &json!({ "key": "\u{1f511}" })).unwrap_err();
        assert!(!format!("{refused} {refused:?}").contains('\u{1f511}'));
    }

    #[test]
    fn a_type_has_to_be_declared_and_its_schema_valid() {
        check(&definition(), Some("oauth"), &json!({ "any": 1 })).unwrap();
        let unknown = check(&definition(), Some("other"), &json!({})).unwrap_err();
        assert!(unknown.to_string().contains("`other`"), "{unknown}");
        assert!(unknown.to_string().contains("oauth"), "{unknown}");
        let broken = check(&definition(), Some("broken"), &json!({})).unwrap_err();
        assert!(matches!(broken, PlatformError::InvalidSchema(_)));
    }

    #[test]
    fn without_a_primary_configuration_only_an_empty_one_fits() {
        let definition = Definition::default();
        check(&definition, None, &json!({})).unwrap();
        assert!(check(&definition, None, &json!({ "a": 1 })).is_err());
    }

    #[test]
    fn a_large_configuration_is_refused() {
        let text = "a".repeat(LARGEST);
        let refused = check(&definition(), Some("oauth"), &json!({ "a": text })).unwrap_err();
        assert!(refused.to_string().contains("20480"), "{refused}");
    }
}
