//! Webhook requests that the real Botpress passes on.

use serde_json::Value;

use super::{Received, authorization};
use crate::exchange::Secrets;

/// Where requests of an authorization begin.
const OAUTH: &str = "/oauth";

/// The secrets in the body of a call that passes a webhook request on: those of an authorization.
pub(in crate::platform) fn secrets_of_passed(body: &Value) -> Secrets {
    let request = &body["req"];
    let text = |name: &str| request[name].as_str().unwrap_or_default().to_owned();
    let headers = request["headers"].as_object().into_iter().flatten();
    let received = Received {
        method: text("method"),
        path: text("path"),
        query: text("query"),
        headers: headers
            .map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned()))
            .collect(),
        body: text("body").into(),
    };
    if received.path.starts_with(OAUTH) {
        authorization::secrets(&received)
    } else {
        Secrets::new()
    }
}
