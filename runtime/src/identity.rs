//! The identity of a call: the installation at a bot, and the operation.

use std::{ops::Deref, sync::Arc};

use crate::Operation;

/// An integration that is installed at a bot, from the headers of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Installation {
    /// The id of the bot.
    pub bot_id: String,
    /// The id of the user that represents the bot.
    pub bot_user_id: String,
    /// The id of the integration's installation at the bot.
    pub integration_id: String,
    /// The alias of the integration at the bot.
    pub integration_alias: String,
    /// The id of the integration's webhook at the bot.
    pub webhook_id: String,
}

/// Identifiers from the headers of a call. It dereferences to the [`Installation`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallIdentity {
    /// Shared by all calls of the installation.
    pub(crate) installation: Arc<Installation>,
    /// The operation.
    pub operation: Operation,
    /// The W3C trace context of the call, which is forwarded to the Botpress API.
    pub(crate) traceparent: Option<String>,
    /// The vendor-specific part of the trace context.
    pub(crate) tracestate: Option<String>,
}

impl CallIdentity {
    /// Returns the id of the trace that the call belongs to.
    #[must_use]
    pub fn trace_id(&self) -> Option<&str> {
        self.traceparent.as_deref()?.split('-').nth(1)
    }
}

impl Deref for CallIdentity {
    type Target = Installation;

    fn deref(&self) -> &Installation {
        &self.installation
    }
}
