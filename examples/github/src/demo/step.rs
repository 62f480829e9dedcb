//! One request of the demo.

use contexture::Operation;
use serde_json::Value;

use super::setting::INTEGRATION;

/// A request, its title, and the expected result.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) operation: Operation,
    /// The title of the request.
    pub(super) title: &'static str,
    /// The wire name of the configuration's type.
    pub(super) configuration_type: &'static str,
    /// The configuration: JSON in base64.
    pub(super) configuration: String,
    pub(super) body: Value,
    /// The text that is shown instead of an unreadable body.
    pub(super) shown: Option<Value>,
    pub(super) expected: Expected,
}

/// The expected result of a request.
#[derive(Debug)]
pub(super) struct Expected {
    pub(super) status: u16,
    pub(super) answer: ExpectedAnswer,
    /// All requests of the integration, in order.
    pub(super) calls: Vec<ExpectedCall>,
}

/// The body of a response.
#[derive(Debug)]
pub(super) enum ExpectedAnswer {
    /// Exactly this JSON.
    Json(Value),
    /// This text.
    Text(String),
    /// An error `InvalidPayload` in the API's format, whose message contains all of these strings.
    Refusal(&'static [&'static str]),
}

/// A request of the integration to Botpress or to GitHub.
#[derive(Debug)]
pub(super) struct ExpectedCall {
    /// The method, the path and the authentication scheme: `POST /v1/chat/events (Bearer)`.
    pub(super) request: String,
    /// Properties that the body must have. It may have more.
    pub(super) body: Value,
    /// Whether the requested object exists.
    pub(super) is_found: bool,
}

impl Expected {
    /// Expects a 200 with this JSON.
    pub(super) fn json(answer: Value) -> Self {
        Self {
            status: 200,
            answer: ExpectedAnswer::Json(answer),
            calls: Vec::new(),
        }
    }

    /// Expects a 200 with this text.
    pub(super) fn text(answer: impl Into<String>) -> Self {
        Self {
            answer: ExpectedAnswer::Text(answer.into()),
            ..Self::json(Value::Null)
        }
    }

    /// Expects a redirect to this page.
    pub(super) fn redirect(page: &str) -> Self {
        Self {
            status: 303,
            ..Self::text(format!("→ {page}"))
        }
    }

    /// Expects a 400 that contains all of these strings, and no requests of the integration.
    pub(super) fn refusal(mentions: &'static [&'static str]) -> Self {
        Self {
            status: 400,
            answer: ExpectedAnswer::Refusal(mentions),
            calls: Vec::new(),
        }
    }

    /// Expects this request to Botpress.
    pub(super) fn asking_botpress(self, method: &str, path: &str, body: Value) -> Self {
        self.asking(format!("{method} /v1/chat/{path} (Bearer)"), body)
    }

    /// Expects a request to Botpress for a state that exists or not.
    pub(super) fn reading_state(mut self, name: &str, is_found: bool) -> Self {
        let path = format!("states/integration/{INTEGRATION}/{name}");
        self = self.asking_botpress("GET", &path, Value::Null);
        if let Some(call) = self.calls.last_mut() {
            call.is_found = is_found;
        }
        self
    }

    /// Expects a request to Botpress that stores a state.
    pub(super) fn writing_state(self, name: &str, payload: Value) -> Self {
        let path = format!("states/integration/{INTEGRATION}/{name}");
        self.asking_botpress("POST", &path, Value::from_iter([("payload", payload)]))
    }

    /// Expects this request to GitHub, with credentials of this scheme.
    pub(super) fn asking_github(self, method: &str, path: &str, scheme: &str, body: Value) -> Self {
        self.asking(format!("{method} {path} ({scheme})"), body)
    }

    fn asking(mut self, request: String, body: Value) -> Self {
        self.calls.push(ExpectedCall {
            request,
            body,
            is_found: true,
        });
        self
    }
}
