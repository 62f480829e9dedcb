//! The server's limits and timeouts.

use std::time::Duration;

use bytes::Bytes;
use contexture::Server;
use http::Request;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::{exchange, json_of, send, start, wire_form};
use crate::handlers::Author;
use crate::sample::Definition;

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused() {
    let running = start(Author::default(), |server| server.body_limit(1024)).await;
    let mut request = running.webhook("/echo");
    *request.body_mut() = Bytes::from(vec![b' '; 1025]);
    let response = send(request).await;
    assert_eq!(response.status(), 413);
    assert_eq!(json_of(&response)["type"], "PayloadTooLarge");
    let log = running.stop().await.text();
    let id = json_of(&response)["id"].as_str().unwrap().to_owned();
    let expected = format!("\nthe body is too large ({id})\n");
    assert!(log.contains(&expected), "{log}");
}

#[tokio::test]
async fn a_handler_that_takes_too_long_is_canceled() {
    let limited = |server: Server<Definition>| server.request_timeout(Duration::from_millis(1));
    let running = start(Author::default(), limited).await;
    let response = send(running.webhook("/forever")).await;
    assert_eq!(response.status(), 504);
    assert_eq!(json_of(&response)["type"], "OperationTimeout");
    let log = running.stop().await.text();
    let id = json_of(&response)["id"].as_str().unwrap().to_owned();
    let told = log.lines().filter(|line| line.contains(&id));
    let told: Vec<_> = told.collect();
    assert_eq!(told.len(), 1, "{log}");
    let expected =
        "for the bot's owner: the integration did not respond within 1ms (webhook_received, ";
    assert!(told[0].starts_with(expected), "{log}");
    assert!(log.contains("\nwebhook_received: 504 in "), "{log}");
}

#[tokio::test]
async fn bytes_that_are_not_http_end_only_their_own_connection() {
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
        // The server may close the connection before it has read everything.
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
async fn the_number_of_headers_is_a_setting() {
    let few = |server: Server<Definition>| server.max_headers(3);
    let running = start(Author::default(), few).await;
    let request = "GET /health HTTP/1.1\r\nhost: a\r\nx-a: b\r\n";
    let answer = exchange(running.address, format!("{request}\r\n")).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let answer = exchange(
        running.address,
        format!("{request}x-c: d\r\nx-e: f\r\n\r\n"),
    )
    .await;
    assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
    running.stop().await;
}

#[tokio::test]
async fn a_head_beyond_the_limit_is_refused() {
    let short = |server: Server<Definition>| server.max_header_bytes(10_000);
    let running = start(Author::default(), short).await;
    for (length, status) in [(5_000, 200), (10_000, 431), (100_000, 431)] {
        let mut request = running.webhook("/echo");
        let long = http::HeaderValue::try_from("a".repeat(length)).unwrap();
        request.headers_mut().insert("x-long", long);
        let answer = exchange(running.address, wire_form(&request)).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{answer}"
        );
    }
    running.stop().await;
}

#[tokio::test]
async fn a_client_that_never_ends_its_head_is_disconnected() {
    let hurried = |server: Server<Definition>| server.header_read_timeout(Duration::from_millis(1));
    let running = start(Author::default(), hurried).await;
    // Nothing, a prefix of both protocols, a prefix of HTTP/1, and the preface of HTTP/2.
    for beginning in ["", "P", "POST / HT", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"] {
        let mut client = TcpStream::connect(running.address).await.unwrap();
        client.write_all(beginning.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        // The connection ends in every case.
        let _ = client.read_to_end(&mut answer).await;
    }
    running.stop().await;
}

#[tokio::test]
async fn a_body_that_does_not_come_in_time_is_refused() {
    let hurried = |server: Server<Definition>| server.body_read_timeout(Duration::from_millis(1));
    let running = start(Author::default(), hurried).await;
    let request = wire_form(&running.webhook("/echo"));
    let mut client = TcpStream::connect(running.address).await.unwrap();
    client
        .write_all(&request[..request.len() - 1])
        .await
        .unwrap();
    let mut answer = String::new();
    client.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert!(
        answer.contains("the request body was not received in time"),
        "{answer}"
    );
    running.stop().await;
}

#[tokio::test]
async fn a_body_is_read_as_text_once_all_of_it_is_there() {
    let running = start(Author::default(), |server| server).await;
    let mut request = running.webhook("/echo");
    let body = r#"{"req":{"method":"POST","path":"/é✓","body":"💥"}}"#;
    *request.body_mut() = Bytes::from(body);
    let mut client = TcpStream::connect(running.address).await.unwrap();
    let wire = wire_form(&request);
    let head = wire.len() - body.len();
    client.write_all(&wire[..head]).await.unwrap();
    for byte in body.as_bytes() {
        client.write_all(&[*byte]).await.unwrap();
        client.flush().await.unwrap();
        tokio::task::yield_now().await;
    }
    client.shutdown().await.unwrap();
    let mut answer = String::new();
    client.read_to_string(&mut answer).await.unwrap();
    assert!(
        answer.contains(r#""path":"/é✓""#) && answer.contains("💥"),
        "{answer}"
    );
    running.stop().await;
}

#[tokio::test]
async fn calls_beyond_the_limit_are_rejected_with_retry_after() {
    let handlers = Author::default();
    let running = start(handlers.clone(), |server| server.max_concurrent_calls(1)).await;
    let call = tokio::spawn(send(running.webhook("/hold")));
    handlers.gate.started.notified().await;
    for _ in 0..2 {
        let refused = send(running.webhook("/echo")).await;
        assert_eq!(refused.status(), 503);
        assert_eq!(refused.headers()["retry-after"], "1");
        let error = json_of(&refused);
        assert_eq!(
            (&error["code"], &error["type"]),
            (&503.into(), &"Internal".into())
        );
    }
    // The health and readiness paths still respond.
    for path in ["/health", "/ready"] {
        let probe = Request::get(format!("http://{}{path}", running.address));
        assert_eq!(send(probe.body(Bytes::new()).unwrap()).await.status(), 200);
    }
    handlers.gate.proceed.notify_one();
    assert_eq!(call.await.unwrap().status(), 200);
    assert_eq!(send(running.webhook("/echo")).await.status(), 200);
    let log = running.stop().await.text();
    assert_eq!(
        log.matches("concurrency limit (1) reached; rejecting new calls")
            .count(),
        1,
        "{log}"
    );
}
