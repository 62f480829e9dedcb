//! The server, on a port of its own.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use bytes::Bytes;
use contexture::client::{HttpTransport, Transport as _};
use contexture::testing::LogRecorder;
use contexture::{Environment, ServeError, Server};
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
    HttpTransport::new().send(request).await.unwrap()
}

fn json_of(response: &Response<Bytes>) -> Value {
    serde_json::from_slice(response.body()).unwrap()
}

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
async fn a_body_beyond_the_limit_is_refused() {
    let running = start(Author::default(), |server| server.body_limit(1024)).await;
    let mut request = running.webhook("/echo");
    *request.body_mut() = Bytes::from(vec![b' '; 1025]);
    let response = send(request).await;
    assert_eq!(response.status(), 413);
    assert_eq!(json_of(&response)["type"], "PayloadTooLarge");
    let log = running.stop().await.text();
    assert!(log.ends_with("the body is too large"), "{log}");
}

#[tokio::test]
async fn a_handler_that_takes_too_long_is_canceled() {
    let limited = |server: Server<Definition>| server.time_limit(Duration::from_millis(1));
    let running = start(Author::default(), limited).await;
    let response = send(running.webhook("/forever")).await;
    assert_eq!(response.status(), 504);
    assert_eq!(json_of(&response)["type"], "OperationTimeout");
    let log = running.stop().await.text();
    assert!(
        log.ends_with("the integration did not answer within 1ms"),
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

#[tokio::test]
async fn what_is_no_http_ends_its_own_connection_only() {
    let running = start(Author::default(), |server| server).await;
    let long = format!("GET / HTTP/1.1\r\nx-a: {}\r\n", "a".repeat(1_000_000));
    let many = format!("GET / HTTP/1.1\r\n{}\r\n", "x-a: b\r\n".repeat(1000));
    for (sent, status) in [
        ("\0\0\r\n\r\n", "400"),
        ("GET / HTTP/1.1\r\nx-bot-id: a\0b\r\n\r\n", "400"),
        (&long, "431"),
        (&many, "431"),
    ] {
        let mut client = TcpStream::connect(running.address).await.unwrap();
        // The server may close before it has read all of it.
        let _ = client.write_all(sent.as_bytes()).await;
        let mut answer = [0; 12];
        let read = client.read_exact(&mut answer).await;
        if read.is_ok() {
            assert_eq!(str::from_utf8(&answer), Ok(&*format!("HTTP/1.1 {status}")));
        }
    }
    assert_eq!(send(running.webhook("/echo")).await.status(), 200);
    running.stop().await;
}

#[tokio::test]
async fn a_client_that_goes_away_does_not_cancel_its_handler() {
    let handlers = Author::default();
    let running = start(handlers.clone(), |server| server).await;
    let mut client = TcpStream::connect(running.address).await.unwrap();
    client
        .write_all(&wire_form(&running.webhook("/hold")))
        .await
        .unwrap();
    handlers.gate.started.notified().await;
    drop(client);
    // Another call takes its whole way, so that the server has seen the first client go.
    assert_eq!(send(running.webhook("/echo")).await.status(), 200);
    handlers.gate.proceed.notify_one();
    handlers.gate.ended.notified().await;
    assert!(
        handlers.gate.passed.load(Ordering::SeqCst),
        "the handler was canceled"
    );
    running.stop().await;
}

#[tokio::test]
async fn a_server_that_stops_waits_for_running_calls() {
    let handlers = Author::default();
    let running = start(handlers.clone(), |server| server).await;
    let call = tokio::spawn(send(running.webhook("/hold")));
    handlers.gate.started.notified().await;
    let address = running.address;
    running.stop.send(()).unwrap();
    assert!(!running.ended.is_finished());
    handlers.gate.proceed.notify_one();
    assert_eq!(call.await.unwrap().body(), "held");
    running.ended.await.unwrap();
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn a_server_does_not_wait_for_ever() {
    let handlers = Author::default();
    let short = |server: Server<Definition>| server.drain_time(Duration::from_millis(1));
    let running = start(handlers.clone(), short).await;
    let call = tokio::spawn(send(running.webhook("/hold")));
    handlers.gate.started.notified().await;
    let log = running.stop().await.text();
    assert!(log.ends_with("stopped with 1 calls still running"), "{log}");
    call.abort();
}

#[tokio::test]
async fn an_address_that_is_taken_is_named() {
    let running = start(Author::default(), |server| server).await;
    let second = server(Author::default(), &running.log).listen(running.address);
    let error = second.bind().await.unwrap_err();
    let expected = format!("cannot listen on {}: another program does", running.address);
    assert!(matches!(error, ServeError::AddressInUse { .. }));
    assert_eq!(error.to_string(), expected);
    running.stop().await;
}

#[tokio::test]
async fn missing_secrets_end_the_start() {
    let service = sample::service(Author::default());
    let error = Server::new(service).run().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "missing secrets: set SECRET_WEBHOOK_SECRET"
    );
}

#[tokio::test]
async fn listening_beyond_loopback_is_warned_about() {
    let everywhere = |server: Server<Definition>| server.listen(([0, 0, 0, 0], 0));
    let running = start(Author::default(), everywhere).await;
    let log = running.stop().await.text();
    assert!(log.contains("listening beyond loopback"), "{log}");
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
