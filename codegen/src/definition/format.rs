//! The JSON Schema of the definition format, generated from [`Document`].

use std::collections::BTreeMap;
use std::sync::LazyLock;

use schemars::JsonSchema;
use schemars::r#gen::{SchemaGenerator, SchemaSettings};
use schemars::schema::{Schema, SchemaObject, StringValidation};
use serde_json::{Value, json};

use super::{Document, InterfaceDocument, Secret};

/// What the name of a secret has to look like.
const SECRET_NAME: &str = "^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$";

/// The format's JSON Schema, draft 7: what editors check and complete definition files with.
#[must_use]
pub fn format_schema() -> Value {
    let mut schema = SHAPE.clone();
    // Editors know the drafts themselves; `load` checks each schema against its own draft.
    if let Some(embedded) = schema
        .pointer_mut("/definitions/Schema")
        .and_then(Value::as_object_mut)
    {
        embedded.insert(
            "allOf".to_owned(),
            json!([{ "$ref": "http://json-schema.org/draft-07/schema#" }]),
        );
    }
    schema
}

/// The format's JSON Schema, in which an author's schema is any object or boolean.
pub(super) static SHAPE: LazyLock<Value> = LazyLock::new(generate::<Document>);

/// The same for interfaces.
pub(super) static INTERFACE_SHAPE: LazyLock<Value> = LazyLock::new(generate::<InterfaceDocument>);

fn generate<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft07().with(|settings| settings.option_add_null_type = false);
    let schema = settings.into_generator().into_root_schema_for::<T>();
    serde_json::to_value(schema).expect("a generated schema is plain JSON")
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
