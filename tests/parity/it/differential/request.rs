//! A request on the wire, and its meaning.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::Value;

/// The required headers of every call.
pub(super) const REQUIRED: [&str; 7] = [
    "x-bot-id",
    "x-bot-user-id",
    "x-integration-id",
    "x-integration-alias",
    "x-webhook-id",
    "x-bp-operation",
    "x-bp-configuration",
];

/// A request.
#[derive(Clone)]
pub(super) struct Request {
    pub(super) method: &'static str,
    pub(super) target: String,
    pub(super) headers: Vec<(String, Vec<u8>)>,
    pub(super) body: Vec<u8>,
    /// The offsets at which the body is cut into chunks. Without cuts it is sent whole, with its length.
    pub(super) cuts: Vec<usize>,
}

/// The meaning of a configuration header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Configuration {
    /// It is not base64 of JSON.
    Unreadable,
    /// Its type is not declared, or it is invalid against the schema of its type.
    Unfit,
    Fit,
}

impl Request {
    /// Sets a header, and replaces those with the same name.
    pub(super) fn set(&mut self, name: &str, value: impl Into<Vec<u8>>) {
        self.remove(name);
        self.headers.push((name.to_owned(), value.into()));
    }

    pub(super) fn remove(&mut self, name: &str) {
        self.headers
            .retain(|(known, _)| !known.eq_ignore_ascii_case(name));
    }

    pub(super) fn to_http(&self) -> Vec<u8> {
        let mut bytes = format!("{} {} HTTP/1.1\r\n", self.method, self.target).into_bytes();
        for (name, value) in &self.headers {
            bytes.extend_from_slice(name.as_bytes());
            bytes.extend_from_slice(b": ");
            bytes.extend_from_slice(value);
            bytes.extend_from_slice(b"\r\n");
        }
        if self.cuts.is_empty() {
            bytes.extend_from_slice(
                format!("content-length: {}\r\n\r\n", self.body.len()).as_bytes(),
            );
            bytes.extend_from_slice(&self.body);
            return bytes;
        }
        bytes.extend_from_slice(b"transfer-encoding: chunked\r\n\r\n");
        let ends = self.cuts.iter().copied().chain([self.body.len()]);
        let mut start = 0;
        for end in ends {
            bytes.extend_from_slice(format!("{:x}\r\n", end - start).as_bytes());
            bytes.extend_from_slice(&self.body[start..end]);
            bytes.extend_from_slice(b"\r\n");
            start = end;
        }
        bytes.extend_from_slice(b"0\r\n\r\n");
        bytes
    }

    /// The value of a header; the last of several.
    pub(super) fn header(&self, name: &str) -> Option<&[u8]> {
        let mut named = self.headers.iter().rev();
        let found = named.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_slice())
    }

    /// The requested operation, if it is text.
    pub(super) fn operation(&self) -> &str {
        let name = self.header("x-bp-operation").unwrap_or_default();
        str::from_utf8(name).unwrap_or_default()
    }

    /// The body that the official server reads, which it does for some methods only.
    pub(super) fn body(&self) -> &[u8] {
        match self.method {
            "POST" | "PUT" | "PATCH" => &self.body,
            _ => &[],
        }
    }

    pub(super) fn json(&self) -> Option<Value> {
        serde_json::from_slice(self.body()).ok()
    }

    pub(super) fn configuration(&self) -> Configuration {
        let header = self.header("x-bp-configuration").unwrap_or_default();
        let Some(value) = decode(header) else {
            return Configuration::Unreadable;
        };
        let fits = match self.header("x-bp-configuration-type").unwrap_or_default() {
            b"" => {
                text(&value, "apiKey").is_some_and(|key| !key.is_empty())
                    && matches!(text(&value, "region"), Some("us" | "eu" | "asia"))
                    && value.get("debug").is_none_or(Value::is_boolean)
            }
            b"oauth" => {
                text(&value, "clientId").is_some() && text(&value, "clientSecret").is_some()
            }
            b"personalAccessToken" => text(&value, "token").is_some(),
            _ => false,
        };
        if fits {
            Configuration::Fit
        } else {
            Configuration::Unfit
        }
    }
}

fn decode(header: &[u8]) -> Option<Value> {
    let config =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let standard = header.iter().map(|byte| match byte {
        b'-' => b'+',
        b'_' => b'/',
        other => *other,
    });
    let standard: Vec<_> = standard
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect();
    let bytes = GeneralPurpose::new(&STANDARD, config)
        .decode(standard)
        .ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// A string property of an object.
pub(super) fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str()
}
