//! Malicious clients: the server responds or closes the connection, and keeps running.

use std::fmt::Write as _;
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::Instant;

use super::{Running, exchange, json_of, send, start, wire_form};
use crate::handlers::Author;
use crate::support::Ask;

const SECOND: Duration = Duration::from_secs(1);

impl Running {
    /// An ordinary request gets its response.
    async fn goes_on(&self) {
        assert_eq!(send(self.webhook("/echo")).await.status(), 200);
    }

    /// The bytes of a request with this body.
    fn wire(&self, ask: Ask) -> Vec<u8> {
        let mut request = ask.request();
        *request.uri_mut() = format!("http://{}/", self.address).parse().unwrap();
        wire_form(&request)
    }

    fn echo(&self, input: &str) -> Vec<u8> {
        let body = format!(r#"{{"type":"echo","input":{input}}}"#);
        self.wire(Ask::new("action_triggered").text(&body))
    }
}

/// The bytes of a request to this path.
fn with_path(request: &[u8], path: &str) -> Vec<u8> {
    let rest = request.strip_prefix(b"POST /").unwrap();
    [b"POST ", path.as_bytes(), rest].concat()
}

/// A request without a body, up to the point where more headers may follow.
fn head(path: &str) -> Vec<u8> {
    format!("POST {path} HTTP/1.1\r\nhost: a\r\n").into_bytes()
}

fn nested(levels: usize) -> String {
    format!(
        r#"{{"value":{}1{}}}"#,
        "[".repeat(levels),
        "]".repeat(levels)
    )
}

fn object(keys: usize) -> String {
    let mut text = String::from("{");
    for key in 0..keys {
        write!(text, r#""{key:x}":1,"#).unwrap();
    }
    text.pop();
    text + "}"
}

/// The head of a request with these headers.
fn with_headers(headers: &str) -> Vec<u8> {
    [head("/"), headers.into(), b"\r\n".into()].concat()
}

/// A request with a byte that is not UTF-8 in the place of each question mark.
fn not_utf8(request: Vec<u8>) -> Vec<u8> {
    let replaced = request
        .into_iter()
        .map(|byte| if byte == b'?' { 0xff } else { byte });
    replaced.collect()
}

#[tokio::test]
async fn malicious_requests_get_a_response_and_so_does_the_next_call() {
    let running = start(Author::default(), |server| server).await;
    let cases: [(&str, Vec<u8>, &str); 14] = [
        (
            "a handler that panics",
            wire_form(&running.webhook("/panic")),
            "500",
        ),
        (
            "ten thousand headers",
            with_headers(&"x-a: b\r\n".repeat(10_000)),
            "431",
        ),
        (
            "JSON of 10,000 levels",
            running.echo(&nested(10_000)),
            "400",
        ),
        (
            "an object of a million keys",
            running.echo(&object(1_000_000)),
            "200",
        ),
        (
            "text that is not UTF-8",
            not_utf8(running.echo("\"?\"")),
            "400",
        ),
        (
            "a key that comes twice",
            running.echo(r#"{"value":1,"value":2}"#),
            "200",
        ),
        (
            "a NUL in a text",
            running.echo(r#"{"value":"a\u0000b"}"#),
            "200",
        ),
        ("a NUL in JSON", running.echo("{\"value\":\"a\0b\"}"), "400"),
        (
            "a NUL in a header",
            with_headers("x-bot-id: a\0b\r\n"),
            "400",
        ),
        (
            "a NUL in a path",
            [head("/\0"), b"\r\n".into()].concat(),
            "400",
        ),
        (
            "a path of dots",
            with_path(&running.echo("{}"), "/../.././%2e%2e/..%2f"),
            "200",
        ),
        (
            "a long path of dots",
            with_path(&running.echo("{}"), &"/..".repeat(10_000)),
            "200",
        ),
        (
            "a content length that is not a number",
            with_headers("content-length: -1\r\n"),
            "400",
        ),
        (
            "two lengths",
            with_headers("content-length: 1\r\ncontent-length: 2\r\n"),
            "400",
        ),
    ];
    for (name, sent, status) in cases {
        let answer = exchange(running.address, sent).await;
        let is_expected = answer.starts_with(&format!("HTTP/1.1 {status}"));
        assert!(is_expected, "{name}: {answer}");
        running.goes_on().await;
    }
    running.stop().await;
}

#[tokio::test]
async fn of_a_key_that_comes_twice_the_last_counts() {
    let running = start(Author::default(), |server| server).await;
    let answer = exchange(running.address, running.echo(r#"{"value":1,"value":2}"#)).await;
    assert!(answer.contains(r#""output":{"value":2}"#), "{answer}");
    running.stop().await;
}

#[tokio::test]
async fn a_webhook_may_have_a_path_of_dots() {
    let running = start(Author::default(), |server| server).await;
    let response = send(running.webhook("/../../etc/./passwd/..%00")).await;
    assert_eq!(json_of(&response)["path"], "/../../etc/./passwd/..%00");
    running.stop().await;
}

#[tokio::test]
async fn a_body_of_a_gigabyte_is_refused_before_it_is_sent() {
    let running = start(Author::default(), |server| server).await;
    let mut client = TcpStream::connect(running.address).await.unwrap();
    let announced = [head("/"), b"content-length: 1000000000\r\n\r\n".into()].concat();
    client.write_all(&announced).await.unwrap();
    let mut answer = String::new();
    client.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    running.goes_on().await;
    running.stop().await;
}

#[tokio::test]
async fn a_body_of_any_length_is_not_read_beyond_the_limit() {
    /// The bytes that the operating system buffers for a server that reads nothing.
    const BUFFERS: usize = 16 * 1024 * 1024;
    const LIMIT: usize = 1024 * 1024;

    let running = start(Author::default(), |server| server.body_limit(LIMIT)).await;
    let client = TcpStream::connect(running.address).await.unwrap();
    let (mut reader, mut writer) = client.into_split();
    let answer = tokio::spawn(async move {
        let mut answer = Vec::new();
        let _ = reader.read_to_end(&mut answer).await;
        String::from_utf8(answer).unwrap()
    });
    let start = [head("/"), b"transfer-encoding: chunked\r\n\r\n".into()].concat();
    writer.write_all(&start).await.unwrap();
    let chunk = [b"10000\r\n".to_vec(), vec![b' '; 0x10000], b"\r\n".into()].concat();
    let mut sent = 0;
    while sent < 1_000_000_000 && writer.write_all(&chunk).await.is_ok() {
        sent += chunk.len();
    }
    assert!(sent < LIMIT + BUFFERS, "the server accepted {sent} bytes");
    let answer = answer.await.unwrap();
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 413"),
        "{answer}"
    );
    running.goes_on().await;
    running.stop().await;
}

/// Sends a byte a second while the connection is open; returns the response.
async fn drip(running: &Running, bytes: &[u8]) -> String {
    let client = TcpStream::connect(running.address).await.unwrap();
    let (mut reader, mut writer) = client.into_split();
    let answer = tokio::spawn(async move {
        let mut answer = String::new();
        let _ = reader.read_to_string(&mut answer).await;
        answer
    });
    for byte in bytes {
        if answer.is_finished() || writer.write_all(&[*byte]).await.is_err() {
            break;
        }
        tokio::time::sleep(SECOND).await;
    }
    answer.await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_client_that_sends_its_head_a_byte_a_second_is_disconnected() {
    let running = start(Author::default(), |server| {
        server.header_read_timeout(30 * SECOND)
    })
    .await;
    let began = Instant::now();
    let answer = drip(&running, &wire_form(&running.webhook("/echo"))).await;
    assert!(!answer.contains("200"), "{answer}");
    assert!(began.elapsed() <= 32 * SECOND, "{:?}", began.elapsed());
    running.goes_on().await;
    running.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_client_that_sends_its_body_a_byte_a_second_is_refused() {
    let running = start(Author::default(), |server| {
        server.body_read_timeout(60 * SECOND)
    })
    .await;
    let mut client = TcpStream::connect(running.address).await.unwrap();
    let mut request = wire_form(&running.webhook("/echo"));
    let body = request.split_off(request.len() - running.webhook("/echo").body().len());
    client.write_all(&request).await.unwrap();
    let began = Instant::now();
    for byte in body.iter().cycle() {
        let mut first = [0];
        let read = client.try_read(&mut first);
        if read.is_ok() || client.write_all(&[*byte]).await.is_err() {
            break;
        }
        tokio::time::sleep(SECOND).await;
    }
    assert!(began.elapsed() <= 62 * SECOND, "{:?}", began.elapsed());
    running.goes_on().await;
    running.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_never_ends_is_canceled_at_the_timeout() {
    let running = start(Author::default(), |server| {
        server.request_timeout(300 * SECOND)
    })
    .await;
    let began = Instant::now();
    let request = wire_form(&running.webhook("/forever"));
    let answer = exchange(running.address, request).await;
    assert!(answer.starts_with("HTTP/1.1 504"), "{answer}");
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    let error: Value = serde_json::from_str(body).unwrap();
    assert_eq!(error["type"], "OperationTimeout");
    let message = "the integration did not respond within 300s";
    assert_eq!(error["message"], message);
    assert!(error["id"].as_str().unwrap().starts_with("err_"), "{error}");
    assert!(began.elapsed() >= 300 * SECOND, "{:?}", began.elapsed());
    running.goes_on().await;
    running.stop().await;
}

#[tokio::test]
async fn clients_that_disconnect_at_any_byte_do_not_stop_the_server() {
    let running = start(Author::default(), |server| server).await;
    let request = wire_form(&running.webhook("/echo"));
    for end in 0..=request.len() {
        let mut client = TcpStream::connect(running.address).await.unwrap();
        let _ = client.write_all(&request[..end]).await;
        if end % 2 == 0 {
            // The reset reaches the server at once, unlike the end of a stream.
            client.set_zero_linger().unwrap();
        }
    }
    running.goes_on().await;
    running.stop().await;
}
