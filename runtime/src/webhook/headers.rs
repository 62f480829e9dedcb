//! The headers of a webhook request.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

/// The headers of a webhook request. Lookups ignore the case of names. Each header has one value.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct WebhookHeaders(Vec<(String, String)>);

impl WebhookHeaders {
    /// Returns the value of a header. The case of `name` is ignored.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    /// Iterates over all headers, in the order of the request.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    pub(super) fn push(&mut self, name: String, value: String) {
        self.0.push((name, value));
    }

    /// Sets a header in place of those with its name.
    #[cfg(feature = "webhook-signatures")]
    pub(super) fn set(&mut self, name: &str, value: String) {
        self.0
            .retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.push(name.to_owned(), value);
    }

    /// Reads headers leniently: several values are joined, and values that are not text are left
    /// out.
    pub(crate) fn from_wire(headers: &Value) -> Self {
        let fields = headers.as_object().into_iter().flatten();
        fields
            .filter_map(|(name, value)| Some((name.clone(), header_text(value)?)))
            .collect()
    }
}

fn header_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Array(values) => {
            let texts: Vec<_> = values.iter().filter_map(header_text).collect();
            Some(texts.join(", "))
        }
        Value::Null | Value::Object(_) => None,
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for WebhookHeaders {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(headers: I) -> Self {
        let texts = headers.into_iter();
        Self(
            texts
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }
}

impl Serialize for WebhookHeaders {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

/// Shows only the names, because values are often tokens or signatures.
impl fmt::Debug for WebhookHeaders {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_list()
            .entries(self.iter().map(|(name, _)| name))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn headers_are_found_in_any_case_and_have_one_value() {
        let headers = json!({ "X-A": "1", "x-b": ["2", "3"], "x-c": null, "x-d": 4 });
        let headers = WebhookHeaders::from_wire(&headers);
        assert_eq!(headers.get("x-a"), Some("1"));
        assert_eq!(headers.get("X-B"), Some("2, 3"));
        assert_eq!(headers.get("x-c"), None);
        assert_eq!(headers.get("x-d"), Some("4"));
    }

    #[test]
    fn debug_shows_no_value() {
        let headers = WebhookHeaders::from_iter([("authorization", "Bearer hunter2")]);
        assert_eq!(format!("{headers:?}"), r#"["authorization"]"#);
    }
}
