//! The secrets of an integration: names, never values.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use schemars::r#gen::SchemaGenerator;
use schemars::schema::{Schema, SchemaObject, StringValidation};
use serde::{Deserialize, Serialize};

/// The pattern of the names of secrets.
const SECRET_NAME: &str = "^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$";

/// A secret of the integration itself. Its value is never in the definition.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Secret {
    /// Whether the integration works without it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub optional: bool,
    /// The name that users see.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// A description of the secret, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
const fn is_false(value: &bool) -> bool {
    !*value
}

/// The schema of `secrets`: an object whose names are in `SCREAMING_SNAKE_CASE`.
pub(super) fn secrets_schema(generator: &mut SchemaGenerator) -> Schema {
    let mut schema = generator
        .subschema_for::<BTreeMap<String, Secret>>()
        .into_object();
    let name = SchemaObject {
        string: Some(Box::new(StringValidation {
            pattern: Some(SECRET_NAME.to_owned()),
            ..StringValidation::default()
        })),
        ..SchemaObject::default()
    };
    schema.object().property_names = Some(Box::new(name.into()));
    schema.into()
}
