//! The JSON Schema of the definition format, generated from [`Document`].

use std::sync::LazyLock;

use schemars::JsonSchema;
use schemars::r#gen::SchemaSettings;
use serde_json::{Value, json};

use super::{Document, InterfaceDocument};

/// The format's JSON Schema, draft 7. Editors check and complete definition files with it.
#[must_use]
pub fn format_schema() -> Value {
    let mut schema = INTEGRATION_SCHEMA.clone();
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
pub(super) static INTEGRATION_SCHEMA: LazyLock<Value> = LazyLock::new(generate::<Document>);

/// The same for interfaces.
pub(super) static INTERFACE_SCHEMA: LazyLock<Value> = LazyLock::new(generate::<InterfaceDocument>);

fn generate<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft07().with(|settings| settings.option_add_null_type = false);
    let schema = settings.into_generator().into_root_schema_for::<T>();
    serde_json::to_value(schema).expect("a generated schema is plain JSON")
}
