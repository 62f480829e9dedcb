//! The headers that every call has.

use std::sync::Arc;

use http::{HeaderMap, HeaderValue};

use crate::{CallIdentity, Error, Operation, Result};

/// The header that makes a request a call.
pub(crate) const OPERATION: &str = "x-bp-operation";

/// What the headers of a call say; the configuration is not read yet.
pub(crate) struct CallHeaders {
    pub(crate) identity: Arc<CallIdentity>,
    pub(crate) configuration: EncodedConfiguration,
}

/// A configuration as it came. It may hold secrets, so it has no `Debug`.
pub(crate) struct EncodedConfiguration {
    /// None for the primary configuration.
    pub(crate) configuration_type: Option<String>,
    /// JSON in base64.
    pub(crate) text: HeaderValue,
}

/// Reads the headers of a call.
///
/// # Errors
///
/// Names every header that is missing, empty or not text.
pub(crate) fn read_headers(headers: &HeaderMap) -> Result<CallHeaders> {
    let mut reader = HeaderReader {
        headers,
        problems: Vec::new(),
    };
    let call = CallHeaders {
        identity: Arc::new(CallIdentity {
            bot_id: reader.required("x-bot-id"),
            bot_user_id: reader.required("x-bot-user-id"),
            integration_id: reader.required("x-integration-id"),
            integration_alias: reader.required("x-integration-alias"),
            webhook_id: reader.required("x-webhook-id"),
            operation: Operation::from_wire(reader.required_text(OPERATION)),
            traceparent: reader.ignorable("traceparent"),
            tracestate: reader.ignorable("tracestate"),
        }),
        configuration: EncodedConfiguration {
            text: reader.required_value("x-bp-configuration"),
            configuration_type: reader.optional("x-bp-configuration-type"),
        },
    };
    if reader.problems.is_empty() {
        Ok(call)
    } else {
        Err(Error::invalid_payload(reader.problems.join("; ")))
    }
}

/// Reads headers and remembers what is wrong with them.
struct HeaderReader<'a> {
    headers: &'a HeaderMap,
    problems: Vec<String>,
}

impl<'a> HeaderReader<'a> {
    /// A header that has to be there.
    fn required(&mut self, name: &str) -> String {
        self.required_text(name).to_owned()
    }

    fn required_text(&mut self, name: &str) -> &'a str {
        let problem = match self.text(name) {
            None => "is missing",
            Some(Err(NotUtf8)) => "is not UTF-8",
            Some(Ok("")) => "is empty",
            Some(Ok(text)) => return text,
        };
        self.problems.push(format!("the header {name} {problem}"));
        ""
    }

    /// A header that has to be there, without a copy of its bytes.
    fn required_value(&mut self, name: &str) -> HeaderValue {
        self.required_text(name);
        let value = self.value(name).cloned();
        value.unwrap_or_else(|| HeaderValue::from_static(""))
    }

    /// A header that may be missing or empty, but has to be text when it is there.
    fn optional(&mut self, name: &str) -> Option<String> {
        let Ok(text) = self.text(name)? else {
            self.problems
                .push(format!("the header {name} is not UTF-8"));
            return None;
        };
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// A header that counts as missing when it cannot be read: no call fails for its trace.
    fn ignorable(&self, name: &str) -> Option<String> {
        let text = self.text(name)?.ok()?;
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn text(&self, name: &str) -> Option<Result<&'a str, NotUtf8>> {
        let value = self.value(name)?;
        Some(str::from_utf8(value.as_bytes()).map_err(|_| NotUtf8))
    }

    /// Of a header that was sent several times, the last is meant, as the official server has it.
    fn value(&self, name: &str) -> Option<&'a HeaderValue> {
        self.headers.get_all(name).iter().next_back()
    }
}

struct NotUtf8;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_header_that_is_repeated_the_last_is_meant() {
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
            headers.append(OPERATION, HeaderValue::from_static(operation));
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
