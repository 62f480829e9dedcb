//! An emulator to which integrations are deployed, and requests of its admin API.

use bytes::Bytes;
use contexture::client::{HttpTransport, Transport as _};
use contexture_emulator::admin::NewWorkspace;
use contexture_emulator::clock::Clock;
use contexture_emulator::server::{Emulator, EmulatorOptions};
use http::{HeaderName, Method, Request, StatusCode};
use serde_json::{Value, json};

/// The personal access token of the account.
pub(crate) const TOKEN: &str = "bp_pat_correct-horse-battery-staple";

/// When the manual clock begins.
pub(crate) const NOW: u64 = 1_700_000_000_000;

/// An emulator with the workspace `acme`.
pub(crate) struct Bench {
    pub(crate) emulator: Emulator,
    pub(crate) clock: Clock,
}

impl Bench {
    pub(crate) async fn new() -> Self {
        let clock = Clock::manual(NOW);
        let options = EmulatorOptions {
            token: TOKEN.to_owned(),
            workspace: workspace("acme"),
            clock: clock.clone(),
            ..EmulatorOptions::default()
        };
        Self {
            emulator: Emulator::start(options).await.unwrap(),
            clock,
        }
    }

    /// Makes a request in the name of the account and its workspace.
    pub(crate) async fn call(&self, method: Method, path: &str, body: &Value) -> (u16, Value) {
        self.send(self.request(method, path), body).await
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> http::request::Builder {
        Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.emulator.address))
            .header("authorization", format!("Bearer {TOKEN}"))
            .header("x-workspace-id", &self.emulator.workspace_id)
            .header("x-multiple-integrations", "true")
    }

    pub(crate) async fn send(&self, request: http::request::Builder, body: &Value) -> (u16, Value) {
        let body = match body {
            Value::Null => Bytes::new(),
            body => Bytes::from(body.to_string()),
        };
        let request = request.body(body.into()).unwrap();
        let response = HttpTransport::new().send(request).await.unwrap();
        let body = serde_json::from_slice(response.body()).unwrap_or_default();
        (response.status().as_u16(), body)
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        self.done(Method::GET, path, &Value::Null).await
    }

    /// Makes a request that succeeds.
    pub(crate) async fn done(&self, method: Method, path: &str, body: &Value) -> Value {
        let (status, answer) = self.call(method, path, body).await;
        assert_eq!(status, StatusCode::OK, "{path}: {answer}");
        answer
    }

    /// Makes a request that is refused, and returns the type and the message of the error.
    pub(crate) async fn refused(
        &self,
        method: Method,
        path: &str,
        body: &Value,
    ) -> (String, String) {
        let (status, answer) = self.call(method, path, body).await;
        assert!(status >= 400, "{path}: {answer}");
        assert_eq!(answer["code"], status);
        let text = |name: &str| answer[name].as_str().unwrap().to_owned();
        (text("type"), text("message"))
    }

    /// Sends a request that a header or another token changes.
    pub(crate) async fn get_with(&self, path: &str, name: &str, value: &str) -> (u16, Value) {
        let mut request = self.request(Method::GET, path);
        let headers = request.headers_mut().unwrap();
        if value.is_empty() {
            headers.remove(name);
        } else {
            headers.insert(
                HeaderName::from_bytes(name.as_bytes()).unwrap(),
                value.parse().unwrap(),
            );
        }
        self.send(request, &Value::Null).await
    }

    /// Creates an integration, and returns it.
    pub(crate) async fn create(&self, body: &Value) -> Value {
        let path = "/v1/admin/integrations";
        self.done(Method::POST, path, body).await["integration"].take()
    }
}

pub(crate) fn workspace(handle: &str) -> NewWorkspace {
    NewWorkspace {
        name: format!("Workspace {handle}"),
        handle: Some(handle.to_owned()),
    }
}

/// A small body of an integration.
pub(crate) fn small(version: &str) -> Value {
    json!({
        "name": "acme/small",
        "version": version,
        "title": "Small",
        "url": "https://example.com/small",
        "identifier": {},
        "actions": { "greet": {
            "input": { "schema": { "type": "object", "properties": { "name": { "type": "string" } } } },
            "output": { "schema": { "type": "object" } },
        } },
    })
}

pub(crate) fn id(integration: &Value) -> &str {
    integration["id"].as_str().unwrap()
}
