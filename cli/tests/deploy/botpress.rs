//! A Botpress whose admin API answers what a test gives it, and records requests.

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{Method, Request, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// The token of the profile `test`.
pub(crate) const TOKEN: &str = "bp_pat_token";
/// The secret that signs the calls of an integration that is created.
pub(crate) const SIGNING_SECRET: &str = "c2lnbmluZy1zZWNyZXQ";
/// An access key.
pub(crate) const ACCESS_KEY: &str = "bp_iak_value";

/// A Botpress.
pub(crate) struct Botpress {
    address: String,
    data: Arc<Mutex<Data>>,
    home: tempfile::TempDir,
    _runtime: Runtime,
}

/// A request that it got.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Recorded {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) workspace: String,
    pub(crate) body: Value,
}

/// What it has.
#[derive(Debug, Default)]
pub(crate) struct Data {
    /// The handle of the workspace `w`.
    pub(crate) handle: Option<String>,
    /// Integrations by name and version; a version can be a range.
    pub(crate) integrations: BTreeMap<(String, String), Value>,
    /// Handles of other workspaces, with the ids of those.
    pub(crate) handles: BTreeMap<String, String>,
    /// Answers to the next requests that write, in place of the usual ones.
    pub(crate) answers: VecDeque<(u16, Value)>,
    /// Whether an integration is created although the answer is another one.
    pub(crate) creates_before_it_answers: bool,
    /// All requests, the first one first.
    pub(crate) requests: Vec<Recorded>,
}

impl Botpress {
    /// A Botpress whose workspace has the handle `acme`.
    pub(crate) fn new() -> Self {
        let runtime = Runtime::new().unwrap();
        let data = Arc::new(Mutex::new(Data {
            handle: Some("acme".to_owned()),
            ..Data::default()
        }));
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let app = Router::new().fallback(answer).with_state(Arc::clone(&data));
        runtime.spawn(async move { axum::serve(listener, app).await });
        let home = tempfile::tempdir().unwrap();
        let profile = json!({ "apiUrl": address, "token": TOKEN, "workspaceId": "w" });
        let profiles = json!({ "test": profile }).to_string();
        std::fs::write(home.path().join("profiles.json"), profiles).unwrap();
        Self {
            address,
            data,
            home,
            _runtime: runtime,
        }
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The folder with the profile `test`.
    pub(crate) fn home(&self) -> PathBuf {
        self.home.path().to_owned()
    }

    /// Changes what it has.
    pub(crate) fn set(&self, change: impl FnOnce(&mut Data)) {
        change(&mut self.data.lock().unwrap());
    }

    /// Adds an integration.
    pub(crate) fn add(&self, name: &str, version: &str, integration: Value) {
        let key = (name.to_owned(), version.to_owned());
        self.set(|data| drop(data.integrations.insert(key, integration)));
    }

    /// All requests.
    pub(crate) fn requests(&self) -> Vec<Recorded> {
        self.data.lock().unwrap().requests.clone()
    }

    /// The requests that write, without looking up handles.
    pub(crate) fn writes(&self) -> Vec<Recorded> {
        let mut requests = self.requests();
        requests.retain(|request| {
            request.method != Method::GET && !request.path.ends_with("handle-availability")
        });
        requests
    }

    /// The body of the only request that writes.
    pub(crate) fn only_body(&self) -> Value {
        let writes = self.writes();
        assert_eq!(writes.len(), 1, "{writes:?}");
        writes[0].body.clone()
    }
}

/// The id that the hub answers for an interface.
pub(crate) fn interface_id(name: &str, version: &str) -> String {
    let signs = format!("{name}{version}")
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>();
    format!("ifver_{:0<26}", &signs[..signs.len().min(26)])
}

async fn answer(State(data): State<Arc<Mutex<Data>>>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX)
        .await
        .unwrap_or_else(|_| Bytes::new());
    let header = |name: &str| {
        let value = parts
            .headers
            .get(name)
            .and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    };
    let path = parts
        .uri
        .path_and_query()
        .map_or("", |path| path.as_str())
        .to_owned();
    let recorded = Recorded {
        method: parts.method,
        path: percent_decoded(&path),
        workspace: header("x-workspace-id"),
        body: serde_json::from_slice(&body).unwrap_or_default(),
    };
    if header("authorization") != format!("Bearer {TOKEN}") {
        return refused(401, "Unauthorized", "who are you?");
    }
    let mut data = data.lock().unwrap();
    let answer = usual_answer(&mut data, &recorded);
    let is_write =
        recorded.method != Method::GET && !recorded.path.ends_with("handle-availability");
    if data.creates_before_it_answers && recorded.path == "/v1/admin/integrations" {
        let text = |name: &str| recorded.body[name].as_str().unwrap_or_default().to_owned();
        let key = (text("name"), text("version"));
        data.integrations.insert(key, json!({ "id": "intver_1" }));
    }
    data.requests.push(recorded);
    if is_write && let Some((status, body)) = data.answers.pop_front() {
        let status = StatusCode::from_u16(status).unwrap();
        return (status, [("retry-after", "0")], body.to_string()).into_response();
    }
    answer
}

