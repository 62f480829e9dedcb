//! An integration under test. It takes requests as bytes and records its effects.

use std::sync::Arc;

use base64::{Engine, prelude::BASE64_STANDARD};
use bytes::Bytes;
use contexture::{
    Environment, Secret, Service, UnknownFields,
    testing::{LogRecorder, RecordingTransport},
};
use http::{Method, Request};
use serde_json::{Value, json};

use crate::{
    handlers::{Author, Notes},
    sample::{self, Configuration, Definition, PersonalAccessTokenConfiguration, Secrets},
};

pub(crate) const WEBHOOK_URL: &str = "https://webhook.example/wh_1";

/// An integration with recorders in place of the API and the log.
pub(crate) struct TestApp {
    pub(crate) service: Service<Definition>,
    pub(crate) notes: Notes,
    pub(crate) log: LogRecorder,
    pub(crate) api: RecordingTransport,
}

pub(crate) fn secrets() -> Secrets {
    Secrets {
        webhook_secret: Secret::from("shared"),
        other: None,
    }
}

/// A configuration for tests that do not depend on its content.
pub(crate) fn configuration() -> Configuration {
    Configuration::PersonalAccessToken(PersonalAccessTokenConfiguration {
        token: Secret::from("token-1"),
    })
}

/// The response to a request.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: http::HeaderMap,
    pub(crate) body: String,
}

impl TestApp {
    pub(crate) fn new() -> Self {
        let (notes, log, api) = (
            Notes::default(),
            LogRecorder::new(),
            RecordingTransport::new(),
        );
        let environment = Environment::new()
            .access_log(false)
            .log_sink(Arc::new(log.clone()))
            .transport(Arc::new(api.clone()));
        let service = sample::service(Author {
            notes: notes.clone(),
            ..Author::default()
        })
        .environment(environment)
        .secrets(secrets());
        Self {
            service,
            notes,
            log,
            api,
        }
    }

    pub(crate) fn refusing_unknown_fields(mut self) -> Self {
        self.service = self.service.unknown_fields(UnknownFields::Refuse);
        self
    }

    pub(crate) async fn ask(&self, request: Request<Bytes>) -> Answer {
        let response = self.service.call_bytes(request).await;
        let (parts, body) = response.into_parts();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: String::from_utf8(body.to_vec()).unwrap(),
        }
    }

    pub(crate) async fn action(&self, action: &str, input: Value) -> Answer {
        let body = json!({ "type": action, "input": input });
        self.ask(Ask::new("action_triggered").body(&body).request())
            .await
    }

    pub(crate) async fn webhook(&self, path: &str) -> Answer {
        self.ask(webhook(path).request()).await
    }
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// Asserts the status 200 and the body `{}`: the response of an operation without output.
    #[track_caller]
    pub(crate) fn is_empty_answer(&self) {
        assert_eq!((self.status, self.body.as_str()), (200, "{}"));
    }

    /// Asserts an error in the form of the API, with this status, type and message.
    #[track_caller]
    pub(crate) fn is_error(&self, status: u16, kind: &str, message: &str) {
        let error = self.json();
        assert_eq!(error["message"], message);
        assert_eq!((self.status, &error["type"]), (status, &json!(kind)));
        assert_eq!(error["code"], 400);
        assert!(error["id"].as_str().unwrap().starts_with("err_"), "{error}");
    }

    #[track_caller]
    pub(crate) fn is_refusal(&self, message: &str) {
        self.is_error(400, "InvalidPayload", message);
    }

    /// Asserts the generic error that shows no details.
    #[track_caller]
    pub(crate) fn is_opaque(&self) {
        self.is_error(
            500,
            "Runtime",
            "An unexpected error occurred in the integration. Bot owners: Check logs for more \
             informations. Integration owners: throw a RuntimeError to return a custom error \
             message instead.",
        );
    }
}

/// A request of an operation, with every header that a call needs.
pub(crate) struct Ask {
    method: Method,
    path: &'static str,
    headers: Vec<(&'static str, String)>,
    body: Bytes,
}

impl Ask {
    pub(crate) fn new(operation: &str) -> Self {
        let ask = Self {
            method: Method::POST,
            path: "/a/b?c=d",
            headers: vec![
                ("x-bot-id", "bot_1".to_owned()),
                ("x-bot-user-id", "botuser_1".to_owned()),
                ("x-integration-id", "intg_1".to_owned()),
                ("x-integration-alias", "me/sample".to_owned()),
                ("x-webhook-id", "wh_1".to_owned()),
                ("x-bp-operation", operation.to_owned()),
            ],
            body: Bytes::new(),
        };
        ask.configuration(&json!({ "apiKey": "key", "region": "eu", "debug": true }))
    }

    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        self = self.without(name);
        self.headers.push((name, value.to_owned()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self
    }

    pub(crate) fn configuration(self, configuration: &Value) -> Self {
        let text = BASE64_STANDARD.encode(configuration.to_string());
        self.header("x-bp-configuration", &text)
    }

    pub(crate) fn configuration_type(self, name: &str) -> Self {
        self.header("x-bp-configuration-type", name)
    }

    pub(crate) fn path(mut self, path: &'static str) -> Self {
        self.path = path;
        self
    }

    pub(crate) fn method(mut self, method: Method) -> Self {
        self.method = method;
        self
    }

    pub(crate) fn body(self, body: &Value) -> Self {
        self.text(&body.to_string())
    }

    pub(crate) fn text(mut self, body: &str) -> Self {
        self.body = Bytes::from(body.to_owned());
        self
    }

    pub(crate) fn request(self) -> Request<Bytes> {
        let request = Request::builder().method(self.method).uri(self.path);
        let request = self
            .headers
            .into_iter()
            .fold(request, |request, (name, value)| {
                request.header(name, value)
            });
        request.body(self.body).unwrap()
    }
}

/// Returns the message of a failure's line, without its reader and its details.
pub(crate) fn message_of(line: &str) -> &str {
    let line = line.strip_prefix("for the bot's owner: ").unwrap_or(line);
    let parts = line.rsplit_once(" (");
    parts.map_or(line, |(message, _)| message)
}

/// Returns a JSON line without its time, which must be the last field.
pub(crate) fn without_time(line: &str) -> String {
    let (line, time) = line.split_once(r#","time":""#).expect("a line has a time");
    let time = time
        .strip_suffix("\"}")
        .expect("the time is the last field");
    assert!(time.ends_with('Z'), "{time}");
    contexture::DateTime::try_from(time).expect("a time is a date in the form of RFC 3339");
    format!("{line}}}")
}

pub(crate) fn hello(input: &Value) -> Ask {
    Ask::new("action_triggered").body(&json!({ "type": "hello", "input": input }))
}

pub(crate) fn webhook(path: &str) -> Ask {
    let request = json!({ "path": path, "query": "", "method": "POST", "headers": {} });
    Ask::new("webhook_received").body(&json!({ "req": request }))
}

pub(crate) fn conversation(channel: &str) -> Value {
    json!({ "id": "conv_1", "channel": channel, "tags": { "id": "c", "other": null } })
}

/// The body of a message operation. The fields of `patch` replace its own.
pub(crate) fn message(patch: &Value) -> Value {
    let message = json!({ "id": "msg_1", "type": "text", "tags": {}, "direction": "outgoing" });
    let mut body = json!({
        "type": "text",
        "payload": { "text": "hi" },
        "conversation": conversation("channel"),
        "user": { "id": "user_1", "tags": { "id": "u", "odd": 3 } },
        "message": message,
        "currentMessage": message,
        "previousMessage": message,
    });
    for (name, value) in patch.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}
