//! All names that generated code uses. They are not a public API and may change with the generator.

mod choices;
mod dispatch;
mod document;
mod format;
mod handlers;
mod lifecycle;
mod objects;
mod older;
mod typed_calls;
mod types;

pub use std::{
    boxed::Box,
    collections::BTreeMap,
    convert::{From, Into},
    default::Default,
    future::Future,
    marker::{Send, Sync},
    option::Option,
    string::String,
    vec::Vec,
};

pub use serde;
pub use serde_json::{Map, Value};

pub use self::document::{cut, part};
pub use crate::{
    __channel as channel, __choice as choice, __definition as definition, __document as document,
    __event_names as event_names, __generated_format as generated_format, __handlers as handlers,
    __kinds as kinds, __lifecycle as lifecycle, __named_client as named_client,
    __newtype as newtype, __object as object, __older as older, __older_texts as older_texts,
    __payload as payload, __read_older_states as read_older_states, __same as same,
    __shared_call as shared_call, __shared_channel as shared_channel, __strings as strings,
    __tagged as tagged, __tags as tags, ActionCall, Channel, ChannelMessage, Client,
    ConfigurationError, Context, ConversationUpdate, CreatedConversation, CreatedUser, Date,
    DateTime, Definition, DefinitionDocument, MessageCall, MessageUpdate, MigrateFrom, Number,
    Payload, RawRequest, Result, Secret, SecretReader, Secrets, Service, TagMap, Tags,
    UnknownConfigurationType, UnreadableConfiguration, WebhookRequest, WebhookResponse,
    call::{ActionAnswer, ActionRequest, Handlers, MessageRequest},
    client::{CreateEvent, EventsClient, State, StatesClient},
    definition::{MigratedConfiguration, read_older, same_value},
    payload::Schema,
    value::json::{
        Additional, Json, Mismatch, Sink, Source, Unfit, deserialize, read_tag, serialize,
        with_tag, without_tag,
    },
};

use crate::value::normalize_numbers;

/// Returns the schema of a payload.
#[must_use]
pub fn schema_of<P: Payload>() -> &'static [Schema] {
    std::slice::from_ref(P::schema())
}

/// Returns whether a value has the JSON type that an alternative is read from. The variant determines the type.
#[must_use]
pub fn is_kind_of<T: Json, U>(_variant: fn(T) -> U, value: &Value) -> bool {
    T::is_kind(value)
}

/// Parses the default value of a property.
///
/// # Panics
///
/// Panics if the text is not a valid value. The generator has checked it against the property's
/// schema.
#[must_use]
pub fn default_value<T: Json>(text: &str) -> T {
    let value = serde_json::from_str(text).map(|mut value| {
        normalize_numbers(&mut value);
        T::from_json(value)
    });
    value
        .ok()
        .and_then(Result::ok)
        .expect("a generated default fits its type, because the generator has checked it")
}
