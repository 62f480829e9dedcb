//! Requests and their answers.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use contexture_tunnel::Call;
use http::Response;
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use super::super::connection::REQUESTS;
use super::{Failure, Handler, ID, Pair, TunnelEvent, always, echo, ok};

#[tokio::test]
async fn a_request_comes_as_it_is_and_its_answer_goes_back() {
    let pair = Pair::open(echo()).await;
    let mut call = Call::operation("webhook_received", &json!({ "text": "é" }));
    call.path = "/a".to_owned();
    call.query = Some("b=c".to_owned());
    let (_, reply) = pair.server.call(ID, &call).await.unwrap();
    assert_eq!(reply.status, 201);
    assert_eq!(reply.headers["x-answer"], ["1", "2"]);
    let told: Value = serde_json::from_str(&reply.body).unwrap();
    let expected = json!({
        "method": "POST", "url": "/a?b=c", "headers": ["x-bp-operation: webhook_received"], "body": r#"{"text":"é"}"#,
    });
    assert_eq!(told, expected);
}

#[tokio::test]
async fn a_connection_says_hello_announces_nothing_and_names_the_client_for_the_firewall() {
    let pair = Pair::open(ok()).await;
    pair.server.recorded(|record| record.hellos > 0).await;
    let record = pair.server.record();
    assert_eq!(record.capabilities, [""; 0]);
    assert_eq!(record.user_agents, ["tunnel-client"]);
    assert_eq!(record.violations, [""; 0]);
}

#[tokio::test]
async fn frames_that_ask_for_nothing_leave_the_connection_as_it_is() {
    let mut pair = Pair::open(ok()).await;
    pair.server
        .send_text(ID, r#"{"type":"hello","capabilities":["ws"]}"#);
    pair.server
        .send_text(ID, r#"{"type":"ws_open","id":"1","path":"/"}"#);
    assert_eq!(
        pair.warning().await,
        "a frame of the unknown type `ws_open` was left out"
    );
    pair.server
        .send_bytes(ID, br#"{"id":"bytes","method":"GET","path":"/"}"#);
    pair.server
        .recorded(|record| record.answers.contains_key("bytes"))
        .await;
    assert_eq!(pair.ping().await, 200);
    assert_eq!(pair.server.record().connections, 1);
}

#[tokio::test]
async fn nothing_that_serves_is_a_503_and_a_failure_is_a_500_that_is_reported() {
    let pair = Pair::open(always(|| Err(Failure::NotReady))).await;
    assert_eq!(pair.ping().await, 503);
    let mut pair = Pair::open(always(|| Err(Failure::Failed("no route".to_owned())))).await;
    assert_eq!(pair.ping().await, 500);
    assert_eq!(
        pair.warning().await,
        "ping (request req-1) failed: no route"
    );
    let mut pair = Pair::open(Handler::new(|_| async { panic!("of a handler") })).await;
    assert_eq!(pair.ping().await, 500);
    assert!(pair.warning().await.contains("the handler panicked"));
    assert_eq!(pair.ping().await, 500, "the next request is answered, too");
}

#[tokio::test]
async fn an_answer_that_is_not_text_is_a_500_that_says_so() {
    let mut pair = Pair::open(always(|| Ok(Response::new(Bytes::from_static(b"\xff"))))).await;
    assert_eq!(pair.ping().await, 500);
    let warning = pair.warning().await;
    assert!(
        warning.contains("the answer is not text but 1 bytes"),
        "{warning}"
    );
}

#[tokio::test]
async fn a_request_that_http_does_not_have_is_a_400() {
    let mut pair = Pair::open(ok()).await;
    let call = Call {
        method: "NOT A METHOD".to_owned(),
        path: "/".to_owned(),
        ..Call::default()
    };
    let (_, reply) = pair.server.call(ID, &call).await.unwrap();
    assert_eq!(reply.status, 400);
    assert!(pair.warning().await.contains("is no method of HTTP"));
}

#[tokio::test]
async fn a_request_that_comes_twice_is_answered_once() {
    let gate = Arc::new(Semaphore::new(0));
    let (opened, handled) = (Arc::clone(&gate), Arc::new(AtomicUsize::new(0)));
    let count = Arc::clone(&handled);
    let mut pair = Pair::open(Handler::new(move |_| {
        count.fetch_add(1, Ordering::SeqCst);
        let gate = Arc::clone(&gate);
        async move {
            let _permit = gate.acquire().await.unwrap();
            Ok(Response::new(Bytes::new()))
        }
    }))
    .await;
    let frame = r#"{"id":"twice","method":"GET","path":"/x"}"#;
    pair.server.send_text(ID, frame);
    pair.server.send_text(ID, frame);
    assert_eq!(
        pair.warning().await,
        "GET /x (request twice) came twice; the second one was left out"
    );
    opened.add_permits(1);
    pair.server
        .recorded(|record| record.answers.contains_key("twice"))
        .await;
    assert_eq!(pair.ping().await, 200, "everything before it was read");
    assert_eq!(pair.server.record().answers["twice"], 1);
    assert_eq!(
        handled.load(Ordering::SeqCst),
        2,
        "the first one and the ping"
    );
}

#[tokio::test]
async fn requests_beyond_the_limit_are_refused_at_once() {
    let gate = Arc::new(Semaphore::new(0));
    let opened = Arc::clone(&gate);
    let mut pair = Pair::open(Handler::new(move |_| {
        let gate = Arc::clone(&gate);
        async move {
            let _permit = gate.acquire().await.unwrap();
            Ok(Response::new(Bytes::new()))
        }
    }))
    .await;
    for number in 0..=REQUESTS {
        let frame = json!({ "id": number.to_string(), "method": "GET", "path": "/" });
        pair.server.send_text(ID, &frame.to_string());
    }
    let last = REQUESTS.to_string();
    pair.server
        .recorded(|record| record.answers.contains_key(&last))
        .await;
    assert_eq!(pair.server.record().answers.len(), 1);
    assert!(pair.warning().await.contains("was refused (503)"));
    opened.add_permits(1);
    pair.server
        .recorded(|record| record.answers.len() == REQUESTS + 1)
        .await;
    assert_eq!(pair.server.record().answered_twice(), [""; 0]);
}

#[tokio::test]
async fn a_tunnel_that_is_closed_answers_what_runs_and_refuses_what_comes() {
    let gate = Arc::new(Semaphore::new(0));
    let opened = Arc::clone(&gate);
    let entered = Arc::new(Semaphore::new(0));
    let enter = Arc::clone(&entered);
    let Pair {
        server,
        tunnel,
        mut events,
    } = Pair::open(Handler::new(move |_| {
        enter.add_permits(1);
        let gate = Arc::clone(&gate);
        async move {
            let _permit = gate.acquire().await.unwrap();
            Ok(Response::new(Bytes::new()))
        }
    }))
    .await;
    let ping = Call::operation("ping", &json!({}));
    let (first, ()) = tokio::join!(server.call(ID, &ping), async {
        drop(entered.acquire().await.unwrap());
        let closing = tokio::spawn(tunnel.close());
        while server.call(ID, &ping).await.unwrap().1.status != 503 {}
        opened.add_permits(1);
        closing.await.unwrap();
    });
    assert_eq!(first.unwrap().1.status, 200);
    server
        .recorded(|record| !record.closed_by_tails.is_empty())
        .await;
    assert_eq!(server.record().closed_by_tails, [(1000, String::new())]);
    events.close();
    while let Some(event) = events.recv().await {
        assert!(
            !matches!(event, TunnelEvent::Lost(_) | TunnelEvent::Failed(_)),
            "{event:?}"
        );
    }
}
