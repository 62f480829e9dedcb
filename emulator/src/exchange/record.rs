//! Recorded exchanges.

use std::time::Duration;

use super::RecordedBody;

/// What an exchange was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ExchangeKind {
    /// A call of the integration by the platform.
    Call,
    /// A request to a webhook address.
    Webhook,
    /// A request of the integration to the API.
    Api,
}

impl ExchangeKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Call, Self::Webhook, Self::Api];

    /// The name of the kind.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Webhook => "webhook",
            Self::Api => "api",
        }
    }

    /// Reads a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// A recorded exchange, without secrets.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Exchange {
    /// The id.
    pub id: String,
    /// What it was.
    pub kind: ExchangeKind,
    /// The operation of a call; the method and the path of another request.
    pub name: String,
    /// What the operation was about, such as the name of the action.
    pub subject: Option<String>,
    /// The webhook id of the instance.
    pub instance: Option<String>,
    /// The exchange that this one belongs to: the webhook request of a call, or the call of an API request.
    pub parent: Option<String>,
    /// The exchange that this one replays.
    pub source: Option<String>,
    /// The id of the trace.
    pub trace: Option<String>,
    /// When it began, in milliseconds since the Unix epoch.
    pub started: u64,
    /// How long it took; `None` while it runs.
    pub duration: Option<Duration>,
    /// The request.
    pub request: RecordedRequest,
    /// The response, if there was one.
    pub response: Option<RecordedResponse>,
    /// Why there was no response, or what was wrong with it.
    pub error: Option<String>,
    /// What a reader has to know about the record.
    pub note: Option<String>,
}

impl Exchange {
    /// Whether it still runs.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.duration.is_none()
    }

    /// Whether it ended with a response below status 400.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        let status = self.response.as_ref().map(|response| response.status);
        self.error.is_none() && status.is_some_and(|status| status < 400)
    }
}

/// The request of an exchange.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordedRequest {
    /// The HTTP method.
    pub method: String,
    /// The path and the query.
    pub path: String,
    /// The headers, in their order.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: RecordedBody,
}

/// The response of an exchange.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordedResponse {
    /// The HTTP status.
    pub status: u16,
    /// The headers, in their order.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: RecordedBody,
}
