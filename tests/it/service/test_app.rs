//! An integration under test, with recorders for the API and the log.

use std::sync::{Arc, Mutex};

use base64::{Engine, prelude::BASE64_STANDARD};
use bytes::Bytes;
use contexture::testing::{LogRecorder, RecordingTransport};
use contexture::{Definition, Environment, Service};
use http::{Method, Request};
use serde_json::{Value, json};

/// The notes of handlers, in order. Clones share them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notes(Arc<Mutex<Vec<String>>>);

impl Notes {
    pub(crate) fn add(&self, note: impl Into<String>) {
        self.0.lock().unwrap().push(note.into());
    }

    /// Returns the notes, and clears them.
    pub(crate) fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

pub(crate) struct TestApp<D: Definition> {
    service: Service<D>,
    log: LogRecorder,
    api: RecordingTransport,
}

/// The response to a request.
#[derive(Debug, PartialEq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
}

impl<D: Definition> TestApp<D> {
    pub(crate) fn new(service: Service<D>) -> Self {
        let (log, api) = (LogRecorder::new(), RecordingTransport::new());
        let environment = Environment::new()
            .access_log(false)
            .log_sink(Arc::new(log.clone()))
            .transport(Arc::new(api.clone()));
        let service = service.environment(environment);
        Self { service, log, api }
    }

    pub(crate) async fn ask(&self, ask: Ask) -> Answer {
        let (parts, body) = self.service.call_bytes(ask.request()).await.into_parts();
        Answer {
            status: parts.status.as_u16(),
            body: String::from_utf8(body.to_vec()).unwrap(),
        }
    }

    /// The requests to Botpress, one line each.
    pub(crate) fn asked(&self) -> Vec<String> {
        let requests = self.api.requests();
        requests.iter().map(ToString::to_string).collect()
    }

    /// The messages of the log, without their readers and the details of failures.
    pub(crate) fn logged(&self) -> Vec<String> {
        let lines = self.log.lines();
        lines.iter().map(|line| message_of(&line.text)).collect()
    }
}

fn message_of(line: &str) -> String {
    let message = line.strip_prefix("for the bot's owner: ").unwrap_or(line);
    match message.rsplit_once(" (") {
        Some((message, details)) if details.contains("err_") => message.to_owned(),
        _ => message.to_owned(),
    }
}

impl Answer {
    pub(crate) fn ok(body: &str) -> Self {
        Self {
            status: 200,
            body: body.to_owned(),
        }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// The response without the id of an error, which varies.
    pub(crate) fn without_id(&self) -> (u16, String) {
        match serde_json::from_str::<Value>(&self.body) {
            Ok(Value::Object(mut error)) => {
                error.remove("id");
                (self.status, Value::Object(error).to_string())
            }
            _ => (self.status, self.body.clone()),
        }
    }

    /// Asserts an error in the form of the API, with this message.
    #[track_caller]
    pub(crate) fn is_refusal(&self, message: &str) {
        let error = self.json();
        assert_eq!(error["message"], message);
        let kind = (self.status, &error["code"], &error["type"]);
        assert_eq!(kind, (400, &json!(400), &json!("InvalidPayload")));
        assert!(error["id"].as_str().unwrap().starts_with("err_"), "{error}");
    }
}

/// A request of an operation, with every header that a call needs.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    headers: Vec<(String, String)>,
    body: String,
}

impl Ask {
    /// A request of an operation with a configuration of a type, which is `None` for the primary one.
    pub(crate) fn new(operation: &str, kind: Option<&str>, configuration: &Value) -> Self {
        let ask = Self {
            headers: Vec::new(),
            body: String::new(),
        }
        .header("x-bot-id", "bot-1")
        .header("x-bot-user-id", "bot-user-1")
        .header("x-integration-id", "integration-1")
        .header("x-integration-alias", "alias-1")
        .header("x-webhook-id", "webhook-1")
        .header("x-bp-operation", operation)
        .configuration(&configuration.to_string());
        match kind {
            Some(kind) => ask.header("x-bp-configuration-type", kind),
            None => ask,
        }
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self = self.without(name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self
    }

    /// Sets the text of the configuration, which may be invalid JSON.
    pub(crate) fn configuration(self, text: &str) -> Self {
        self.header("x-bp-configuration", &BASE64_STANDARD.encode(text))
    }

    pub(crate) fn body(mut self, body: &Value) -> Self {
        self.body = body.to_string();
        self
    }

    pub(crate) fn request(self) -> Request<Bytes> {
        let request = Request::builder().method(Method::POST).uri("/");
        let headers = self.headers.into_iter();
        let request = headers.fold(request, |request, (name, value)| {
            request.header(name, value)
        });
        request.body(Bytes::from(self.body)).unwrap()
    }
}
