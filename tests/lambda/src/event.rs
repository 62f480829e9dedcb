//! Events of a function URL.

use std::time::SystemTime;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use contexture::CallSigner;
use serde_json::{Map, Value, json};

/// A request to a function URL, in the payload format 2.0.
#[derive(Clone, Debug)]
pub struct Event {
    method: &'static str,
    path: String,
    headers: Map<String, Value>,
    body: Vec<u8>,
    is_base64: bool,
}

impl Event {
    /// Creates a call of Botpress with a configuration.
    #[must_use]
    pub fn call(operation: &str, configuration: &Value, body: &Value) -> Self {
        let configuration = BASE64_STANDARD.encode(configuration.to_string());
        let headers = [
            ("content-type", "application/json"),
            ("host", "abc.lambda-url.eu-west-1.on.aws"),
            ("x-bot-id", "bot-1"),
            ("x-bot-user-id", "user-1"),
            ("x-bp-configuration", &configuration),
            ("x-bp-operation", operation),
            ("x-integration-alias", "alias-1"),
            ("x-integration-id", "integration-1"),
            ("x-webhook-id", "webhook-1"),
        ];
        let headers = headers.map(|(name, value)| (name.to_owned(), Value::from(value)));
        Self {
            method: "POST",
            path: "/".to_owned(),
            headers: headers.into_iter().collect(),
            body: body.to_string().into_bytes(),
            is_base64: false,
        }
    }

    /// Creates a request of the health probe.
    #[must_use]
    pub fn health() -> Self {
        Self {
            method: "GET",
            path: "/health".to_owned(),
            headers: Map::new(),
            body: Vec::new(),
            is_base64: false,
        }
    }

    /// Encodes the body in base64, as Lambda does for media types that are not text.
    #[must_use]
    pub fn in_base64(mut self) -> Self {
        self.is_base64 = true;
        self
    }

    /// Signs the body, as Botpress does.
    ///
    /// # Panics
    ///
    /// Panics if the secret is invalid.
    #[must_use]
    pub fn signed(mut self, secret: &str) -> Self {
        let signer = CallSigner::new([secret]).expect("a signing secret");
        let signature = signer.sign(&self.body, SystemTime::now());
        self.headers
            .insert("x-bp-signature".to_owned(), signature.into());
        self
    }

    /// Returns the event as JSON.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let body = if self.is_base64 {
            BASE64_STANDARD.encode(&self.body)
        } else {
            String::from_utf8_lossy(&self.body).into_owned()
        };
        json!({
            "version": "2.0",
            "routeKey": "$default",
            "rawPath": self.path,
            "rawQueryString": "",
            "headers": self.headers,
            "isBase64Encoded": self.is_base64,
            "body": body,
            "requestContext": {
                "accountId": "anonymous",
                "apiId": "abc",
                "domainName": "abc.lambda-url.eu-west-1.on.aws",
                "domainPrefix": "abc",
                "http": {
                    "method": self.method,
                    "path": self.path,
                    "protocol": "HTTP/1.1",
                    "sourceIp": "127.0.0.1",
                    "userAgent": "botpress",
                },
                "requestId": "request-1",
                "routeKey": "$default",
                "stage": "$default",
                "time": "12/Mar/2026:19:03:58 +0000",
                "timeEpoch": 1_773_342_238_000_i64,
            },
        })
    }
}
