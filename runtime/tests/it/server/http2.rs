//! HTTP/2 without TLS, on the same port.

use bytes::Bytes;
use http::Request;
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http2::{self, SendRequest};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::{net::TcpStream, task::JoinHandle};

use super::{Running, start};
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
async fn a_server_that_stops_answers_what_runs_and_closes_the_connection() {
    let handlers = Author::default();
    let running = start(handlers.clone(), |server| server).await;
    let (mut client, connection) = connect(&running).await;
    let (mut idle, idle_connection) = connect(&running).await;
    assert_eq!(send(&mut idle, running.webhook("/echo")).await.0, 200);
    let held = client.send_request(running.webhook("/hold").map(Full::new));
    let held = tokio::spawn(held);
    handlers.gate.started.notified().await;
    running.stop.send(()).unwrap();
    // The other side says that it goes away, so that the idle connection ends first.
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
    let running = start(Author::default(), |server| server.header_limit(9000)).await;
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
