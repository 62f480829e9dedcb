//! One request of the demo.

use contexture::Operation;
use serde_json::Value;

use super::setting::INTEGRATION;

/// A request, how it is shown, and what is expected of it.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) operation: Operation,
    /// What the request is about, in words.
    pub(super) title: &'static str,
    /// The wire name of the configuration's type.
    pub(super) configuration_type: &'static str,
    /// The configuration: JSON in base64.
    pub(super) configuration: String,
    pub(super) body: Value,
    /// What is shown in place of the body, when the body is not pleasant to read.
    pub(super) shown: Option<Value>,
    pub(super) expected: Expected,
}

/// What is expected of a request.
#[derive(Debug)]
pub(super) struct Expected {
    pub(super) status: u16,
    pub(super) answer: ExpectedAnswer,
    /// What the integration asks of others meanwhile: all of it, in this order.
    pub(super) calls: Vec<ExpectedCall>,
}

/// The body of an answer.
#[derive(Debug)]
pub(super) enum ExpectedAnswer {
    /// This JSON and nothing else.
    Json(Value),
    /// This text.
    Text(String),
    /// An error in the API's shape, of the type `InvalidPayload`, whose message mentions all of these.
    Refusal(&'static [&'static str]),
}

/// A request of the integration to Botpress or to GitHub.
#[derive(Debug)]
pub(super) struct ExpectedCall {
    /// The method, the path, and how the request proves who asks: `POST /v1/chat/events (Bearer)`.
    pub(super) request: String,
    /// What the body has to hold; it may hold more.
    pub(super) body: Value,
    /// Whether there is what is asked for.
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

    /// Expects to be led to this page.
    pub(super) fn redirect(page: &str) -> Self {
        Self {
            status: 303,
            ..Self::text(format!("→ {page}"))
        }
    }

    /// Expects a 400 that mentions all of these, and that nobody was asked anything.
    pub(super) fn refusal(mentions: &'static [&'static str]) -> Self {
        Self {
            status: 400,
            answer: ExpectedAnswer::Refusal(mentions),
            calls: Vec::new(),
        }
    }

    /// Expects that Botpress is asked this.
    pub(super) fn asking_botpress(self, method: &str, path: &str, body: Value) -> Self {
        self.asking(format!("{method} /v1/chat/{path} (Bearer)"), body)
    }

    /// Expects that Botpress is asked for a state, which is there or not.
    pub(super) fn reading_state(mut self, name: &str, is_found: bool) -> Self {
        let path = format!("states/integration/{INTEGRATION}/{name}");
        self = self.asking_botpress("GET", &path, Value::Null);
        if let Some(call) = self.calls.last_mut() {
            call.is_found = is_found;
        }
        self
    }

    /// Expects that Botpress is told to keep a state.
    pub(super) fn writing_state(self, name: &str, payload: Value) -> Self {
        let path = format!("states/integration/{INTEGRATION}/{name}");
        self.asking_botpress("POST", &path, Value::from_iter([("payload", payload)]))
    }

    /// Expects that GitHub is asked this, with credentials of this scheme.
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
