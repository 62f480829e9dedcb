//! Which bot, integration and operation a call is about.

use crate::Operation;

/// Identifiers from the headers of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallIdentity {
    /// The bot that the call is about.
    pub bot_id: String,
    /// The user that stands for the bot.
    pub bot_user_id: String,
    /// The integration, as this bot has it.
    pub integration_id: String,
    /// The integration's name at this bot.
    pub integration_alias: String,
    /// The webhook of the integration at this bot.
    pub webhook_id: String,
    /// What is asked for.
    pub operation: Operation,
    /// The W3C trace that the call is part of, forwarded to the Botpress API.
    pub(crate) traceparent: Option<String>,
    /// The vendors' part of the trace.
    pub(crate) tracestate: Option<String>,
}

impl CallIdentity {
    /// The id of the trace that the call is part of.
    #[must_use]
    pub fn trace_id(&self) -> Option<&str> {
        self.traceparent.as_deref()?.split('-').nth(1)
    }
}
