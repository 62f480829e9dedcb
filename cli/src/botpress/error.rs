//! Requests to the admin API that failed.

use std::fmt;

use http::StatusCode;
use serde_json::Value;

use crate::Outcome;

/// A request to the admin API that failed.
#[derive(Clone, Debug)]
pub(crate) struct AdminError {
    /// The request: `PUT /v1/admin/integrations/intver_1`.
    pub(super) request: String,
    pub(super) cause: Cause,
    /// How often it was sent.
    pub(super) attempts: u32,
}

/// Why a request failed.
#[derive(Clone, Debug)]
pub(super) enum Cause {
    /// There is no answer.
    NoAnswer { address: String, reason: String },
    /// The answer is an error.
    Refused {
        status: StatusCode,
        /// Botpress's name for the error: `ResourceNotFound`.
        kind: String,
        message: String,
    },
    /// The answer has another form than the API's.
    Form { status: StatusCode },
}

impl AdminError {
    /// Whether the API answered that there is no such thing.
    pub(crate) fn is_not_found(&self) -> bool {
        matches!(&self.cause, Cause::Refused { status, kind, .. }
            if *status == StatusCode::NOT_FOUND && kind == "ResourceNotFound")
    }

    /// Whether an earlier attempt, or this one, may have been carried out although its answer is lost.
    pub(crate) fn may_have_succeeded(&self) -> bool {
        self.attempts > 1 || matches!(self.cause, Cause::NoAnswer { .. })
    }

    /// Whether a version of the integration breaks an earlier one.
    fn is_breaking(&self) -> bool {
        matches!(&self.cause, Cause::Refused { kind, .. } if kind == "BreakingChanges")
    }

    /// What can be done about it, with its line end.
    fn help(&self) -> &'static str {
        match &self.cause {
            Cause::Refused { status, .. } if *status == StatusCode::UNAUTHORIZED => {
                "help: the token is unknown or expired; log in again with `contexture login`\n"
            }
            Cause::Refused { status, .. } if *status == StatusCode::FORBIDDEN => {
                "help: the token may not do this in this workspace; `contexture whoami` shows both\n"
            }
            Cause::Refused { status, .. } if *status == StatusCode::TOO_MANY_REQUESTS => {
                "help: wait a minute, and run the command again\n"
            }
            Cause::Refused { .. } if self.is_breaking() => {
                "help: bots that use the version would break; raise the major version in the definition, and deploy that\n"
            }
            Cause::Refused { .. } => "",
            Cause::NoAnswer { .. } => {
                "help: check the network and the address of the API, which `--api-url` and BP_API_URL set\n"
            }
            Cause::Form { .. } => "help: the address of the API may be that of another service\n",
        }
    }

    /// The error of a command that could not do its work: `what` is "the integration cannot be created".
    pub(crate) fn outcome(&self, what: &str) -> Outcome {
        Outcome::failure(format!("error: {what}: {self}\n{}", self.help()))
    }
}

impl fmt::Display for AdminError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.cause {
            Cause::NoAnswer { address, reason } => {
                write!(formatter, "no answer from {address}: {reason}")?;
            }
            Cause::Refused {
                status,
                kind,
                message,
            } => {
                let separator = if kind.is_empty() { "" } else { " " };
                write!(
                    formatter,
                    "{message} ({}{separator}{kind})",
                    status.as_u16()
                )?;
            }
            Cause::Form { status } => {
                write!(formatter, "the answer ({status}) is not one of the API")?;
            }
        }
        if self.attempts > 1 {
            write!(formatter, ", after {} attempts", self.attempts)?;
        }
        write!(formatter, "; the request was {}", self.request)
    }
}

/// Reads the answer of a request that was refused. Secrets that were sent do not appear in it.
pub(super) fn refused(status: StatusCode, body: &[u8], secrets: &[&str]) -> Cause {
    let Ok(Value::Object(error)) = serde_json::from_slice(body) else {
        return Cause::Form { status };
    };
    let text = |name: &str| error.get(name).and_then(Value::as_str).unwrap_or_default();
    let message = match text("message") {
        "" => "the API refused it",
        message => message,
    };
    Cause::Refused {
        status,
        kind: text("type").to_owned(),
        message: redact(message, secrets),
    }
}

fn redact(text: &str, secrets: &[&str]) -> String {
    let secrets = secrets.iter().filter(|secret| !secret.is_empty());
    secrets.fold(text.to_owned(), |text, secret| text.replace(*secret, "…"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_tells_the_type_and_hides_secrets_that_it_quotes() {
        let body = br#"{"type":"InvalidPayload","message":"the secret hunter2 is too short"}"#;
        let error = AdminError {
            request: "POST /v1/admin/integrations".to_owned(),
            cause: refused(StatusCode::BAD_REQUEST, body, &["", "hunter2"]),
            attempts: 2,
        };
        assert_eq!(
            error.to_string(),
            "the secret … is too short (400 InvalidPayload), after 2 attempts; the request was POST \
             /v1/admin/integrations"
        );
    }

    #[test]
    fn only_a_404_of_the_api_says_that_there_is_no_such_thing() {
        let of = |status, body: &[u8]| AdminError {
            request: String::new(),
            cause: refused(status, body, &[]),
            attempts: 1,
        };
        let body = br#"{"type":"ResourceNotFound","message":"none"}"#;
        assert!(of(StatusCode::NOT_FOUND, body).is_not_found());
        assert!(!of(StatusCode::NOT_FOUND, b"<html>").is_not_found());
        assert!(!of(StatusCode::BAD_REQUEST, body).is_not_found());
    }
}
