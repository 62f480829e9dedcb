//! A stand-in for the Botpress API, the OAuth provider and another service.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::{StatusCode, header::AUTHORIZATION};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// The secrets that only the service on the other side knows.
pub(crate) const CODE: &str = "code+of/the+user";
pub(crate) const ACCESS: &str = "access+token/one";
pub(crate) const REFRESH: &str = "refresh+token/one";
pub(crate) const RENEWED: &str = "access+token/two";
pub(crate) const OUTPUT: &str = "output+key/of+the+service";

/// What the service on the other side has received and stored. Clones share it.
#[derive(Clone, Default)]
pub(crate) struct Upstream(Arc<Mutex<Received>>);

#[derive(Default)]
struct Received {
    /// The stored state of the OAuth tokens.
    state: Value,
    paths: Vec<String>,
    /// Credentials, and the verifiers of PKCE.
    secrets: Vec<String>,
}

impl Upstream {
    pub(crate) async fn start(&self) -> SocketAddr {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().fallback(answer).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        address
    }

    /// Returns the credentials that were received.
    pub(crate) fn secrets(&self) -> Vec<String> {
        self.0.lock().unwrap().secrets.clone()
    }

    /// Returns the paths of the requests.
    pub(crate) fn paths(&self) -> Vec<String> {
        self.0.lock().unwrap().paths.clone()
    }
}

async fn answer(State(upstream): State<Upstream>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    let mut received = upstream.0.lock().unwrap();
    received.paths.push(head.uri.path().to_owned());
    if let Some(value) = head.headers.get(AUTHORIZATION) {
        let (_, credentials) = value.to_str().unwrap().split_once(' ').unwrap();
        received.secrets.push(credentials.to_owned());
    }
    match head.uri.path() {
        "/token" => token(&mut received, &body),
        "/key" => json!(OUTPUT).to_string().into_response(),
        path if path.starts_with("/v1/chat/states/") => state(&mut received, &body),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The OAuth provider. It quotes the code in a refusal, as careless providers do.
fn token(received: &mut Received, form: &Bytes) -> Response {
    let form = str::from_utf8(form).unwrap();
    let field = |name: &str| {
        let mut fields = form.split('&').filter_map(|field| field.split_once('='));
        fields
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.to_owned())
    };
    received.secrets.extend(field("code_verifier"));
    if field("grant_type").as_deref() == Some("refresh_token") {
        let tokens = json!({ "access_token": RENEWED, "token_type": "bearer", "expires_in": 3600 });
        return tokens.to_string().into_response();
    }
    if field("code").as_deref() == Some("refused") {
        let refusal = json!({ "error": "invalid_grant", "error_description": REFRESH });
        return (StatusCode::BAD_REQUEST, refusal.to_string()).into_response();
    }
    // It expires at once, so that the next use refreshes it.
    let tokens = json!({
        "access_token": ACCESS, "refresh_token": REFRESH, "token_type": "bearer", "expires_in": 0,
    });
    tokens.to_string().into_response()
}

/// The state of the integration in the Botpress API.
fn state(received: &mut Received, body: &Bytes) -> Response {
    if !body.is_empty() {
        let body: Value = serde_json::from_slice(body).unwrap();
        received.state = body["payload"].clone();
    }
    let state = json!({
        "id": "state_1", "type": "integration", "name": "oauthTokens",
        "payload": received.state, "createdAt": "2026-01-02T03:04:05Z", "updatedAt": "2026-01-02T03:04:05Z",
    });
    json!({ "state": state }).to_string().into_response()
}
