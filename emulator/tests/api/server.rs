//! The API over HTTP.

use contexture_emulator::api::Api;
use contexture_emulator::clock::Clock;
use contexture_emulator::server::{ServerError, bind, routes, serve};
use contexture_emulator::storage::Storage;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use crate::bench::{BOT, Bench, INTEGRATION, token};

/// Sends a request as it is written, and returns the response as text.
async fn exchange(port: u16, request: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).await.unwrap();
    response
}

async fn served(api: Api, requests: &[&str]) -> Vec<String> {
    let listener = bind(0).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(serve(listener, api.clone(), routes(api), async {
        drop(stopped.await);
    }));
    let mut responses = Vec::new();
    for request in requests {
        responses.push(exchange(port, request).await);
    }
    drop(stop);
    server.await.unwrap().unwrap();
    responses
}

#[tokio::test]
async fn requests_are_answered_over_http() {
    let bench = Bench::new();
    let request = format!(
        "GET /v1/chat/users HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nauthorization: Bearer {}\r\n\
         x-bot-id: {BOT}\r\nx-integration-id: {INTEGRATION}\r\nx-integration-alias: acme\r\n\r\n",
        token(INTEGRATION)
    );
    let responses = served(bench.api.clone(), &[&request]).await;
    assert!(
        responses[0].starts_with("HTTP/1.1 200 OK\r\n"),
        "{}",
        responses[0]
    );
    assert!(responses[0].contains("content-type: application/json\r\n"));
    assert!(responses[0].ends_with(r#"{"users":[],"meta":{}}"#));
}

#[tokio::test]
async fn another_host_is_refused() {
    let bench = Bench::new();
    let request = "GET /v1/chat/users HTTP/1.1\r\nhost: example.com\r\nconnection: close\r\n\r\n";
    let responses = served(bench.api.clone(), &[request]).await;
    assert!(
        responses[0].starts_with("HTTP/1.1 403 "),
        "{}",
        responses[0]
    );
}

#[tokio::test]
async fn a_body_above_the_limit_is_refused() {
    let bench = Bench::new();
    let length = 10 * 1024 * 1024 + 1;
    let request = format!(
        "POST /v1/chat/users HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{}",
        " ".repeat(length)
    );
    let responses = served(bench.api.clone(), &[&request]).await;
    assert!(
        responses[0].starts_with("HTTP/1.1 413 "),
        "{}",
        responses[0]
    );
    assert!(responses[0].contains("PayloadTooLarge"));
}

#[tokio::test]
async fn a_port_in_use_is_named() {
    let taken = bind(0).await.unwrap();
    let port = taken.local_addr().unwrap().port();
    let refused = bind(port).await.unwrap_err();
    assert!(matches!(refused, ServerError::PortInUse { port: named } if named == port));
}

#[tokio::test]
async fn a_listener_for_other_machines_is_refused() {
    let api = Api::new(Storage::in_memory().unwrap(), Clock::system());
    let listener = TcpListener::bind("0.0.0.0:0").await.unwrap();
    let refused = serve(listener, api.clone(), routes(api), std::future::pending()).await;
    assert!(matches!(refused, Err(ServerError::NotLoopback { .. })));
}
