//! A request with both responses.

use std::collections::BTreeMap;
use std::fmt;

use contexture_load::Answer;
use serde_json::Value;

use super::request::Request;
use crate::golden::{self, OF_THE_SERVER};

/// A request, the response of the official SDK, and ours.
pub(super) struct Exchange {
    pub(super) request: Request,
    pub(super) official: Reply,
    pub(super) ours: Reply,
}

/// A response, without the headers that a server adds to every response.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: BTreeMap<String, String>,
    /// The JSON, or the text as a JSON string.
    pub(super) body: Value,
}

impl Reply {
    /// The placeholder for a missing response.
    pub(super) fn none() -> Self {
        Self {
            status: 0,
            headers: BTreeMap::new(),
            body: Value::Null,
        }
    }

    pub(super) fn of(answer: Answer) -> Self {
        let headers = answer.headers.into_iter();
        Self {
            status: answer.status,
            headers: headers
                .filter(|(name, _)| !OF_THE_SERVER.contains(&name.as_str()))
                .collect(),
            body: golden::read_body(&String::from_utf8_lossy(&answer.body)),
        }
    }

    /// Whether this is a 400 of the type `InvalidPayload`.
    pub(super) fn is_refusal(&self) -> bool {
        let body = &self.body;
        let kind = (&body["code"], &body["type"], &body["id"]);
        self.status == 400
            && kind
                == (
                    &Value::from(400),
                    &Value::from("InvalidPayload"),
                    &Value::from(golden::ERROR_ID),
                )
    }

    /// Whether this is such an error, with a text in its message.
    pub(super) fn refuses(&self, naming: &str) -> bool {
        self.is_refusal() && self.message().contains(naming)
    }

    pub(super) fn message(&self) -> &str {
        self.body["message"].as_str().unwrap_or_default()
    }

    /// Whether this is the official server's response to a failure outside of any operation. Its text may have an
    /// incomplete character, so that it is not valid JSON.
    pub(super) fn is_bare_failure(&self) -> bool {
        let has_error = match &self.body {
            Value::String(text) => text.starts_with("{\"error\":"),
            body => body
                .as_object()
                .is_some_and(|body| body.len() == 1 && body.contains_key("error")),
        };
        self.status == 500 && has_error
    }

    /// Whether this is the response without output.
    pub(super) fn is_empty(&self) -> bool {
        self.status == 200 && self.body == Value::Object(serde_json::Map::new())
    }
}

impl Exchange {
    pub(super) fn agrees(&self) -> bool {
        self.official == self.ours
    }
}

impl fmt::Display for Exchange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 1500;

        let cut = |text: String| text.chars().take(SHOWN).collect::<String>();
        let request = String::from_utf8_lossy(&self.request.to_http()).into_owned();
        writeln!(formatter, "{}", cut(request))?;
        writeln!(
            formatter,
            "  official: {}",
            cut(format!("{:?}", self.official))
        )?;
        write!(formatter, "  ours:     {}", cut(format!("{:?}", self.ours)))
    }
}
