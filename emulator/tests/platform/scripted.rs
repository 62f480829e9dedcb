//! An integration whose answers a test chooses.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use contexture::client::{HttpTransport, Transport as _};
use http::HeaderMap;
use serde_json::Value;
use tokio::net::TcpListener;

type Handler = Arc<dyn Fn(Call) -> Answered + Send + Sync>;
type Answered = std::pin::Pin<Box<dyn Future<Output = http::Response<Bytes>> + Send>>;

/// A call that has arrived.
pub(crate) struct Call {
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Call {
    pub(crate) fn operation(&self) -> &str {
        self.headers["x-bp-operation"].to_str().unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// Makes a request to the API in the name of the call, as a client of an integration does.
    pub(crate) async fn api(
        &self,
        emulator: SocketAddr,
        token: &str,
        method: &str,
        path: &str,
        body: &Value,
    ) -> http::Response<Bytes> {
        let request = http::Request::builder()
            .method(method)
            .uri(format!("http://{emulator}{path}"))
            .header("authorization", format!("Bearer {token}"));
        let passed = [
            "x-bot-id",
            "x-integration-id",
            "x-integration-alias",
            "traceparent",
        ];
        let request = passed.iter().fold(request, |request, name| {
            request.header(*name, self.headers[*name].clone())
        });
        let request = request.body(Bytes::from(body.to_string()).into()).unwrap();
        HttpTransport::new().send(request).await.unwrap()
    }
}

/// Serves an integration on loopback.
pub(crate) async fn serve<F>(answer: impl Fn(Call) -> F + Send + Sync + 'static) -> SocketAddr
where
    F: Future<Output = http::Response<Bytes>> + Send + 'static,
{
    let handler: Handler = Arc::new(move |call| Box::pin(answer(call)));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().fallback(handle).with_state(handler);
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

async fn handle(State(handler): State<Handler>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let call = Call {
        headers: head.headers,
        body: to_bytes(body, usize::MAX).await.unwrap(),
    };
    handler(call).await.into_parts().into_response()
}

/// A response with a status.
pub(crate) fn response(status: u16, body: impl Into<Bytes>) -> http::Response<Bytes> {
    http::Response::builder()
        .status(status)
        .body(body.into())
        .unwrap()
}

pub(crate) fn done() -> http::Response<Bytes> {
    response(200, "{}")
}
