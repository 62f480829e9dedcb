//! The headers of a call.

use std::sync::Arc;

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::{CallIdentity, Error, Operation, Result};

/// The header that marks a request as a call.
pub(crate) static OPERATION: HeaderName = HeaderName::from_static("x-bp-operation");

// Header names are statics: a string would be parsed at each lookup.
static BOT_ID: HeaderName = HeaderName::from_static("x-bot-id");
static BOT_USER_ID: HeaderName = HeaderName::from_static("x-bot-user-id");
static INTEGRATION_ID: HeaderName = HeaderName::from_static("x-integration-id");
static INTEGRATION_ALIAS: HeaderName = HeaderName::from_static("x-integration-alias");
static WEBHOOK_ID: HeaderName = HeaderName::from_static("x-webhook-id");
static CONFIGURATION: HeaderName = HeaderName::from_static("x-bp-configuration");
static CONFIGURATION_TYPE: HeaderName = HeaderName::from_static("x-bp-configuration-type");
static TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");
static TRACESTATE: HeaderName = HeaderName::from_static("tracestate");

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
    let mut reader = HeaderReader {
        headers,
        problems: Vec::new(),
    };
    let call = CallHeaders {
        identity: Arc::new(CallIdentity {
            bot_id: reader.required(&BOT_ID),
            bot_user_id: reader.required(&BOT_USER_ID),
            integration_id: reader.required(&INTEGRATION_ID),
            integration_alias: reader.required(&INTEGRATION_ALIAS),
            webhook_id: reader.required(&WEBHOOK_ID),
            operation: Operation::from_wire(reader.required_text(&OPERATION)),
            traceparent: reader.ignorable(&TRACEPARENT),
            tracestate: reader.ignorable(&TRACESTATE),
        }),
        configuration: EncodedConfiguration {
            text: reader.required_value(&CONFIGURATION),
            configuration_type: reader.optional(&CONFIGURATION_TYPE),
        },
    };
    if reader.problems.is_empty() {
        Ok(call)
    } else {
        Err(Error::invalid_payload(reader.problems.join("; ")))
    }
}

/// Reads headers and collects the problems.
struct HeaderReader<'a> {
    headers: &'a HeaderMap,
    problems: Vec<String>,
}

impl<'a> HeaderReader<'a> {
    /// Reads a required header.
    fn required(&mut self, name: &HeaderName) -> String {
        self.required_text(name).to_owned()
    }

    fn required_text(&mut self, name: &HeaderName) -> &'a str {
        let value = self.value(name);
        self.check(name, value)
    }

    /// Reads a required header without copying its bytes.
    fn required_value(&mut self, name: &HeaderName) -> HeaderValue {
        let value = self.value(name);
        self.check(name, value);
        let value = value.cloned();
        value.unwrap_or_else(|| HeaderValue::from_static(""))
    }

    fn check(&mut self, name: &HeaderName, value: Option<&'a HeaderValue>) -> &'a str {
        let problem = match value.map(text) {
            None => "is missing",
            Some(Err(NotUtf8)) => "is not UTF-8",
            Some(Ok("")) => "is empty",
            Some(Ok(text)) => return text,
        };
        self.problems.push(format!("the header {name} {problem}"));
        ""
    }

    /// Reads a header that may be missing or empty, but must be UTF-8 if present.
    fn optional(&mut self, name: &HeaderName) -> Option<String> {
        let Ok(text) = self.text(name)? else {
            self.problems
                .push(format!("the header {name} is not UTF-8"));
            return None;
        };
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// Reads a header that counts as missing if it is not UTF-8: a call must not fail for its trace
    /// context.
    fn ignorable(&self, name: &HeaderName) -> Option<String> {
        let text = self.text(name)?.ok()?;
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn text(&self, name: &HeaderName) -> Option<Result<&'a str, NotUtf8>> {
        self.value(name).map(text)
    }

    /// Returns the last value of a header that is repeated, as the official server does.
    fn value(&self, name: &HeaderName) -> Option<&'a HeaderValue> {
        self.headers.get_all(name).iter().next_back()
    }
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
            headers.append(&OPERATION, HeaderValue::from_static(operation));
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
