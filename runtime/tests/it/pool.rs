//! The connection pool, against a server on loopback.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use contexture::Environment;
use contexture::client::{HttpTransport, Transport as _};
use contexture::testing::LogRecorder;
use http::{Request, StatusCode};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::handlers::Author;
use crate::sample;
use crate::support::{secrets, webhook};

/// Counts of a server's connections: open now, most at once, and in total.
#[derive(Debug, Default)]
struct Connections {
    open: AtomicUsize,
    most: AtomicUsize,
    all: AtomicUsize,
}

/// Starts a server that responds to every request with this JSON; returns its address.
async fn serve(answer: &'static str) -> (String, Arc<Connections>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let connections = Arc::new(Connections::default());
    let seen = Arc::clone(&connections);
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let seen = Arc::clone(&seen);
            seen.all.fetch_add(1, Ordering::SeqCst);
            let open = seen.open.fetch_add(1, Ordering::SeqCst) + 1;
            seen.most.fetch_max(open, Ordering::SeqCst);
            tokio::spawn(async move {
                answer_all(stream, answer).await;
                seen.open.fetch_sub(1, Ordering::SeqCst);
            });
        }
    });
    (address, connections)
}

/// Responds to one request after the other, until the client closes the connection.
async fn answer_all(stream: TcpStream, answer: &str) -> Option<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let (mut line, mut size) = (String::new(), 0);
        while line != "\r\n" {
            line.clear();
            if stream.read_line(&mut line).await.ok()? == 0 {
                return None;
            }
            if let Some(length) = line.to_lowercase().strip_prefix("content-length:") {
                size = length.trim().parse().ok()?;
            }
        }
        let mut body = vec![0; size];
        stream.read_exact(&mut body).await.ok()?;
        // Other tasks run in between, as with a slow response.
        tokio::task::yield_now().await;
        let length = answer.len();
        let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{answer}");
        stream.write_all(answer.as_bytes()).await.ok()?;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_handlers_at_once_share_one_pool() {
    const HANDLERS: usize = 1000;
    const CONNECTIONS: usize = 16;
    let answer = r#"{"state":{"payload":{}},"event":{"id":"e"}}"#;
    let (address, connections) = serve(answer).await;
    let transport = HttpTransport::new().connections(CONNECTIONS);
    let environment = Environment::new()
        .api_url(address)
        .transport(Arc::new(transport))
        .log_sink(Arc::new(LogRecorder::new()));
    let service = sample::service(Author::default())
        .secrets(secrets())
        .environment(environment);
    let mut handlers = JoinSet::new();
    for _ in 0..HANDLERS {
        let service = service.clone();
        // It sets a state and sends an event.
        let request = webhook("/client").request();
        handlers.spawn(async move { service.call_bytes(request).await.status() });
    }
    let statuses = handlers.join_all().await;
    assert_eq!(statuses, vec![StatusCode::OK; HANDLERS]);
    let most = connections.most.load(Ordering::SeqCst);
    assert!(most <= CONNECTIONS, "{most} connections at once");
    let all = connections.all.load(Ordering::SeqCst);
    assert!(all <= CONNECTIONS, "{all} connections in all");
}

#[tokio::test]
async fn an_answer_that_is_too_large_is_not_read_to_its_end() {
    let (address, _) = serve(r#"{"more":"than twenty bytes"}"#).await;
    let transport = HttpTransport::new().answer_limit(20);
    let request = Request::get(address).body(Bytes::new()).unwrap();
    let error = transport.send(request.map(Into::into)).await.unwrap_err();
    assert_eq!(error.to_string(), "the response is larger than 20 bytes");
}

#[tokio::test]
async fn a_connection_that_is_given_up_makes_room_for_another() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let transport = HttpTransport::new().connections(1);
    let request = || {
        Request::get(&address)
            .body(Bytes::new())
            .unwrap()
            .map(Into::into)
    };
    let hanging = tokio::spawn(transport.send(request()));
    let (held, _) = listener.accept().await.unwrap();
    hanging.abort();
    assert!(hanging.await.unwrap_err().is_cancelled());
    let next = tokio::spawn(transport.send(request()));
    let (stream, _) = listener.accept().await.unwrap();
    tokio::spawn(async move { answer_all(stream, "{}").await });
    assert_eq!(next.await.unwrap().unwrap().body(), "{}");
    drop(held);
}
