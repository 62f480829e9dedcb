//! A webhook request, as the platform has received it.

use axum::http::request::Parts;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use serde_json::{Map, Value, json};

use crate::exchange::SentRequest;

/// A request to a webhook address.
#[derive(Clone)]
pub(in crate::platform) struct Received {
    pub(in crate::platform) method: String,
    /// The whole path, percent-encoded as it came.
    pub(in crate::platform) path: String,
    /// The query, without `?`.
    pub(in crate::platform) query: String,
    /// The headers as texts.
    pub(in crate::platform) headers: Vec<(String, String)>,
    pub(in crate::platform) body: Bytes,
}

impl Received {
    pub(in crate::platform) fn new(parts: &Parts, body: Bytes) -> Self {
        Self {
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            headers: texts(&parts.headers),
            body,
        }
    }

    /// The request as it is recorded.
    pub(in crate::platform) fn sent(&self) -> SentRequest {
        SentRequest {
            method: self.method.clone(),
            path: self.path_and_query(),
            headers: self.headers.clone(),
            body: self.body.clone().into(),
        }
    }

    pub(in crate::platform) fn path_and_query(&self) -> String {
        match self.query.as_str() {
            "" => self.path.clone(),
            query => format!("{}?{query}", self.path),
        }
    }

    /// The body as text. Botpress passes bodies as text, so bytes that are no UTF-8 are lost.
    pub(in crate::platform) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// What a reader has to know about the request.
    pub(in crate::platform) fn note(&self) -> Option<String> {
        let is_text = str::from_utf8(&self.body).is_ok();
        (!is_text).then(|| {
            "the body is not UTF-8: Botpress passes bodies as text, so the integration received \u{fffd} in the place of \
             other bytes"
                .to_owned()
        })
    }

    /// The headers with lower-case names and one value each.
    pub(in crate::platform) fn header_values(&self) -> Map<String, Value> {
        let mut values: Map<String, Value> = Map::new();
        for (name, value) in &self.headers {
            let name = name.to_ascii_lowercase();
            let separator = if name == "cookie" { "; " } else { ", " };
            let joined = match values.get(&name).and_then(Value::as_str) {
                Some(before) => format!("{before}{separator}{value}"),
                None => value.clone(),
            };
            values.insert(name, joined.into());
        }
        values
    }

    /// The body of the operation `webhook_received`. `path` is what the integration sees.
    pub(in crate::platform) fn operation(&self, path: &str) -> Value {
        let mut request = json!({
            "method": self.method,
            "path": path,
            "query": self.query,
            "headers": self.header_values(),
        });
        if !self.body.is_empty() {
            request["body"] = self.text().into();
        }
        json!({ "req": request })
    }

    /// A parameter of the query.
    pub(in crate::platform) fn parameter(&self, name: &str) -> Option<String> {
        let mut parameters = form_urlencoded::parse(self.query.as_bytes());
        let found = parameters.find(|(known, _)| known == name);
        found.map(|(_, value)| value.into_owned())
    }
}

/// Reads headers. A value that is no UTF-8 is read as Latin-1, as Node.js does.
fn texts(headers: &HeaderMap) -> Vec<(String, String)> {
    let texts = headers.iter();
    texts
        .map(|(name, value)| (name.to_string(), text(value)))
        .collect()
}

fn text(value: &HeaderValue) -> String {
    let bytes = value.as_bytes();
    match str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn received(headers: &[(&str, &str)], body: &'static [u8]) -> Received {
        let headers = headers.iter();
        Received {
            method: "POST".to_owned(),
            path: "/webhook/webhook_1/in".to_owned(),
            query: "state=a%20b&state=c".to_owned(),
            headers: headers
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            body: Bytes::from_static(body),
        }
    }

    #[test]
    fn a_header_that_is_repeated_has_one_value() {
        let headers = [
            ("X-A", "1"),
            ("x-a", "2"),
            ("Cookie", "a=1"),
            ("cookie", "b=2"),
        ];
        assert_eq!(
            Value::from(received(&headers, b"").header_values()),
            json!({ "x-a": "1, 2", "cookie": "a=1; b=2" })
        );
    }

    #[test]
    fn a_request_without_body_has_none() {
        let request = received(&[], b"");
        assert_eq!(
            request.operation("/in"),
            json!({ "req": {
                "method": "POST", "path": "/in", "query": "state=a%20b&state=c", "headers": {},
            } })
        );
        assert_eq!(request.note(), None);
        assert_eq!(request.parameter("state").as_deref(), Some("a b"));
    }

    #[test]
    fn bytes_that_are_no_text_are_replaced_and_noted() {
        let request = received(&[], b"a\xff");
        assert_eq!(request.operation("/")["req"]["body"], "a\u{fffd}");
        assert!(request.note().unwrap().contains("not UTF-8"));
    }

    #[test]
    fn a_header_that_is_no_utf_8_is_read_as_latin_1() {
        let value = HeaderValue::from_bytes(b"caf\xe9").unwrap();
        assert_eq!(text(&value), "café");
        assert_eq!(
            text(&HeaderValue::from_bytes("café".as_bytes()).unwrap()),
            "café"
        );
    }
}
