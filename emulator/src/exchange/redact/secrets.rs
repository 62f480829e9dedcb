//! The secrets that are known at an exchange.

use std::fmt;

use serde_json::Value;

use super::encoded::base64_texts;
use super::nodes::secret_nodes;
use super::placeholder::{Form, placeholder, remaining, restore};
use super::scan::Pattern;

/// Secrets with their names: those of an instance's configuration, of the integration, and the tokens.
#[derive(Clone, Default)]
pub struct Secrets {
    /// The longest first, because a secret can contain another one.
    named: Vec<Named>,
    /// The JSON pointers of the secret parts of the configuration.
    pointers: Vec<String>,
}

#[derive(Clone)]
struct Named {
    name: String,
    value: String,
    /// The texts that it has inside of Base64.
    encoded: Vec<String>,
}

impl Secrets {
    /// Creates an empty set.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The secrets of a configuration: the values that its schema marks with `x-zui.secret`. Their names are JSON
    /// pointers.
    #[must_use]
    pub fn of_configuration(schema: &Value, configuration: &Value) -> Self {
        let mut secrets = Self::new();
        for node in secret_nodes(schema, configuration) {
            secrets.add_leaves(&node.pointer, node.value);
            secrets.pointers.push(node.pointer);
        }
        secrets
    }

    /// The secrets in the payload of a state. They are not restored in a replay, because the state may have changed.
    #[must_use]
    pub fn of_state(name: &str, schema: &Value, payload: &Value) -> Self {
        let mut secrets = Self::new();
        for node in secret_nodes(schema, payload) {
            let name = format!("state {name} {}", node.pointer);
            secrets.add_leaves(&name, node.value);
        }
        secrets
    }

