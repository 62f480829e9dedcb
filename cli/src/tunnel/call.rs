//! What is remembered of a request until its answer arrived.

use std::fmt;

use serde_json::Value;

use super::frame::TunnelRequest;

/// The header with the operation of a call.
const OPERATION: &str = "x-bp-operation";

/// The largest body that is read for its subject.
const READ: usize = 64 * 1024;

/// A request without its content, for reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Call {
    /// The id that the tunnel gave to it.
    pub(super) id: String,
    /// The operation and its subject, or the method and the path.
    what: String,
}

impl Call {
    pub(super) fn of(request: &TunnelRequest) -> Self {
        let mut headers = request.headers.iter();
        let operation = headers.find(|(name, _)| name.eq_ignore_ascii_case(OPERATION));
        let what = match operation {
            Some((_, operation)) => match subject(operation, request.body.as_deref()) {
                Some(subject) => format!("{operation} {subject}"),
                None => operation.clone(),
            },
            None => format!("{} {}", request.method, request.path),
        };
        Self {
            id: request.id.clone(),
            what: what.chars().filter(|letter| !letter.is_control()).collect(),
        }
    }
}

/// The action or the type of a message, which the body has as its `type`.
fn subject(operation: &str, body: Option<&str>) -> Option<String> {
    let has_type = matches!(operation, "action_triggered" | "message_created");
    let body = body.filter(|body| has_type && body.len() <= READ)?;
    let body: Value = serde_json::from_str(body).ok()?;
    body["type"].as_str().map(str::to_owned)
}

impl fmt::Display for Call {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} (request {})", self.what, self.id)
    }
}