fn usual_answer(data: &mut Data, request: &Recorded) -> Response {
    let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
    let path = path.strip_prefix("/v1/admin/").unwrap_or_default();
    // A name has a slash as well, which was encoded.
    let parts: Vec<_> = path
        .split('/')
        .map(|part| part.replace('\u{1}', "/"))
        .collect();
    let parts: Vec<_> = parts.iter().map(String::as_str).collect();
    let body = &request.body;
    match (request.method.as_str(), parts.as_slice()) {
        ("GET", ["workspaces"]) => {
            let handle = query.strip_prefix("handle=").unwrap_or_default();
            let found = data
                .handles
                .get(handle)
                .map(|id| json!({ "id": id, "name": "Other", "handle": handle }));
            let own = json!({ "id": "w", "name": "Acme" });
            let all = if query.is_empty() {
                vec![own]
            } else {
                found.into_iter().collect()
            };
            good(&json!({ "workspaces": all, "meta": {} }))
        }
        ("GET", ["workspaces", _]) => {
            good(&json!({ "id": "w", "name": "Acme", "handle": data.handle }))
        }
        ("GET", ["bots"]) => good(&json!({ "bots": [], "meta": {} })),
        ("PUT", ["workspaces", "handle-availability"]) => {
            let is_free = !data.handles.contains_key(body["handle"].as_str().unwrap());
            good(&json!({ "available": is_free, "suggestions": ["free"] }))
        }
        ("PUT", ["workspaces", _]) => {
            data.handle = body["handle"].as_str().map(str::to_owned);
            good(&json!({}))
        }
        ("GET", ["integrations", name, version]) => {
            let key = ((*name).to_owned(), (*version).to_owned());
            match data.integrations.get(&key) {
                Some(integration) => good(&json!({ "integration": integration })),
                None => refused(404, "ResourceNotFound", "there is none"),
            }
        }
        ("GET", ["hub", "interfaces", name, version]) => {
            let interface =
                json!({ "id": interface_id(name, version), "name": name, "version": version });
            good(&json!({ "interface": interface }))
        }
        ("GET", ["hub", ..]) => refused(404, "ResourceNotFound", "there is none"),
        ("POST", ["integrations"]) => good(&json!({ "integration": {
            "id": "intver_1", "name": body["name"], "version": body["version"], "signingSecret": SIGNING_SECRET,
        } })),
        ("PUT", ["integrations", id]) => good(&json!({ "integration": { "id": id } })),
        ("POST", ["integrations", "validate"]) | ("PUT", ["integrations", _, "validate"]) => {
            good(&json!({}))
        }
        ("POST", ["integrations", "iaks"]) => good(&json!({ "id": "iak_1", "value": ACCESS_KEY })),
        ("POST", ["integrations", _, "signing-secrets", "rotate"]) => {
            good(&json!({ "newSigningSecret": "cm90YXRlZA" }))
        }
        ("DELETE", ["integrations", _]) => good(&json!({})),
        _ => refused(404, "RouteNotFound", "there is no such route"),
    }
}

fn good(body: &Value) -> Response {
    body.to_string().into_response()
}

fn refused(status: u16, kind: &str, message: &str) -> Response {
    let body = json!({ "code": status, "type": kind, "message": message });
    (StatusCode::from_u16(status).unwrap(), body.to_string()).into_response()
}

/// A path with its encoded signs. An encoded slash becomes another sign, so that parts stay apart.
fn percent_decoded(path: &str) -> String {
    [("%2F", "\u{1}"), ("%3C", "<"), ("%40", "@")]
        .iter()
        .fold(path.to_owned(), |path, (from, to)| path.replace(from, to))
}
