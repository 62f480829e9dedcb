//! Work that goes on after the response.

use std::{sync::atomic::Ordering, time::Duration};

use contexture::Server;
use serde_json::json;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use super::{send, start, wire_form};
use crate::handlers::Author;
use crate::sample::Definition;
use crate::support::{Ask, TestApp};

#[tokio::test]
async fn the_response_does_not_wait_for_the_work_and_the_shutdown_does() {
    let handlers = Author::default();
    let running = start(handlers.clone(), |server| server).await;
    let response = send(running.webhook("/later/hold")).await;
    assert_eq!(response.body(), "at once");
    handlers.gate.started.notified().await;
    running.stop.send(()).unwrap();
    assert!(!running.ended.is_finished());
    handlers.gate.proceed.notify_one();
    running.ended.await.unwrap();
    assert!(handlers.gate.passed.load(Ordering::SeqCst));
    assert_eq!(handlers.notes.all(), ["worked true"]);
}

#[tokio::test]
async fn the_work_counts_as_a_running_call() {
    let handlers = Author::default();
    let one = |server: Server<Definition>| server.max_concurrent_calls(1);
    let running = start(handlers.clone(), one).await;
    assert_eq!(send(running.webhook("/later/hold")).await.status(), 200);
    handlers.gate.started.notified().await;
    assert_eq!(send(running.webhook("/echo")).await.status(), 503);
    handlers.gate.proceed.notify_one();
    running.stop().await;
}

#[tokio::test]
async fn the_work_of_a_client_that_went_away_is_done() {
    let handlers = Author::default();
    let running = start(handlers.clone(), |server| server).await;
    let mut client = TcpStream::connect(running.address).await.unwrap();
    let call = wire_form(&running.webhook("/later/hold"));
    client.write_all(&call).await.unwrap();
    handlers.gate.started.notified().await;
    drop(client);
    handlers.gate.proceed.notify_one();
    handlers.gate.ended.notified().await;
    running.stop().await;
    assert_eq!(handlers.notes.all(), ["worked true"]);
}

#[tokio::test]
async fn work_that_does_not_end_is_stopped_at_the_timeout_of_a_call() {
    let handlers = Author::default();
    let short = |server: Server<Definition>| server.request_timeout(Duration::from_millis(50));
    let running = start(handlers.clone(), short).await;
    assert_eq!(send(running.webhook("/later/forever")).await.status(), 200);
    // The drain waits for the timeout.
    running.stop().await;
    assert!(handlers.notes.all().is_empty());
}

#[tokio::test]
async fn an_error_and_a_panic_of_the_work_are_logged() {
    for (path, problem) in [
        ("/later/error", "after the response: no database"),
        (
            "/later/panic",
            "after the response: the work panicked: in the work",
        ),
    ] {
        let running = start(Author::default(), |server| server).await;
        assert_eq!(send(running.webhook(path)).await.status(), 200);
        let log = running.stop().await.text();
        assert!(log.contains(problem), "{log}");
    }
}

#[tokio::test]
async fn a_handler_that_fails_does_no_work() {
    let handlers = Author::default();
    let running = start(handlers.clone(), |server| server).await;
    assert_eq!(send(running.webhook("/later/fail")).await.status(), 400);
    running.stop().await;
    assert!(handlers.notes.all().is_empty());
}

#[tokio::test]
async fn without_the_server_the_response_waits_for_the_work() {
    let app = TestApp::new();
    let call = json!({ "req": { "method": "POST", "path": "/later", "query": "", "headers": {} } });
    let answer = app
        .ask(Ask::new("webhook_received").body(&call).request())
        .await;
    assert_eq!(answer.body, "at once");
    assert_eq!(app.notes.all(), ["worked true"]);
}
