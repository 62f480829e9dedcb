//! Settings with the minimum and the maximum of their types.

use std::time::Duration;

use contexture::Server;
use http_body_util::Full;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::{exchange, http2, send, start, wire_form};
use crate::handlers::Author;
use crate::sample::Definition;

/// Sets every timeout except the readiness delay.
fn timed(server: Server<Definition>, time: Duration) -> Server<Definition> {
    server
        .header_read_timeout(time)
        .body_read_timeout(time)
        .request_timeout(time)
        .write_timeout(time)
        .drain_timeout(time)
        .start_timeout(time)
        .stop_timeout(time)
}

#[tokio::test]
async fn maximum_timeouts_are_accepted_over_http1() {
    let handlers = Author::default();
    let running = start(handlers.clone(), |server| timed(server, Duration::MAX)).await;
    // The head, the body and the call each wait, so that each timeout is used.
    let request = wire_form(&running.webhook("/hold"));
    let mut client = TcpStream::connect(running.address).await.unwrap();
    for part in [&request[..5], &request[5..request.len() - 1]] {
        client.write_all(part).await.unwrap();
        // Another call runs to its end, so that the server has polled this one.
        assert_eq!(send(running.webhook("/echo")).await.status(), 200);
    }
    client
        .write_all(&request[request.len() - 1..])
        .await
        .unwrap();
    handlers.gate.started.notified().await;
    handlers.gate.proceed.notify_one();
    client.shutdown().await.unwrap();
    let mut answer = String::new();
    client.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    running.stop().await;
}

#[tokio::test]
async fn maximum_timeouts_are_accepted_over_http2() {
    let running = start(Author::default(), |server| timed(server, Duration::MAX)).await;
    let (mut client, _connection) = http2::connect(&running).await;
    let request = running.webhook("/echo").map(Full::new);
    assert_eq!(client.send_request(request).await.unwrap().status(), 200);
    drop(client);
    running.stop().await;
}

#[tokio::test]
async fn a_server_may_be_unready_without_end() {
    let endless = |server: Server<Definition>| server.shutdown_delay(Duration::MAX);
    let running = start(Author::default(), endless).await;
    let request = wire_form(&running.webhook("/echo"));
    running.stop.send(()).unwrap();
    let answer = exchange(running.address, &request).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    running.ended.abort();
}

#[tokio::test]
async fn minimum_and_maximum_numbers_are_accepted() {
    type Set = fn(Server<Definition>, bool) -> Server<Definition>;

    fn size(most: bool) -> usize {
        if most { usize::MAX } else { 0 }
    }
    fn number(most: bool) -> u32 {
        if most { u32::MAX } else { 0 }
    }
    let settings: [(&str, Set, &str); 6] = [
        (
            "body_limit",
            |server, most| server.body_limit(size(most)),
            "413",
        ),
        (
            "max_buffered_bytes",
            |server, most| server.max_buffered_bytes(size(most)),
            "503",
        ),
        (
            "max_header_bytes",
            |server, most| server.max_header_bytes(size(most)),
            "431",
        ),
        (
            "max_headers",
            |server, most| server.max_headers(size(most)),
            "431",
        ),
        (
            "max_concurrent_calls",
            |server, most| server.max_concurrent_calls(number(most)),
            "200",
        ),
        (
            "max_connections",
            |server, most| server.max_connections(number(most)),
            "200",
        ),
    ];
    for (name, set, at_zero) in settings {
        for (most, status) in [(false, at_zero), (true, "200")] {
            let running = start(Author::default(), |server| set(server, most)).await;
            let answer = exchange(running.address, wire_form(&running.webhook("/echo"))).await;
            let expected = format!("HTTP/1.1 {status}");
            assert!(answer.starts_with(&expected), "{name}, {most}: {answer}");
            running.stop().await;
        }
    }
}
