//! The server's memory limit: buffered bodies, and responses that clients do not read.

use std::time::Duration;

use bytes::Bytes;
use contexture::Server;
use http::Request;
use http_body_util::Full;
use hyper::client::conn::http2;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::Instant;

use super::{Running, exchange, start, wire_form};
use crate::handlers::Author;
use crate::sample::Definition;

const BUDGET: usize = 1024 * 1024;
const LARGE: usize = BUDGET * 2 / 3;

/// The write timeout, and the extra time that the server may take to stop.
const ANSWER_TIME: Duration = Duration::from_secs(20);
const MORE: Duration = Duration::from_secs(2);

/// A request whose body and whose response have at least this many bytes.
fn large(running: &Running, length: usize) -> Request<Bytes> {
    let mut request = running.webhook("/echo");
    let body = String::from_utf8(request.body().to_vec()).unwrap();
    let path = format!("/echo/{}", "a".repeat(length));
    *request.body_mut() = body.replace("/echo", &path).into();
    request
}

#[tokio::test]
async fn a_body_beyond_the_budget_of_all_is_refused_until_there_is_room_again() {
    let running = start(Author::default(), |server| {
        server.max_buffered_bytes(BUDGET)
    })
    .await;
    let request = wire_form(&large(&running, LARGE));
    let (first, last) = request.split_at(request.len() - 1);
    // The budget has room until the server has read the body of the slow client.
    let (mut slow, refused) = loop {
        let mut slow = TcpStream::connect(running.address).await.unwrap();
        slow.write_all(first).await.unwrap();
        let answer = exchange(running.address, &request).await;
        if !answer.starts_with("HTTP/1.1 200") {
            break (slow, answer);
        }
    };
    assert!(refused.starts_with("HTTP/1.1 503"), "{refused}");
    assert!(refused.contains("retry-after: 1"), "{refused}");
    // A small request still fits, and a started request does not block itself.
    let small = exchange(running.address, wire_form(&running.webhook("/echo"))).await;
    assert!(small.starts_with("HTTP/1.1 200"), "{small}");
    slow.write_all(last).await.unwrap();
    slow.shutdown().await.unwrap();
    let mut answer = String::new();
    slow.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let answer = exchange(running.address, &request).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let log = running.stop().await.text();
    assert!(
        log.contains("buffer limit (1048576 bytes) almost reached"),
        "{log}"
    );
}

#[tokio::test]
async fn of_many_large_bodies_at_once_each_is_answered_or_refused() {
    let running = start(Author::default(), |server| {
        server.max_buffered_bytes(BUDGET)
    })
    .await;
    let request = Bytes::from(wire_form(&large(&running, LARGE)));
    let clients: Vec<_> = (0..20)
        .map(|_| tokio::spawn(exchange(running.address, request.clone())))
        .collect();
    let mut answered = 0;
    for client in clients {
        let answer = client.await.unwrap();
        if answer.starts_with("HTTP/1.1 200") {
            answered += 1;
        } else {
            // A client that still sends when the connection closes may not receive the response.
            let is_refusal = answer.is_empty() || answer.starts_with("HTTP/1.1 503");
            assert!(is_refusal, "{answer}");
        }
    }
    assert!(answered > 0, "every request was refused");
    let answer = exchange(running.address, &request).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    running.stop().await;
}

/// A server with a drain timeout of an hour.
async fn patient() -> Running {
    start(Author::default(), |server| {
        server
            .write_timeout(ANSWER_TIME)
            .drain_timeout(Duration::from_hours(1))
    })
    .await
}

/// A client that has received the first byte of a response that is larger than the operating system's buffers.
async fn begin_to_read(running: &Running) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let mut client = socket.connect(running.address).await.unwrap();
    let request = wire_form(&large(running, 9_000_000));
    client.write_all(&request).await.unwrap();
    client.read_u8().await.unwrap();
    client
}

/// Stops a server, and asserts that it stops within the write timeout of its last connection.
async fn ends_with_the_answer(running: Running) {
    let began = Instant::now();
    let log = running.stop().await.text();
    let took = began.elapsed();
    assert!(took <= ANSWER_TIME + MORE, "{took:?}: {log}");
}

#[tokio::test(start_paused = true)]
async fn a_response_that_is_read_slowly_is_not_cut_by_the_limit_for_heads() {
    let running = start(Author::default(), |server| {
        server
            .header_read_timeout(Duration::from_secs(30))
            .write_timeout(Duration::from_hours(24))
    })
    .await;
    let mut client = begin_to_read(&running).await;
    tokio::time::sleep(Duration::from_mins(10)).await;
    let mut rest = Vec::new();
    // It ends because no other request follows.
    let _ = client.read_to_end(&mut rest).await;
    assert!(rest.len() >= 9_000_000, "{}", rest.len());
    running.stop().await;
}

#[tokio::test]
async fn a_client_that_does_not_read_its_response_is_disconnected() {
    let running = patient().await;
    let _client = begin_to_read(&running).await;
    tokio::time::pause();
    ends_with_the_answer(running).await;
}

#[tokio::test]
async fn an_answer_that_is_not_taken_counts_as_memory() {
    let limited = |server: Server<Definition>| server.max_buffered_bytes(20_000_000);
    let running = start(Author::default(), limited).await;
    let reading = begin_to_read(&running).await;
    let request = wire_form(&large(&running, 9_000_000));
    let refused = exchange(running.address, &request).await;
    // A client that still sends when the connection is closed may not read why.
    let is_refusal = refused.is_empty() || refused.starts_with("HTTP/1.1 503");
    assert!(is_refusal, "{} bytes", refused.len());
    reading.set_zero_linger().unwrap();
    drop(reading);
    while !exchange(running.address, &request)
        .await
        .starts_with("HTTP/1.1 200")
    {}
    running.stop().await;
}

#[tokio::test]
async fn a_client_that_reads_a_byte_a_second_is_disconnected() {
    let running = patient().await;
    let mut client = begin_to_read(&running).await;
    tokio::time::pause();
    let reading = tokio::spawn(async move {
        while client.read_u8().await.is_ok() {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    });
    ends_with_the_answer(running).await;
    reading.abort();
}

#[tokio::test]
async fn a_client_without_http2_window_for_its_response_is_disconnected() {
    let running = patient().await;
    let stream = TcpStream::connect(running.address).await.unwrap();
    let mut builder = http2::Builder::new(TokioExecutor::new());
    builder.initial_stream_window_size(1);
    let handshake = builder.handshake(TokioIo::new(stream));
    let (mut client, connection) = handshake.await.unwrap();
    let connection = tokio::spawn(connection);
    let request = large(&running, 100_000).map(Full::new);
    let answer = client.send_request(request).await.unwrap();
    assert_eq!(answer.status(), 200);
    tokio::time::pause();
    ends_with_the_answer(running).await;
    drop(answer);
    connection.abort();
}
