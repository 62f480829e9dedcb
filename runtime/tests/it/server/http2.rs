//! HTTP/2 without TLS, on the same port.

use std::pin::pin;

use bytes::Bytes;
use http::Request;
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http2::{self, SendRequest};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::oneshot,
    task::JoinHandle,
};

use super::{Running, exchange, start, wire_form};
use crate::handlers::Author;

pub(super) type Client = SendRequest<Full<Bytes>>;

pub(super) async fn connect(running: &Running) -> (Client, JoinHandle<hyper::Result<()>>) {
    let stream = TcpStream::connect(running.address).await.unwrap();
    let handshake = http2::handshake(TokioExecutor::new(), TokioIo::new(stream));
    let (client, connection) = handshake.await.unwrap();
    (client, tokio::spawn(connection))
}

async fn send(client: &mut Client, request: Request<Bytes>) -> (u16, Bytes) {
    let answer = client.send_request(request.map(Full::new)).await.unwrap();
    let status = answer.status().as_u16();
    (
        status,
        answer.into_body().collect().await.unwrap().to_bytes(),
    )
}

#[tokio::test]
async fn calls_come_over_http2_too() {
    let running = start(Author::default(), |server| server).await;
    let (mut client, _connection) = connect(&running).await;
    for _ in 0..2 {
        let (status, body) = send(&mut client, running.webhook("/echo")).await;
        assert_eq!(status, 200);
        assert!(body.starts_with(b"{"));
    }
    drop(client);
    running.stop().await;
}

#[tokio::test]
async fn the_protocol_is_found_however_its_first_bytes_arrive() {
    const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    /// Settings without any: the length, the type, the flags and the stream of the frame.
    const SETTINGS: &[u8] = &[0, 0, 0, 4, 0, 0, 0, 0, 0];

    let running = start(Author::default(), |server| server).await;
    let call = wire_form(&running.webhook("/echo"));
    let is_http1 = |beginning: [u8; 5]| &beginning == b"HTTP/";
    // The fourth byte is the type of the first frame.
    let is_http2 = |beginning: [u8; 5]| beginning[3..] == [4, 0];
    let check = async |bytes: &[u8], is_answer: &dyn Fn([u8; 5]) -> bool| {
        for split in [1, 2, 3, 4, 23, 24] {
            let mut client = TcpStream::connect(running.address).await.unwrap();
            client.write_all(&bytes[..split]).await.unwrap();
            // Another call runs to its end, so that the server has seen the first part.
            assert_eq!(super::send(running.webhook("/echo")).await.status(), 200);
            client.write_all(&bytes[split..]).await.unwrap();
            let mut beginning = [0; 5];
            client.read_exact(&mut beginning).await.unwrap();
            assert!(is_answer(beginning), "{split}: {beginning:?}");
        }
    };
    check(&call, &is_http1).await;
    check(&[PREFACE, SETTINGS].concat(), &is_http2).await;
    running.stop().await;
}

#[tokio::test]
async fn calls_of_one_connection_run_side_by_side() {
    let handlers = Author::default();
    let running = start(handlers.clone(), |server| server).await;
    let (mut client, _connection) = connect(&running).await;
    let held = client.send_request(running.webhook("/hold").map(Full::new));
    let held = tokio::spawn(held);
    handlers.gate.started.notified().await;
    assert_eq!(send(&mut client, running.webhook("/echo")).await.0, 200);
    handlers.gate.proceed.notify_one();
    assert_eq!(held.await.unwrap().unwrap().status(), 200);
    drop(client);
    running.stop().await;
}

#[tokio::test]
async fn a_stopping_server_completes_running_calls_and_closes_the_connection() {
    let handlers = Author::default();
    let running = start(handlers.clone(), |server| server).await;
    let (mut client, connection) = connect(&running).await;
    let (mut idle, idle_connection) = connect(&running).await;
    assert_eq!(send(&mut idle, running.webhook("/echo")).await.0, 200);
    let held = client.send_request(running.webhook("/hold").map(Full::new));
    let held = tokio::spawn(held);
    handlers.gate.started.notified().await;
    running.stop.send(()).unwrap();
    // The server sends GOAWAY, so that the idle connection ends first.
    idle_connection.await.unwrap().unwrap();
    handlers.gate.proceed.notify_one();
    assert_eq!(held.await.unwrap().unwrap().status(), 200);
    connection.await.unwrap().unwrap();
    running.ended.await.unwrap();
}

