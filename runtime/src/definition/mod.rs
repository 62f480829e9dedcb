//! The interface between generated code and the runtime.

mod channel;
mod older;
mod secrets;

use std::fmt::{self, Debug};

use serde_json::Value;

pub use self::{
    channel::{Channel, ChannelMessage},
    older::{MigrateFrom, MigratedConfiguration, read_older, same_value},
    secrets::{MissingSecrets, SecretReader, Secrets},
};
pub(crate) use self::{older::ReadOlder, secrets::read_secrets};
use crate::{TagMap, Tags, UnknownFields, Violations, payload::Schema, value::shorten};

/// An integration's definition in the type system. Generated code implements it for a marker type.
pub trait Definition: Sized + Send + Sync + 'static {
    /// The union of the configurations, or the primary configuration if it is the only one.
    type Configuration: Clone + Debug + Send + Sync + 'static;
    /// The type of the active configuration, without its values.
    type ConfigurationType: Copy + Debug + PartialEq + Send + Sync + 'static;
    /// The secrets that the integration's operator sets.
    type Secrets: Secrets;
    /// The client of the declared states.
    type States;
    /// The client of the declared events.
    type Events;
    /// The tags of users.
    type UserTags: Tags;
    /// A conversation that a bot wants to create: its channel and its tags.
    type NewConversation: Clone + Debug + Send + 'static;

    /// The definition as data.
    const DOCUMENT: &'static DefinitionDocument;

    /// Whether values of older versions are read, too.
    #[doc(hidden)]
    const HAS_OLDER_VERSIONS: bool = false;

    /// Returns the type of a configuration.
    fn configuration_type(configuration: &Self::Configuration) -> Self::ConfigurationType;

    /// Returns the wire name of a configuration type; `None` is the primary configuration.
    fn wire_name(configuration_type: Self::ConfigurationType) -> Option<&'static str>;

    /// Serializes a configuration to its wire format, for tests.
    ///
    /// # Errors
    ///
    /// Returns the violations if the configuration does not fit its schema.
    #[doc(hidden)]
    fn encode_configuration(configuration: &Self::Configuration) -> Result<Value, Violations>;

    /// Reads a configuration of the given type from JSON text. Only the schema of that type is used.
    ///
    /// # Errors
    ///
    /// Returns an error if the type is not declared, or if the text is not JSON or does not fit the
    /// type's schema.
    fn decode_configuration(
        configuration_type: Option<&str>,
        text: &[u8],
        unknown_fields: UnknownFields,
    ) -> Result<Self::Configuration, ConfigurationError>;

    /// Reads a configuration that fits the schema of an older version, the newest that it fits, and migrates it. Returns
    /// `None` if it fits none.
    #[doc(hidden)]
    #[must_use]
    fn decode_older_configuration(
        configuration_type: Option<&str>,
        text: &[u8],
        unknown_fields: UnknownFields,
    ) -> Option<MigratedConfiguration<Self::Configuration>> {
        let _ = (configuration_type, text, unknown_fields);
        None
    }

    /// Reads a conversation that a bot wants to create. Returns `None` if the channel is not
    /// declared. Undeclared tags are ignored.
    fn new_conversation(channel: &str, tags: TagMap) -> Option<Self::NewConversation>;

    /// Returns the schemas of all payloads. The service compiles them when it starts.
    fn schemas() -> impl Iterator<Item = &'static Schema>;
}

/// A definition as data.
#[derive(Clone, Copy, Debug)]
pub struct DefinitionDocument {
    /// The integration's name.
    pub name: &'static str,
    /// The integration's version.
    pub version: &'static str,
    /// The definition in the format of `bp read --json`.
    pub json: &'static str,
}

/// A configuration type that the definition does not declare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownConfigurationType {
    sent: Option<String>,
    known: Vec<Option<&'static str>>,
}

impl UnknownConfigurationType {
    /// Creates an error from the received type and the declared types; `None` is the primary
    /// configuration.
    pub fn new(sent: Option<&str>, known: impl IntoIterator<Item = Option<&'static str>>) -> Self {
        Self {
            sent: sent.map(str::to_owned),
            known: known.into_iter().collect(),
        }
    }

    /// Returns the received type; `None` if no type was sent.
    #[must_use]
    pub fn sent(&self) -> Option<&str> {
        self.sent.as_deref()
    }

    /// Returns the declared types; `None` is the primary configuration.
    #[must_use]
    pub fn known(&self) -> &[Option<&'static str>] {
        &self.known
    }
}

impl fmt::Display for UnknownConfigurationType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.sent {
            Some(sent) => write!(
                formatter,
                "unknown configuration type `{}`: ",
                shorten(sent)
            )?,
            None => formatter.write_str("no configuration type given: ")?,
        }
        let names: Vec<_> = self
            .known
            .iter()
            .map(|name| match name {
                Some(name) => format!("`{name}`"),
                None => "none (the primary configuration)".to_owned(),
            })
            .collect();
        match names.as_slice() {
            [] => formatter.write_str("the definition declares none"),
            [only] => write!(formatter, "expected {only}"),
            several => write!(formatter, "expected one of {}", several.join(", ")),
        }
    }
}

impl std::error::Error for UnknownConfigurationType {}

/// The reason why a configuration cannot be read. It does not contain values of the configuration.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigurationError {
    /// The type is not declared.
    #[error(transparent)]
    Unknown(#[from] UnknownConfigurationType),
    /// The value does not fit the schema of its type.
    #[error("the configuration does not fit its schema: {0}")]
    Invalid(#[from] Violations),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_type_is_named_with_what_could_be_sent() {
        let error = UnknownConfigurationType::new(Some("nope"), [None, Some("oauth")]);
        assert_eq!(
            error.to_string(),
            "unknown configuration type `nope`: expected one of none (the primary configuration), `oauth`"
        );
    }

    #[test]
    fn a_missing_type_is_told_apart_from_an_unknown_one() {
        let error = UnknownConfigurationType::new(None, [Some("oauth"), Some("token")]);
        assert_eq!(
            error.to_string(),
            "no configuration type given: expected one of `oauth`, `token`"
        );
    }
}
