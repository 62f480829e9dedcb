//! The services that a bundle calls: Botpress in memory, and others.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::any;
use contexture::client::Transport as _;
use contexture::testing::RecordingTransport;
use http::StatusCode;
use http_body_util::BodyExt as _;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::{Notify, Semaphore};

/// A server on loopback, which ends with the test.
pub(crate) struct Services {
    pub(crate) address: String,
    pub(crate) botpress: RecordingTransport,
    pub(crate) state: Arc<Shared>,
}

pub(crate) struct Shared {
    botpress: RecordingTransport,
    /// How many requests to `/unavailable` there were.
    pub(crate) attempts: AtomicUsize,
    /// Notified when a request to `/held` has come.
    pub(crate) came: Notify,
    /// Requests to `/held` are answered with these permits.
    pub(crate) released: Semaphore,
    /// Notified when the client of a request to `/held` is gone.
    pub(crate) gone: Notify,
}

impl Services {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let botpress = RecordingTransport::new();
        prepare(&botpress, &format!("{address}/upload?sig=1"));
        let state = Arc::new(Shared {
            botpress: botpress.clone(),
            attempts: AtomicUsize::new(0),
            came: Notify::new(),
            released: Semaphore::new(0),
            gone: Notify::new(),
        });
        let routes = Router::new()
            .route("/answer", any(answer))
            .route("/gzip", any(gzip))
            .route("/redirect", any(async || redirect()))
            .route("/unavailable", any(unavailable))
            .route("/held", any(held))
            .fallback(any(api))
            .with_state(Arc::clone(&state));
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self {
            address,
            botpress,
            state,
        }
    }
}

/// Sets the responses whose defaults would depend on earlier calls.
pub(crate) fn prepare(botpress: &RecordingTransport, upload_url: &str) {
    let file = json!({ "id": "f", "contentType": "text/plain", "uploadUrl": upload_url });
    botpress.answer_to("PUT /v1/files", StatusCode::OK, &json!({ "file": file }));
    let empty = json!({ "conversations": [], "users": [], "meta": {} });
    botpress.answer_to("GET /v1/chat/conversations", StatusCode::OK, &empty);
    botpress.answer_to("GET /v1/chat/users", StatusCode::OK, &empty);
}

/// Botpress, with the API and the uploads at one address.
async fn api(State(state): State<Arc<Shared>>, request: Request) -> Response {
    let (mut head, body) = request.into_parts();
    let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
    let host = if path.starts_with("/upload") {
        "upload.test"
    } else {
        "botpress.test"
    };
    head.uri = format!("https://{host}{path}").parse().unwrap();
    let body = body.collect().await.unwrap().to_bytes();
    let sent = state
        .botpress
        .send(Request::from_parts(head, body.into()))
        .await;
    sent.unwrap().map(Body::from)
}

async fn answer(request: Request) -> Response {
    let method = request.method().clone();
    let body = request.into_body().collect().await.unwrap().to_bytes();
    let text = format!("{method} {}", String::from_utf8_lossy(&body));
    Response::builder()
        .header("x-answer", "yes")
        .body(text.into())
        .unwrap()
}

/// `hello`, compressed.
const HELLO: [u8; 25] = [
    0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 7, 0, 0x86, 0xa6, 0x10, 0x36,
    5, 0, 0, 0,
];

async fn gzip() -> Response {
    let answer = Response::builder().header("content-encoding", "gzip");
    answer.body(HELLO.to_vec().into()).unwrap()
}

fn redirect() -> Response {
    let answer = Response::builder()
        .status(302)
        .header("location", "/answer");
    answer.body(Body::empty()).unwrap()
}

async fn unavailable(State(state): State<Arc<Shared>>) -> Response {
    let before = state.attempts.fetch_add(1, Ordering::SeqCst);
    let status = if before < 2 { 503 } else { 200 };
    let answer = Response::builder()
        .status(status)
        .header("retry-after", "0");
    answer.body(Body::empty()).unwrap()
}

/// Notifies when it is dropped, unless the response was sent.
struct Waiting<'a>(Option<&'a Notify>);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        if let Some(gone) = self.0 {
            gone.notify_one();
        }
    }
}

async fn held(State(state): State<Arc<Shared>>) -> String {
    let mut waiting = Waiting(Some(&state.gone));
    state.came.notify_one();
    state.released.acquire().await.unwrap().forget();
    waiting.0 = None;
    "held".to_owned()
}
