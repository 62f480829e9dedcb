//! What a tunnel reports.

use std::fmt;
use std::time::Duration;

use super::call::Call;

/// What a tunnel reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TunnelEvent {
    /// Requests can come.
    Connected,
    /// The connection ended, and the next one is opened after a delay.
    Disconnected {
        /// The reason, which follows "because".
        because: String,
        /// How long until the next connection is opened.
        delay: Duration,
    },
    /// The tunnel got no answer to a request, or maybe none.
    Lost(LostCall),
    /// Something of the other side was not as expected, and was left out.
    Warning(String),
    /// The tunnel ended, since another connection would not help. The text says what to do.
    Failed(String),
}

/// A request to which the tunnel got no answer, or maybe none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LostCall {
    pub(super) call: Call,
    /// Whether the answer was sent; it may have arrived then.
    pub(super) is_answered: bool,
}

impl LostCall {
    /// The id that the tunnel gave to the request.
    #[cfg(test)]
    pub(super) fn request_id(&self) -> &str {
        &self.call.id
    }
}

impl fmt::Display for LostCall {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let call = &self.call;
        if self.is_answered {
            write!(
                formatter,
                "the answer to {call} may be lost: the connection ended right after it was sent"
            )
        } else {
            write!(
                formatter,
                "{call} is lost: the connection ended before its answer was sent"
            )
        }
    }
}
