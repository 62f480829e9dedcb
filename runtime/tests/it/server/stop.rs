//! The shutdown of a server, and calls of clients that disconnected.

use std::{
    sync::{Arc, Mutex, atomic::Ordering},
    time::Duration,
};

use bytes::Bytes;
use contexture::Server;
use http::Request;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::{exchange, send, start, wire_form};
use crate::handlers::Author;
use crate::sample::Definition;

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
    // Another call runs to its end, so that the server has noticed the disconnect.
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
    let short = |server: Server<Definition>| server.drain_timeout(Duration::from_millis(1));
    let running = start(handlers.clone(), short).await;
    let call = tokio::spawn(send(running.webhook("/hold")));
    handlers.gate.started.notified().await;
    let log = running.stop().await.text();
    let expected = "stopping, with 1 running calls\n\
        drain timeout: 1 calls are still running and are aborted\nstopped";
    assert!(log.contains(expected), "{log}");
    call.abort();
}

#[tokio::test]
async fn a_call_of_a_disconnected_client_keeps_its_timeout_and_its_permit() {
    let handlers = Author::default();
    let limits = |server: Server<Definition>| {
        server
            .max_concurrent_calls(1)
            .request_timeout(Duration::from_millis(1))
    };
    let running = start(handlers.clone(), limits).await;
    let mut client = TcpStream::connect(running.address).await.unwrap();
    client
        .write_all(&wire_form(&running.webhook("/hold")))
        .await
        .unwrap();
    handlers.gate.started.notified().await;
    reset(client);
    handlers.gate.ended.notified().await;
    assert!(
        !handlers.gate.passed.load(Ordering::SeqCst),
        "the call ran past its timeout"
    );
    while send(running.webhook("/echo")).await.status() == 503 {}
    running.stop().await;
}

/// Closes a connection by a reset, which the other side notices at once.
fn reset(client: TcpStream) {
    client.set_zero_linger().unwrap();
    drop(client);
}

#[tokio::test]
async fn connections_that_are_idle_are_closed_when_the_server_stops() {
    let running = start(Author::default(), |server| server).await;
    let mut silent = TcpStream::connect(running.address).await.unwrap();
    let mut idle = TcpStream::connect(running.address).await.unwrap();
    idle.write_all(b"GET /health HTTP/1.1\r\nhost: a\r\n\r\n")
        .await
        .unwrap();
    let mut answer = [0; 12];
    idle.read_exact(&mut answer).await.unwrap();
    running.stop().await;
    let mut rest = Vec::new();
    idle.read_to_end(&mut rest).await.unwrap();
    assert!(rest.ends_with(b"ok"));
    assert_eq!(silent.read_to_end(&mut rest).await.unwrap(), 0);
}

#[tokio::test]
async fn requests_that_arrived_before_the_end_are_answered() {
    let running = start(Author::default(), |server| server).await;
    let mut clients = Vec::new();
    for _ in 0..8 {
        let mut client = TcpStream::connect(running.address).await.unwrap();
        client
            .write_all(&wire_form(&running.webhook("/echo")))
            .await
            .unwrap();
        clients.push(client);
    }
    running.stop().await;
    for mut client in clients {
        let mut answer = String::new();
        client.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
}

#[tokio::test]
async fn readiness_ends_before_the_server_does() {
    let handlers = Author::default();
    let patient = |server: Server<Definition>| server.shutdown_delay(Duration::from_mins(10));
    let running = start(handlers.clone(), patient).await;
    let address = running.address;
    let ready = || {
        let ready = Request::get(format!("http://{address}/ready"));
        send(ready.body(Bytes::new()).unwrap())
    };
    assert_eq!(ready().await.body(), "ready");
    let call = running.webhook("/echo");
    running.stop.send(()).unwrap();
    while ready().await.status() == 200 {
        tokio::task::yield_now().await;
    }
    assert_eq!(ready().await.status(), 503);
    // Calls still arrive until load balancers have noticed.
    assert_eq!(send(call).await.status(), 200);
    running.ended.abort();
}

#[tokio::test]
async fn a_call_on_the_path_of_readiness_is_a_call() {
    let running = start(Author::default(), |server| server).await;
    let mut call = running.webhook("/echo");
    *call.uri_mut() = format!("http://{}/ready", running.address).parse().unwrap();
    let answer = send(call).await;
    assert!(answer.body().starts_with(b"{"), "{:?}", answer.body());
    running.stop().await;
}

#[tokio::test]
async fn a_client_that_shut_its_write_side_down_gets_its_response() {
    let running = start(Author::default(), |server| server).await;
    let answer = exchange(running.address, wire_form(&running.webhook("/echo"))).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    running.stop().await;
}

#[tokio::test]
async fn hooks_run_before_the_first_call_and_after_the_last() {
    let notes = Arc::new(Mutex::new(Vec::new()));
    let note = |text: &'static str| {
        let notes = Arc::clone(&notes);
        move || async move {
            notes.lock().unwrap().push(text);
            Ok(())
        }
    };
    let hooks = |server: Server<Definition>| {
        server
            .on_start(note("open"))
            .on_start(note("fill"))
            .on_stop(note("close"))
    };
    let running = start(Author::default(), hooks).await;
    assert_eq!(*notes.lock().unwrap(), ["open", "fill"]);
    running.stop().await;
    assert_eq!(*notes.lock().unwrap(), ["open", "fill", "close"]);
}

#[tokio::test]
async fn a_request_that_comes_while_the_server_stops_is_answered_as_the_last() {
    let running = start(Author::default(), |server| server).await;
    let mut client = TcpStream::connect(running.address).await.unwrap();
    let request = wire_form(&running.webhook("/echo"));
    client.write_all(&request).await.unwrap();
    let mut answer = [0; 15];
    client.read_exact(&mut answer).await.unwrap();
    let stopping = tokio::spawn(running.stop());
    let mut rest = String::new();
    client.write_all(&request).await.unwrap();
    client.read_to_string(&mut rest).await.unwrap();
    stopping.await.unwrap();
    assert_eq!(rest.matches("HTTP/1.1 200 OK").count(), 1, "{rest}");
    assert!(rest.contains("connection: close"), "{rest}");
}
