//! Every name that generated code imports, in one place. Not for authors: it may change whenever
//! the generator does.

mod dispatch;
mod lifecycle;
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

pub use serde::{self, Deserialize, Serialize};
pub use serde_json::{self, Map, Value};

pub use crate::{
    __channel as channel, __choice as choice, __constructor as constructor,
    __definition as definition, __event_names as event_names, __forward_actions as forward_actions,
    __forward_lifecycle as forward_lifecycle, __forward_messages as forward_messages,
    __lifecycle as lifecycle, __named_client as named_client, __payload as payload,
    __schemas as schemas, __strings as strings, __tags as tags, ActionCall, Channel,
    ChannelMessage, Client, ConfigurationError, Context, ConversationUpdate, Definition,
    DefinitionDocument, MessageCall, MessageUpdate, Payload, RawRequest, Result, Secret,
    SecretReader, Secrets, Service, TagMap, Tags, UnknownConfigurationType,
    UnreadableConfiguration, WebhookRequest, WebhookResponse,
    client::{CreateEvent, EventsClient, State, StatesClient},
    dispatch::{ActionAnswer, ActionRequest, Handlers, MessageRequest},
    payload::{Number, Schema},
};

/// Reads a property that is there, so that a null is kept apart from an absent property.
///
/// # Errors
///
/// The value does not fit its type.
pub fn present<'de, T, D>(deserializer: D) -> std::result::Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: serde::Deserializer<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// Reads one of several strings.
///
/// # Errors
///
/// The value is no string, or none of these.
pub fn choose<'de, T: Copy, D: serde::Deserializer<'de>>(
    deserializer: D,
    all: &[T],
    text: fn(T) -> &'static str,
) -> std::result::Result<T, D::Error> {
    let read = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
    let found = all.iter().copied().find(|value| text(*value) == read);
    found.ok_or_else(|| serde::de::Error::custom("none of the known values"))
}

/// Reads the alternative that was chosen.
///
/// # Errors
///
/// The value does not fit the type.
pub fn chosen<T: serde::de::DeserializeOwned, E: serde::de::Error>(
    value: Value,
) -> std::result::Result<T, E> {
    serde_json::from_value(value).map_err(E::custom)
}

/// The default of a property, from the text that the generator has checked against its schema.
///
/// # Panics
///
/// The text is no such value.
#[must_use]
pub fn default_value<T: serde::de::DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text)
        .expect("a generated default fits its type, as the generator has checked")
}
