//! The headers that every call has.

use std::sync::Arc;

use http::HeaderMap;

use crate::{CallIdentity, Error, Operation, Result};

/// The header that makes a request a call.
pub(crate) const OPERATION: &str = "x-bp-operation";

/// What the headers of a call say; the configuration is not read yet.
pub(crate) struct CallHeaders {
    pub(crate) identity: Arc<CallIdentity>,
    pub(crate) configuration: EncodedConfiguration,
}

/// A configuration as it came. It may hold secrets, so it has no `Debug`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct EncodedConfiguration {
    /// None for the primary configuration.
    pub(crate) configuration_type: Option<String>,
    /// JSON in base64.
    pub(crate) text: String,
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
            operation: Operation::from_wire(&reader.required(OPERATION)),
            traceparent: reader.ignorable("traceparent"),
            tracestate: reader.ignorable("tracestate"),
        }),
        configuration: EncodedConfiguration {
            text: reader.required("x-bp-configuration"),
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

impl HeaderReader<'_> {
    /// A header that has to be there.
    fn required(&mut self, name: &str) -> String {
        let problem = match self.text(name) {
            None => "is missing",
            Some(Err(NotUtf8)) => "is not UTF-8",
            Some(Ok("")) => "is empty",
            Some(Ok(text)) => return text.to_owned(),
        };
        self.problems.push(format!("the header {name} {problem}"));
        String::new()
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

    fn text(&self, name: &str) -> Option<Result<&str, NotUtf8>> {
        let value = self.headers.get(name)?;
        Some(str::from_utf8(value.as_bytes()).map_err(|_| NotUtf8))
    }
}

struct NotUtf8;
