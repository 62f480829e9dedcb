//! The headers of a call.

use std::sync::Arc;

use http::{HeaderMap, HeaderValue};

use super::installation_cache::InstallationCache;
use crate::{CallIdentity, Error, Installation, Operation, Result};

/// The header that marks a request as a call. It is a static because a string would be parsed at each lookup.
#[cfg(all(feature = "server", not(target_family = "wasm")))]
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

/// Reads the headers of a call. An installation that is known is not read again.
///
/// # Errors
///
/// Returns an error that names every header that is missing, empty or not UTF-8.
pub(crate) fn read_headers(headers: &HeaderMap, known: &InstallationCache) -> Result<CallHeaders> {
    let found = FoundHeaders::of(headers);
    let mut problems = Problems(Vec::new());
    let ids = found
        .installation
        .map(|id| id.map(HeaderValue::as_bytes).unwrap_or_default());
    let known_installation = known.get(&ids);
    let is_new = known_installation.is_none();
    let installation = known_installation
        .unwrap_or_else(|| Arc::new(read_installation(&found.installation, &mut problems)));
    let operation = problems.required("x-bp-operation", found.operation);
    problems.required("x-bp-configuration", found.configuration);
    let configuration_type = problems.optional("x-bp-configuration-type", found.configuration_type);
    problems.none_or_error()?;
    if is_new {
        known.insert(&ids, Arc::clone(&installation));
    }
    Ok(CallHeaders {
        identity: Arc::new(CallIdentity {
            installation,
            operation: Operation::from_wire(operation),
            traceparent: found.traceparent.and_then(ignorable),
            tracestate: found.tracestate.and_then(ignorable),
        }),
        configuration: EncodedConfiguration {
            text: found
                .configuration
                .cloned()
                .unwrap_or_else(|| HeaderValue::from_static("")),
            configuration_type,
        },
    })
}

/// The headers that identify an installation.
const INSTALLATION: [&str; 5] = [
    "x-bot-id",
    "x-bot-user-id",
    "x-integration-id",
    "x-integration-alias",
    "x-webhook-id",
];

/// Reads the headers in the order of [`INSTALLATION`].
fn read_installation(values: &[Option<&HeaderValue>; 5], problems: &mut Problems) -> Installation {
    let mut values = INSTALLATION.iter().zip(values);
    let mut next = || match values.next() {
        Some((name, value)) => problems.required(name, *value).to_owned(),
        None => String::new(),
    };
    Installation {
        bot_id: next(),
        bot_user_id: next(),
        integration_id: next(),
        integration_alias: next(),
        webhook_id: next(),
    }
}

/// The values of the headers of a call. They are found in one pass, because each lookup in the map hashes a name.
#[derive(Default)]
struct FoundHeaders<'a> {
    /// In the order of [`INSTALLATION`].
    installation: [Option<&'a HeaderValue>; 5],
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
                "x-bot-id" => &mut found.installation[0],
                "x-bot-user-id" => &mut found.installation[1],
                "x-integration-id" => &mut found.installation[2],
                "x-integration-alias" => &mut found.installation[3],
                "x-webhook-id" => &mut found.installation[4],
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
        let Ok(call) = read_headers(&headers, &InstallationCache::new()) else {
            panic!("every header is there");
        };
        assert_eq!(call.identity.bot_id, "bot_2");
        assert_eq!(call.identity.operation, Operation::Ping);
        assert_eq!(call.configuration.text, "bot_2");
    }

    #[test]
    fn a_known_installation_is_shared_and_the_other_headers_are_read_again() {
        let mut headers = HeaderMap::new();
        for name in INSTALLATION {
            headers.insert(name, HeaderValue::from_static("1"));
        }
        headers.insert("x-bp-operation", HeaderValue::from_static("ping"));
        let known = InstallationCache::new();
        assert!(read_headers(&headers, &known).is_err(), "no configuration");
        headers.insert("x-bp-configuration", HeaderValue::from_static("e30="));
        let read = || {
            read_headers(&headers, &known)
                .ok()
                .map(|call| call.identity)
        };
        let (first, second) = (read().unwrap(), read().unwrap());
        assert!(Arc::ptr_eq(&first.installation, &second.installation));
        headers.insert("x-webhook-id", HeaderValue::from_static("2"));
        let Ok(other) = read_headers(&headers, &known) else {
            panic!("every header is there");
        };
        assert_eq!(other.identity.webhook_id, "2");
        headers.insert("x-bp-operation", HeaderValue::from_static(""));
        assert!(
            read_headers(&headers, &known).is_err(),
            "an empty operation"
        );
    }
}
