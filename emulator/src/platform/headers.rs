//! The headers of a call.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::instance::Instance;
use crate::exchange::TRACEPARENT;

/// The name of the configuration's header.
pub(super) const CONFIGURATION: &str = "x-bp-configuration";

/// The name of an operation's header.
pub(super) const OPERATION: &str = "x-bp-operation";

/// Returns the headers of a call, in the order of the protocol.
pub(super) fn call_headers(
    instance: &Instance,
    operation: &str,
    traceparent: &str,
) -> Vec<(String, String)> {
    let configuration = BASE64_STANDARD.encode(instance.configuration.to_string());
    let mut headers = vec![
        ("content-type", "application/json"),
        ("x-bot-id", &instance.bot_id),
        ("x-bot-user-id", &instance.bot_user_id),
        ("x-integration-id", &instance.integration_id),
        ("x-integration-alias", &instance.alias),
        ("x-webhook-id", &instance.webhook_id),
        (OPERATION, operation),
        (CONFIGURATION, &configuration),
        (TRACEPARENT, traceparent),
    ];
    if let Some(name) = &instance.configuration_type {
        headers.push(("x-bp-configuration-type", name));
    }
    let texts = headers.into_iter();
    texts
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}
