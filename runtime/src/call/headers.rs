//! The headers of a call.

use std::sync::Arc;

use http::{HeaderMap, HeaderValue};

use crate::{CallIdentity, Error, Operation, Result};

/// The header that marks a request as a call. It is a static because a string would be parsed at each lookup.
#[cfg(feature = "server")]
pub(crate) static OPERATION: http::HeaderName = http::HeaderName::from_static("x-bp-operation");

/// The parsed headers of a call. The configuration is not decoded yet.
pub(crate) struct CallHeaders {
    pub(crate) identity: Arc<CallIdentity>,
    pub(crate) configuration: EncodedConfiguration,
}

/// An encoded configuration. It may contain secrets, so it does not implement `Debug`.
pub(crate) struct EncodedConfiguration {
    /// The configuration's type; `None` for the primary configuration.
    pub(crate) configuration_type: Option<String>,
    /// The base64-encoded JSON.
    pub(crate) text: HeaderValue,
}

/// Reads the headers of a call.
///
/// # Errors
///
/// Returns an error that names every header that is missing, empty or not UTF-8.
pub(crate) fn read_headers(headers: &HeaderMap) -> Result<CallHeaders> {
    let found = FoundHeaders::of(headers);
    let mut problems = Problems(Vec::new());
    let mut required = |name, value| problems.required(name, value);
    let call = CallHeaders {
        identity: Arc::new(CallIdentity {
            bot_id: required("x-bot-id", found.bot_id).to_owned(),
            bot_user_id: required("x-bot-user-id", found.bot_user_id).to_owned(),
            integration_id: required("x-integration-id", found.integration_id).to_owned(),
            integration_alias: required("x-integration-alias", found.integration_alias).to_owned(),
            webhook_id: required("x-webhook-id", found.webhook_id).to_owned(),
            operation: Operation::from_wire(required("x-bp-operation", found.operation)),
            traceparent: found.traceparent.and_then(ignorable),
            tracestate: found.tracestate.and_then(ignorable),
        }),
        configuration: EncodedConfiguration {
            text: {
                required("x-bp-configuration", found.configuration);
                let text = found.configuration.cloned();
                text.unwrap_or_else(|| HeaderValue::from_static(""))
            },
            configuration_type: problems
                .optional("x-bp-configuration-type", found.configuration_type),
        },
    };
    problems.none_or_error()?;
    Ok(call)
}

/// The values of the headers of a call. They are found in one pass, because each lookup in the map hashes a name.
#[derive(Default)]
struct FoundHeaders<'a> {
    bot_id: Option<&'a HeaderValue>,
    bot_user_id: Option<&'a HeaderValue>,
    integration_id: Option<&'a HeaderValue>,
    integration_alias: Option<&'a HeaderValue>,
    webhook_id: Option<&'a HeaderValue>,
    operation: Option<&'a HeaderValue>,
    configuration: Option<&'a HeaderValue>,
    configuration_type: Option<&'a HeaderValue>,
    traceparent: Option<&'a HeaderValue>,
    tracestate: Option<&'a HeaderValue>,
}

impl<'a> FoundHeaders<'a> {
    fn of(headers: &'a HeaderMap) -> Self {
        let mut found = Self::default();
        for (name, value) in headers {
            let place = match name.as_str() {
                "x-bot-id" => &mut found.bot_id,
                "x-bot-user-id" => &mut found.bot_user_id,
                "x-integration-id" => &mut found.integration_id,
                "x-integration-alias" => &mut found.integration_alias,
                "x-webhook-id" => &mut found.webhook_id,
                "x-bp-operation" => &mut found.operation,
                "x-bp-configuration" => &mut found.configuration,
                "x-bp-configuration-type" => &mut found.configuration_type,
                "traceparent" => &mut found.traceparent,
                "tracestate" => &mut found.tracestate,
                _ => continue,
            };
            // The last value of a repeated header counts, as in the official server.
            *place = Some(value);
        }
        found
    }
}

/// The problems of all headers.
struct Problems(Vec<String>);

impl Problems {
    /// Reads a header that must be present, not empty, and UTF-8.
    fn required<'a>(&mut self, name: &str, value: Option<&'a HeaderValue>) -> &'a str {
        let problem = match value.map(text) {
            None => "is missing",
            Some(Err(NotUtf8)) => "is not UTF-8",
            Some(Ok("")) => "is empty",
            Some(Ok(text)) => return text,
        };
        self.0.push(format!("the header {name} {problem}"));
        ""
    }

    /// Reads a header that may be missing or empty, but must be UTF-8 if present.
    fn optional(&mut self, name: &str, value: Option<&HeaderValue>) -> Option<String> {
        let Ok(text) = text(value?) else {
            self.0.push(format!("the header {name} is not UTF-8"));
            return None;
        };
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn none_or_error(self) -> Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        Err(Error::invalid_payload(self.0.join("; ")))
    }
}

/// Reads a header that counts as missing if it is not UTF-8: a call must not fail for its trace context.
fn ignorable(value: &HeaderValue) -> Option<String> {
    let text = text(value).ok()?;
    (!text.is_empty()).then(|| text.to_owned())
}

struct NotUtf8;

fn text(value: &HeaderValue) -> Result<&str, NotUtf8> {
    str::from_utf8(value.as_bytes()).map_err(|_| NotUtf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_value_of_a_repeated_header_is_used() {
        let mut headers = HeaderMap::new();
        for name in [
            "x-bot-user-id",
            "x-integration-id",
            "x-integration-alias",
            "x-webhook-id",
        ] {
            headers.insert(name, HeaderValue::from_static("1"));
        }
        for (bot, operation) in [("bot_1", "register"), ("bot_2", "ping")] {
            headers.append("x-bot-id", HeaderValue::from_static(bot));
            headers.append("x-bp-operation", HeaderValue::from_static(operation));
            headers.append("x-bp-configuration", HeaderValue::from_static(bot));
        }
        let Ok(call) = read_headers(&headers) else {
            panic!("every header is there");
        };
        assert_eq!(call.identity.bot_id, "bot_2");
        assert_eq!(call.identity.operation, Operation::Ping);
        assert_eq!(call.configuration.text, "bot_2");
    }
}
