//! Errors of the platform.

use contexture::{ApiError, Violations};

use super::answer::CallError;
use super::instance::RegistrationStatus;
use crate::storage::StorageError;

/// Why an operation of the platform failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlatformError {
    /// There is no instance with this webhook id.
    #[error("no instance has the webhook id `{0}`")]
    UnknownInstance(String),
    /// The bot has another installation with this alias.
    #[error(
        "the bot has another installation with the alias `{0}`: choose another alias, or uninstall it first"
    )]
    AliasTaken(String),
    /// The alias cannot be sent in a header.
    #[error("the alias must be 1 to 200 letters, digits, and the signs `-`, `_`, `.` and `/`")]
    InvalidAlias,
    /// The definition has no such configuration type.
    #[error(
        "the definition has no configuration type `{sent}`: {}",
        known_types(known)
    )]
    UnknownConfigurationType {
        /// The type that was chosen.
        sent: String,
        /// The declared types, beside the primary one.
        known: Vec<String>,
    },
    /// The configuration does not fit its schema.
    #[error("the configuration does not fit its schema: {0}")]
    InvalidConfiguration(Violations),
    /// The configuration is too large.
    #[error("the configuration has {size} bytes, and Botpress accepts {limit}")]
    ConfigurationTooLarge {
        /// The size in bytes.
        size: usize,
        /// The largest size.
        limit: usize,
    },
    /// The schema of a configuration is no JSON Schema.
    #[error("the schema of the configuration is invalid: {0}; run `contexture check`")]
    InvalidSchema(String),
    /// The instance has another status than the operation needs.
    #[error("the instance is {status}: {needed}")]
    WrongStatus {
        /// The status of the instance.
        status: RegistrationStatus,
        /// What is needed.
        needed: &'static str,
    },
    /// A conversation, user or message does not exist, or the API refused to store something.
    #[error("the API refused: {0}")]
    Api(Box<ApiError>),
    /// There is no exchange with this id.
    #[error(
        "no exchange has the id `{0}`: it may have been deleted, because only the newest ones are kept"
    )]
    UnknownExchange(String),
    /// The exchange cannot be replayed.
    #[error("the exchange cannot be replayed: {0}")]
    NoReplay(String),
    /// A webhook cannot be signed.
    #[error("a webhook of {provider} cannot be signed: {reason}")]
    CannotSign {
        /// The service.
        provider: &'static str,
        /// The reason.
        reason: String,
    },
    /// It is not clear which secret webhooks are signed with.
    #[error(
        "it is not clear which secret signs the webhook: {}",
        known_secrets(known)
    )]
    NoWebhookSecret {
        /// The names of the known secrets.
        known: Vec<String>,
    },
    /// The integration gave no usable answer.
    #[error(transparent)]
    Call(#[from] CallError),
    /// A script failed.
    #[error(transparent)]
    Script(#[from] super::scripts::ScriptError),
    /// A stored signing secret is unusable.
    #[error("the signing secret cannot be used: {0}; rotate it")]
    SigningSecret(contexture::SigningSecretError),
    /// The system has no random numbers.
    #[error("the system provides no random numbers")]
    NoRandomNumbers,
    /// The storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

fn known_types(known: &[String]) -> String {
    if known.is_empty() {
        "it has only the primary configuration".to_owned()
    } else {
        format!("it has the primary configuration and {}", known.join(", "))
    }
}

fn known_secrets(known: &[String]) -> String {
    if known.is_empty() {
        "neither the configuration nor the integration has one".to_owned()
    } else {
        format!("the instance has {}", known.join(", "))
    }
}

impl From<rusqlite::Error> for PlatformError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Storage(error.into())
    }
}
