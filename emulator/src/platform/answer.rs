//! Answers of an integration, and what can be wrong with them.

use std::fmt;

use bytes::Bytes;
use contexture::client::TransportError;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use crate::exchange::Secrets;

/// The most characters of an unclear answer that an error quotes.
const QUOTED: usize = 300;

/// An answer of the integration.
#[derive(Clone)]
#[non_exhaustive]
pub struct Answer {
    /// The id of the recorded exchange.
    pub exchange: String,
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Answer {
    /// The body as JSON. It is an empty object if the body is not JSON, which only answers to webhooks can be.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| Value::Object(serde_json::Map::new()))
    }

    /// What is wrong with the answer to an operation other than a webhook.
    pub(super) fn problem(&self) -> Option<CallProblem> {
        let json: Option<Value> = serde_json::from_slice(&self.body).ok();
        if self.status.is_success() {
            return match json {
                Some(_) => None,
                None => Some(CallProblem::NotJson {
                    status: self.status,
                    beginning: self.beginning(),
                }),
            };
        }
        if self.status == StatusCode::UNAUTHORIZED {
            return Some(CallProblem::Unauthorized);
        }
        let field = |name: &str| Some(json.as_ref()?.get(name)?.as_str()?.to_owned());
        Some(match (field("type"), field("message")) {
            (Some(kind), Some(message)) => CallProblem::Failed {
                status: self.status,
                kind,
                message,
            },
            _ => CallProblem::Unclear {
                status: self.status,
                beginning: self.beginning(),
            },
        })
    }

    fn beginning(&self) -> String {
        let text = String::from_utf8_lossy(&self.body);
        match text.trim() {
            "" => "an empty body".to_owned(),
            text if text.chars().count() > QUOTED => {
                let beginning: String = text.chars().take(QUOTED).collect();
                format!("{beginning}…")
            }
            text => text.to_owned(),
        }
    }
}

/// Omits the body, which may be confidential.
impl fmt::Debug for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Answer")
            .field("exchange", &self.exchange)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// A call without a usable answer.
#[derive(Debug, thiserror::Error)]
#[error("{problem}")]
#[non_exhaustive]
pub struct CallError {
    /// The id of the recorded exchange.
    pub exchange: String,
    /// What went wrong.
    pub problem: CallProblem,
}

/// What went wrong with a call.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CallProblem {
    /// The integration cannot be reached.
    #[error(
        "the integration cannot be reached at {address}: {reason}; is it running, and is this its address?"
    )]
    Unreachable {
        /// The address.
        address: String,
        /// The reason.
        reason: String,
    },
    /// The integration did not answer in time.
    #[error(
        "the integration did not answer within {seconds} s; a handler may be waiting for something"
    )]
    Timeout {
        /// The limit in seconds.
        seconds: u64,
    },
    /// The connection ended before the answer was complete.
    #[error("the connection ended before the integration's answer was complete: {reason}")]
    Broken {
        /// The reason.
        reason: String,
    },
    /// The answer is not JSON.
    #[error(
        "the integration answered with status {status} and a body that is not JSON: {beginning}"
    )]
    NotJson {
        /// The status.
        status: StatusCode,
        /// The beginning of the body.
        beginning: String,
    },
    /// The integration refused the signature.
    #[error(
        "the integration refused the call's signature (401): start it with the current signing secret in BP_SIGNING_SECRET"
    )]
    Unauthorized,
    /// The integration answered with an error.
    #[error("the integration answered with {kind} ({status}): {message}")]
    Failed {
        /// The status.
        status: StatusCode,
        /// The type of the error, such as `Runtime`.
        kind: String,
        /// The message.
        message: String,
    },
    /// The integration answered with an error that has not the form of Botpress's errors.
    #[error("the integration answered with status {status}: {beginning}")]
    Unclear {
        /// The status.
        status: StatusCode,
        /// The beginning of the body.
        beginning: String,
    },
    /// A value cannot be sent.
    #[error("the call could not be sent: {reason}")]
    Unsendable {
        /// The reason.
        reason: String,
    },
}

impl CallProblem {
    /// Replaces secrets in the texts of the integration.
    pub(super) fn without(self, secrets: &Secrets) -> Self {
        match self {
            Self::NotJson { status, beginning } => Self::NotJson {
                status,
                beginning: secrets.redact(&beginning),
            },
            Self::Unclear { status, beginning } => Self::Unclear {
                status,
                beginning: secrets.redact(&beginning),
            },
            Self::Failed {
                status,
                kind,
                message,
            } => Self::Failed {
                status,
                kind,
                message: secrets.redact(&message),
            },
            other => other,
        }
    }

    /// Whether the answer breaks the protocol. An error of the integration does not.
    pub(super) fn breaks_the_protocol(&self) -> bool {
        !matches!(self, Self::Failed { .. })
    }

    /// The problem of a request that has no response.
    pub(super) fn of_transport(error: &TransportError, address: &str) -> Self {
        let reason = innermost(error);
        if error.may_have_been_received() {
            Self::Broken { reason }
        } else {
            let address = address.to_owned();
            Self::Unreachable { address, reason }
        }
    }
}

/// The cause of an error, which says most.
fn innermost(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(status: u16, body: &str) -> Option<String> {
        let answer = Answer {
            exchange: String::new(),
            status: StatusCode::from_u16(status).unwrap(),
            headers: HeaderMap::new(),
            body: Bytes::from(body.to_owned()),
        };
        answer.problem().map(|problem| problem.to_string())
    }

    #[test]
    fn an_answer_is_json_with_a_good_status() {
        assert_eq!(problem(200, "{}"), None);
        assert_eq!(
            problem(200, "<html>").as_deref(),
            Some("the integration answered with status 200 OK and a body that is not JSON: <html>")
        );
    }

    #[test]
    fn an_error_of_the_integration_is_told_with_its_type() {
        let body = r#"{"id":"err_1","code":400,"type":"Runtime","message":"no key"}"#;
        assert_eq!(
            problem(400, body).as_deref(),
            Some("the integration answered with Runtime (400 Bad Request): no key")
        );
        assert_eq!(
            problem(502, "").as_deref(),
            Some("the integration answered with status 502 Bad Gateway: an empty body")
        );
        assert!(problem(401, "").unwrap().contains("BP_SIGNING_SECRET"));
    }
}