#[tokio::test]
async fn a_stream_that_is_reset_does_not_cancel_its_handler() {
    let handlers = Author::default();
    let running = start(handlers.clone(), |server| server).await;
    let (mut client, _connection) = connect(&running).await;
    let held = client.send_request(running.webhook("/hold").map(Full::new));
    let held = tokio::spawn(held);
    handlers.gate.started.notified().await;
    held.abort();
    let _ = held.await;
    assert_eq!(send(&mut client, running.webhook("/echo")).await.0, 200);
    handlers.gate.proceed.notify_one();
    handlers.gate.ended.notified().await;
    assert!(
        handlers
            .gate
            .passed
            .load(std::sync::atomic::Ordering::SeqCst)
    );
    drop(client);
    running.stop().await;
}

#[tokio::test]
async fn headers_beyond_the_limit_are_refused() {
    let running = start(Author::default(), |server| server.max_header_bytes(9000)).await;
    let (mut client, _connection) = connect(&running).await;
    let mut request = running.webhook("/echo");
    let long = http::HeaderValue::try_from("a".repeat(10_000)).unwrap();
    request.headers_mut().insert("x-long", long);
    let answer = client.send_request(request.map(Full::new)).await.unwrap();
    assert_eq!(answer.status(), 431);
    assert_eq!(send(&mut client, running.webhook("/echo")).await.0, 200);
    drop(client);
    running.stop().await;
}

#[tokio::test]
async fn the_number_of_headers_is_limited_in_every_version() {
    let running = start(Author::default(), |server| server.max_headers(20)).await;
    let (mut client, _connection) = connect(&running).await;
    for (more, status) in [(0, 200), (12, 431)] {
        let mut request = running.webhook("/echo");
        let name = http::HeaderName::from_static("x-a");
        for _ in 0..more {
            let value = http::HeaderValue::from_static("b");
            request.headers_mut().append(name.clone(), value);
        }
        let answer = exchange(running.address, wire_form(&request)).await;
        let expected = format!("HTTP/1.1 {status}");
        assert!(answer.starts_with(&expected), "{answer}");
        assert_eq!(send(&mut client, request).await.0, status);
    }
    drop(client);
    running.stop().await;
}

/// A call with a head that is longer by this many bytes.
fn with_long_head(running: &Running, path: &str, length: usize) -> Request<Bytes> {
    let mut request = running.webhook(path);
    let value = http::HeaderValue::try_from("a".repeat(length)).unwrap();
    request.headers_mut().insert("x-long", value);
    request
}

#[tokio::test]
async fn heads_count_as_memory() {
    let handlers = Author::default();
    let running = start(handlers.clone(), |server| {
        server.max_buffered_bytes(100_000)
    })
    .await;
    let (mut client, _connection) = connect(&running).await;
    let held = with_long_head(&running, "/hold", 50_000).map(Full::new);
    let held = tokio::spawn(client.send_request(held));
    handlers.gate.started.notified().await;
    let long = || with_long_head(&running, "/echo", 48_000);
    assert_eq!(send(&mut client, long()).await.0, 503);
    let answer = exchange(running.address, wire_form(&long())).await;
    assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
    // A call with a short head fits, and a health request needs no budget.
    assert_eq!(send(&mut client, running.webhook("/echo")).await.0, 200);
    let health = Request::get(format!("http://{}/health", running.address));
    assert_eq!(
        send(&mut client, health.body(Bytes::new()).unwrap())
            .await
            .0,
        200
    );
    handlers.gate.proceed.notify_one();
    assert_eq!(held.await.unwrap().unwrap().status(), 200);
    assert_eq!(send(&mut client, long()).await.0, 200);
    drop(client);
    running.stop().await;
}

#[tokio::test]
async fn a_connection_makes_a_hundred_calls_at_once_and_no_more() {
    let running = start(Author::default(), |server| server).await;
    let stream = TcpStream::connect(running.address).await.unwrap();
    let handshake = http2::Builder::new(TokioExecutor::new())
        .initial_max_send_streams(1)
        .handshake(TokioIo::new(stream));
    let (mut client, connection) = handshake.await.unwrap();
    let (done, asked) = oneshot::channel();
    let streams = tokio::spawn(async move {
        let mut connection = pin!(connection);
        tokio::select! {
            _ = connection.as_mut() => {}
            _ = asked => {}
        }
        connection.current_max_send_streams()
    });
    assert_eq!(send(&mut client, running.webhook("/echo")).await.0, 200);
    done.send(()).unwrap();
    assert_eq!(streams.await.unwrap(), 100);
    drop(client);
    running.stop().await;
}

#[tokio::test]
async fn heads_beyond_the_limit_in_bulk_end_no_connection() {
    let running = start(Author::default(), |server| server.max_header_bytes(9000)).await;
    let (mut client, _connection) = connect(&running).await;
    for _ in 0..100 {
        let request = with_long_head(&running, "/echo", 10_000);
        assert_eq!(send(&mut client, request).await.0, 431);
    }
    assert_eq!(send(&mut client, running.webhook("/echo")).await.0, 200);
    drop(client);
    running.stop().await;
}
