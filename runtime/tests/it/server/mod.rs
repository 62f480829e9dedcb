//! The server, on its own port.

mod after_response;
mod connections;
mod extremes;
mod hooks;
mod hostile;
mod http2;
mod limits;
mod log;
mod means;
mod signed_calls;
mod start;
mod stop;

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use bytes::Bytes;
use contexture::client::{HttpTransport, Transport as _};
use contexture::testing::LogRecorder;
use contexture::{Environment, Server};
use http::{Request, Response};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::handlers::Author;
use crate::sample::{self, Definition};
use crate::support::secrets;

struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<()>,
    log: LogRecorder,
}

fn server(handlers: Author, log: &LogRecorder) -> Server<Definition> {
    let service = sample::service(handlers)
        .secrets(secrets())
        .environment(Environment::new().log_sink(Arc::new(log.clone())));
    Server::new(service).listen(([127, 0, 0, 1], 0))
}

async fn start(
    handlers: Author,
    set: impl FnOnce(Server<Definition>) -> Server<Definition>,
) -> Running {
    let log = LogRecorder::new();
    let bound = set(server(handlers, &log)).bind().await.unwrap();
    let address = bound.address();
    let (stop, stopped) = oneshot::channel();
    let ended = tokio::spawn(bound.run_until(async {
        let _ = stopped.await;
    }));
    Running {
        address,
        stop,
        ended,
        log,
    }
}

impl Running {
    fn webhook(&self, path: &str) -> Request<Bytes> {
        let call = json!({ "req": { "method": "POST", "path": path, "query": "", "headers": {}, "body": "x" } });
        Request::post(format!("http://{}/", self.address))
            .header("x-bot-id", "bot-7")
            .header("x-bot-user-id", "bot-user-7")
            .header("x-integration-id", "integration-7")
            .header("x-integration-alias", "sample")
            .header("x-webhook-id", "webhook-7")
            .header("x-bp-operation", "webhook_received")
            .header("x-bp-configuration-type", "personalAccessToken")
            .header(
                "x-bp-configuration",
                BASE64_STANDARD.encode(r#"{"token":"t"}"#),
            )
            .body(Bytes::from(call.to_string()))
            .unwrap()
    }

    async fn stop(self) -> LogRecorder {
        self.stop.send(()).unwrap();
        self.ended.await.unwrap();
        self.log
    }
}

async fn send(request: Request<Bytes>) -> Response<Bytes> {
    HttpTransport::new()
        .send(request.map(Into::into))
        .await
        .unwrap()
}

fn json_of(response: &Response<Bytes>) -> Value {
    serde_json::from_slice(response.body()).unwrap()
}

/// A health request, which always gets a response.
const HEALTH: &str = "GET /health HTTP/1.1\r\nhost: a\r\n\r\n";

#[tokio::test]
async fn a_call_over_the_network_is_answered() {
    let running = start(Author::default(), |server| server).await;
    let response = send(running.webhook("/echo")).await;
    assert_eq!(response.status(), 200);
    assert_eq!(json_of(&response)["path"], "/echo");
    let health = Request::get(format!("http://{}/health", running.address));
    assert_eq!(send(health.body(Bytes::new()).unwrap()).await.body(), "ok");
    let log = running.stop().await.text();
    assert!(
        log.starts_with("sample 1.0.0 listens on http://127.0.0.1:"),
        "{log}"
    );
}

#[tokio::test]
async fn a_panic_ends_its_own_call_only() {
    let running = start(Author::default(), |server| server).await;
    assert_eq!(send(running.webhook("/panic")).await.status(), 500);
    assert_eq!(send(running.webhook("/echo")).await.status(), 200);
    running.stop().await;
}

fn wire_form(request: &Request<Bytes>) -> Vec<u8> {
    let host = request.uri().authority().unwrap();
    let mut head = format!("POST / HTTP/1.1\r\nhost: {host}\r\n");
    for (name, value) in request.headers() {
        writeln!(head, "{name}: {}\r", value.to_str().unwrap()).unwrap();
    }
    writeln!(head, "content-length: {}\r\n\r", request.body().len()).unwrap();
    [head.as_bytes(), request.body()].concat()
}

/// Sends bytes, shuts the write side down, and reads the response.
async fn exchange(address: SocketAddr, bytes: impl AsRef<[u8]>) -> String {
    let mut client = TcpStream::connect(address).await.unwrap();
    // The server may close the connection before it has read everything.
    let _ = client.write_all(bytes.as_ref()).await;
    let _ = client.shutdown().await;
    let mut answer = Vec::new();
    let _ = client.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}