    /// Adds a secret. An empty one is ignored.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.add(name.into(), value.into());
        self
    }

    /// Adds other secrets.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        for secret in other.named {
            self.add(secret.name, secret.value);
        }
        for pointer in other.pointers {
            if !self.pointers.contains(&pointer) {
                self.pointers.push(pointer);
            }
        }
        self
    }

    /// The values.
    pub(crate) fn values(&self) -> impl Iterator<Item = &str> {
        self.named.iter().map(|secret| secret.value.as_str())
    }

    /// The names with their values.
    pub(crate) fn named(&self) -> impl Iterator<Item = (&str, &str)> {
        let named = self.named.iter();
        named.map(|secret| (secret.name.as_str(), secret.value.as_str()))
    }

    fn add(&mut self, name: String, value: String) {
        let is_known = |known: &Named| known.name == name && known.value == value;
        if value.is_empty() || self.named.iter().any(is_known) {
            return;
        }
        let length = value.len();
        let place = self
            .named
            .partition_point(|known| known.value.len() >= length);
        let encoded = base64_texts(&value);
        let secret = Named {
            name,
            value,
            encoded,
        };
        self.named.insert(place, secret);
    }

    fn add_leaves(&mut self, pointer: &str, value: &Value) {
        match value {
            Value::Null | Value::Bool(_) => {}
            Value::String(text) => self.add(pointer.to_owned(), text.clone()),
            Value::Number(number) => self.add(pointer.to_owned(), number.to_string()),
            Value::Array(items) => items.iter().for_each(|item| self.add_leaves(pointer, item)),
            Value::Object(fields) => {
                fields
                    .values()
                    .for_each(|field| self.add_leaves(pointer, field));
            }
        }
    }

    /// Replaces all secrets in a text.
    #[must_use]
    pub fn redact(&self, text: &str) -> String {
        let redacted = self.redact_bytes(text.as_bytes());
        // Secrets and placeholders are texts, so what remains is one.
        String::from_utf8(redacted).unwrap_or_else(|_| "[redacted]".to_owned())
    }

    /// Replaces all secrets in bytes.
    #[must_use]
    pub fn redact_bytes(&self, text: &[u8]) -> Vec<u8> {
        let mut redacted = self.redact_written(text);
        for secret in &self.named {
            for encoded in &secret.encoded {
                let replacement = placeholder(&secret.name, Form::Other);
                replace_all(&mut redacted, encoded.as_bytes(), replacement.as_bytes());
            }
        }
        redacted
    }

    /// Replaces the secrets that are not in Base64.
    fn redact_written(&self, text: &[u8]) -> Vec<u8> {
        let named = self.named.iter();
        let patterns: Vec<_> = named
            .map(|secret| (Pattern::new(&secret.value), secret))
            .collect();
        let mut redacted = Vec::with_capacity(text.len());
        let mut at = 0;
        while let Some(byte) = text.get(at) {
            let mut found = patterns.iter().filter_map(|(pattern, secret)| {
                let end = pattern.end(text, at)?;
                Some((end, secret))
            });
            match found.next() {
                Some((end, secret)) if end > at => {
                    let form = Form::of(&text[at..end], &secret.value);
                    redacted.extend_from_slice(placeholder(&secret.name, form).as_bytes());
                    at = end;
                }
                _ => {
                    redacted.push(*byte);
                    at += 1;
                }
            }
        }
        redacted
    }

    /// Replaces the secret parts of a configuration, whatever they are, and all secrets elsewhere in it.
    #[must_use]
    pub fn redact_configuration(&self, configuration: &Value) -> Value {
        let mut configuration = configuration.clone();
        for pointer in &self.pointers {
            if let Some(part) = configuration.pointer_mut(pointer)
                && !part.is_null()
            {
                *part = placeholder(pointer, Form::Plain).into();
            }
        }
        self.redact_value(&mut configuration);
        configuration
    }

    fn redact_value(&self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.redact(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.redact_value(item)),
            Value::Object(fields) => {
                fields
                    .values_mut()
                    .for_each(|field| self.redact_value(field));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// Writes the secrets in the places of their placeholders.
    ///
    /// # Errors
    ///
    /// Returns the names of the secrets that are not known, or were encoded in a form that is not written again.
    pub fn restore(&self, text: &[u8]) -> Result<Vec<u8>, Vec<String>> {
        let mut text = text.to_vec();
        for secret in &self.named {
            restore(&mut text, &secret.name, &secret.value);
        }
        match remaining(&text) {
            missing if missing.is_empty() => Ok(text),
            missing => Err(missing),
        }
    }
}

fn replace_all(text: &mut Vec<u8>, from: &[u8], to: &[u8]) {
    let mut at = 0;
    while let Some(found) = text
        .get(at..)
        .and_then(|rest| rest.windows(from.len()).position(|window| window == from))
    {
        let start = at + found;
        text.splice(start..start + from.len(), to.iter().copied());
        at = start + to.len();
    }
}

/// Shows only the names.
impl fmt::Debug for Secrets {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.named.iter().map(|secret| &secret.name);
        formatter.debug_list().entries(names).finish()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn schema() -> Value {
        json!({ "properties": {
            "key": { "type": "string", "x-zui": { "secret": true } },
            "account": { "x-zui": { "secret": true } },
            "region": { "type": "string" },
        } })
    }

    #[test]
    fn secret_parts_of_a_configuration_are_replaced_and_others_kept() {
        let configuration =
            json!({ "key": "k", "account": { "pin": 1234, "deep": ["hunter2"] }, "region": "eu" });
        let secrets = Secrets::of_configuration(&schema(), &configuration);
        assert_eq!(
            secrets.redact_configuration(&configuration),
            json!({ "key": "[secret /key]", "account": "[secret /account]", "region": "eu" })
        );
        assert_eq!(
            secrets.redact("it is hunter2, and eu"),
            "it is [secret /account], and eu"
        );
    }

    #[test]
    fn the_longer_of_two_secrets_is_replaced_first() {
        let secrets = Secrets::new()
            .with("short", "hunter2")
            .with("long", "hunter2-hunter3");
        assert_eq!(
            secrets.redact("hunter2-hunter3 hunter2"),
            "[secret long] [secret short]"
        );
    }

    #[test]
    fn a_redacted_body_is_restored() {
        let secrets = Secrets::new().with("/key", "line\n\"two\"");
        let inner = json!({ "key": "line\n\"two\"" }).to_string();
        let body = json!({ "key": "line\n\"two\"", "inner": inner }).to_string();
        let redacted = secrets.redact(&body);
        assert_eq!(
            redacted,
            r#"{"key":"[secret /key|json]","inner":"{\"key\":\"[secret /key|json-in-json]\"}"}"#
        );
        assert_eq!(secrets.restore(redacted.as_bytes()), Ok(body.into_bytes()));
    }

    #[test]
    fn a_secret_inside_of_base64_is_replaced_and_not_restored() {
        use base64::Engine as _;
        let secrets = Secrets::new().with("/key", "correct horse");
        let encoded = base64::prelude::BASE64_STANDARD.encode("user:correct horse");
        let redacted = secrets.redact(&encoded);
        assert!(redacted.contains("[secret /key|encoded]"), "{redacted}");
        let missing = vec!["/key|encoded".to_owned()];
        assert_eq!(secrets.restore(redacted.as_bytes()), Err(missing));
        let unknown = vec!["/other".to_owned()];
        assert_eq!(secrets.restore(b"[secret /other]"), Err(unknown));
    }

    #[test]
    fn debug_shows_names_alone() {
        let secrets = Secrets::new().with("/key", "hunter2");
        assert_eq!(format!("{secrets:?}"), r#"["/key"]"#);
    }
}
