//! The messages of a channel.

use std::collections::BTreeMap;

use schemars::r#gen::SchemaGenerator;
use schemars::schema::{ArrayValidation, InstanceType, Metadata, Schema, SchemaObject};

use super::payload::Payload;
use crate::definition::built_in;

/// The schema of `messages`: messages by name, and a list of built-in ones.
pub(super) fn messages_schema(generator: &mut SchemaGenerator) -> Schema {
    let mut schema = generator
        .subschema_for::<BTreeMap<String, Payload>>()
        .into_object();
    let name = SchemaObject {
        enum_values: Some(built_in::names().into_iter().map(Into::into).collect()),
        ..SchemaObject::default()
    };
    let list = SchemaObject {
        instance_type: Some(InstanceType::Array.into()),
        metadata: Some(Box::new(Metadata {
            description: Some("Built-in messages of Botpress, with its own schemas.".to_owned()),
            ..Metadata::default()
        })),
        array: Some(Box::new(ArrayValidation {
            items: Some(Schema::Object(name).into()),
            unique_items: Some(true),
            ..ArrayValidation::default()
        })),
        ..SchemaObject::default()
    };
    schema
        .object()
        .properties
        .insert(built_in::LIST.to_owned(), list.into());
    schema.into()
}
