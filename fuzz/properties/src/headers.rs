//! Any headers, any configuration.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

use crate::service::{Ask, TestApp};
use crate::{Use, answer};

/// The header whose value is sent in base64 as `x-bp-configuration`, so that mutations can change the plain text.
const PLAIN: &[u8] = b"configuration";

/// The secret of a configuration, which must not show elsewhere.
pub(crate) const SECRET: &str = "hunter2hunter2";

/// Sends a request. The input is a line (`POST /path`), lines of headers, an empty line, the body.
///
/// # Panics
///
/// Panics if the response does not have the form of the API, if a second response differs, or if a response or the
/// log shows the secret of the configuration.
#[must_use]
pub fn headers(text: &[u8]) -> Use {
    let Some(ask) = read(text) else {
        return Use::Rejected;
    };
    let operation = text_of(&ask.headers, "x-bp-operation");
    let bench = TestApp::new();
    let first = bench.ask(ask.clone());
    let second = bench.ask(ask.clone());
    assert_eq!(
        answer::check(&operation, &first),
        answer::check(&operation, &second),
        "the second time"
    );
    if !tells_secret(text) {
        for shown in [&*String::from_utf8_lossy(first.body()), &bench.log.text()] {
            assert!(!shown.contains(SECRET), "shows a secret: {shown}");
        }
    }
    Use::Kept
}

fn read(text: &[u8]) -> Option<Ask> {
    let end = text.windows(2).position(|two| two == b"\n\n")?;
    let body = Bytes::copy_from_slice(&text[end + 2..]);
    let mut lines = text[..end].split(|byte| *byte == b'\n');
    let (method, uri) = split(lines.next()?, b' ')?;
    let mut headers = HeaderMap::new();
    for line in lines {
        let (name, value) = split(line, b':')?;
        let value = value.trim_ascii();
        let (name, value) = match name {
            PLAIN => (
                "x-bp-configuration".into(),
                BASE64_STANDARD.encode(value).into(),
            ),
            name => (String::from_utf8_lossy(name), value.to_owned()),
        };
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        headers.append(name, HeaderValue::from_bytes(&value).ok()?);
    }
    Some(Ask {
        method: method.try_into().ok()?,
        uri: uri.try_into().ok()?,
        headers,
        body,
    })
}

fn split(line: &[u8], at: u8) -> Option<(&[u8], &[u8])> {
    let position = line.iter().position(|byte| *byte == at)?;
    Some((&line[..position], &line[position + 1..]))
}

fn text_of(headers: &HeaderMap, name: &str) -> String {
    let value = headers.get(name).map_or(&b""[..], HeaderValue::as_bytes);
    String::from_utf8_lossy(value).into_owned()
}

/// Returns whether the secret is in a place that is not secret: outside of the configuration, or as the name of a
/// property.
fn tells_secret(text: &[u8]) -> bool {
    let mut lines = text.split(|byte| *byte == b'\n');
    lines.any(|line| match split(line, b':') {
        Some((PLAIN, configuration)) => {
            serde_json::from_slice(configuration).is_ok_and(|value| is_key(SECRET, &value))
        }
        _ => String::from_utf8_lossy(line).contains(SECRET),
    })
}

fn is_key(text: &str, value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| is_key(text, item)),
        Value::Object(fields) => fields
            .iter()
            .any(|(name, value)| name.contains(text) || is_key(text, value)),
        _ => false,
    }
}
