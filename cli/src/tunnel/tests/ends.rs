//! Connections that end, and what follows.

use std::sync::Arc;

use bytes::Bytes;
use contexture_tunnel::{Call, NoAnswer, code};
use http::Response;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use super::super::supervisor::connect;
use super::{Handler, ID, Pair, TunnelAddress, TunnelEvent, TunnelId, ok};

#[tokio::test]
async fn an_id_that_another_tail_has_ends_the_tunnel_and_the_reason_says_what_to_do() {
    let mut pair = Pair::start(ok(), |server| server.take(ID)).await;
    let TunnelEvent::Failed(reason) = pair.event().await else {
        panic!("the id is refused");
    };
    assert_eq!(
        reason,
        "the tunnel id `an-id` is in use: another `contexture dev --tunnel` or `bp dev` has it\n\
         help: end that one, or choose another id with `--tunnel-id`"
    );
    assert_eq!(pair.events.recv().await, None, "the tunnel has ended");
}

#[tokio::test]
async fn an_id_that_is_not_accepted_ends_the_tunnel() {
    let mut pair = Pair::open(ok()).await;
    pair.server.close(ID, code::INVALID_ID, "invalid url");
    let TunnelEvent::Failed(reason) = pair.event().await else {
        panic!("the id is refused");
    };
    assert!(
        reason.contains("does not accept the id `an-id`"),
        "{reason}"
    );
    assert_eq!(pair.events.recv().await, None, "the tunnel has ended");
}

#[tokio::test]
async fn every_other_close_is_followed_by_a_new_connection() {
    let mut pair = Pair::open(ok()).await;
    let codes = [
        1000,
        1001,
        1011,
        1012,
        code::INVALID_RESPONSE,
        code::INVALID_REQUEST,
        4004,
        code::INTERNAL_HEAD,
    ];
    for code in codes {
        pair.server.close(ID, code, "as it\nis");
        let because = pair.reconnected().await;
        assert!(
            because.starts_with(&format!("the tunnel closed it with {code} (")),
            "{because}"
        );
        assert!(because.ends_with("): as it is"), "{because}");
        assert_eq!(pair.ping().await, 200);
    }
    assert_eq!(pair.server.record().violations, [""; 0]);
}

#[tokio::test]
async fn a_frame_that_cannot_be_read_ends_the_connection_with_the_code_for_it() {
    let mut pair = Pair::open(ok()).await;
    let frames = [
        "{",
        "[]",
        "{}",
        r#"{"type":"request","id":1}"#,
        r#"{"type":null,"id":"1"}"#,
    ];
    for (number, frame) in frames.into_iter().enumerate() {
        pair.server.send_text(ID, frame);
        let because = pair.reconnected().await;
        assert!(
            because.starts_with("a frame of the tunnel cannot be read: "),
            "{because}"
        );
        let closed = pair.server.record().closed_by_tails;
        assert_eq!(
            closed[number],
            (code::INVALID_REQUEST, "invalid request payload".to_owned())
        );
    }
    pair.server.send_bytes(ID, b"\xff");
    assert!(pair.reconnected().await.ends_with("it is not text"));
    assert_eq!(pair.ping().await, 200);
}

#[tokio::test]
async fn a_call_whose_connection_ends_is_reported_as_lost_and_its_answer_is_dropped() {
    let gate = Arc::new(Semaphore::new(0));
    let (entered, opened) = (Arc::new(Semaphore::new(0)), Arc::clone(&gate));
    let (enter, left) = (Arc::clone(&entered), Arc::new(Semaphore::new(0)));
    let leave = Arc::clone(&left);
    let mut pair = Pair::open(Handler::new(move |_| {
        let (gate, enter, leave) = (Arc::clone(&gate), Arc::clone(&enter), Arc::clone(&leave));
        async move {
            enter.add_permits(1);
            let _permit = gate.acquire().await.unwrap();
            leave.add_permits(1);
            Ok(Response::new(Bytes::new()))
        }
    }))
    .await;
    let greet = Call::operation("action_triggered", &json!({ "type": "greet", "input": {} }));
    {
        let call = pair.server.call(ID, &greet);
        tokio::pin!(call);
        tokio::select! {
            _ = &mut call => panic!("the handler waits"),
            entered = entered.acquire() => drop(entered.unwrap()),
        }
        pair.server.close(ID, 1012, "restart");
        assert_eq!(call.await, Err((Some("req-1".to_owned()), NoAnswer::Lost)));
    }
    let lost = pair.lost().await;
    assert_eq!(
        lost.to_string(),
        "action_triggered greet (request req-1) is lost: the connection ended before its answer was sent"
    );
    pair.reconnected().await;
    opened.add_permits(2);
    drop(left.acquire().await.unwrap());
    assert_eq!(pair.ping().await, 200);
    let record = pair.server.record();
    assert!(!record.answers.contains_key("req-1"), "{record:?}");
    assert_eq!(record.violations, [""; 0]);
}

#[tokio::test]
async fn a_server_that_stops_and_starts_again_is_found_again() {
    let mut pair = Pair::open(ok()).await;
    pair.server.stop().await;
    while !matches!(pair.event().await, TunnelEvent::Disconnected { because, .. } if because.contains("cannot be reached"))
    {
    }
    pair.server.resume().await.unwrap();
    pair.reconnected().await;
    assert_eq!(pair.ping().await, 200);
}

async fn reason_of(server: &str) -> String {
    let address = TunnelAddress::new(server, TunnelId::new(ID).unwrap()).unwrap();
    let opened = connect(&address).await.map(drop);
    opened.expect_err("there is no tunnel")
}

#[tokio::test]
async fn a_server_that_cannot_be_reached_or_is_no_tunnel_is_told_with_its_reason() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let closed = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let reason = reason_of(&closed).await;
    assert!(reason.contains("refused"), "{reason}");
    let listener = contexture_emulator::server::bind(0).await.unwrap();
    let served = format!("http://{}", listener.local_addr().unwrap());
    let router = axum::Router::new();
    tokio::spawn(async move { axum::serve(listener, router).await });
    let reason = reason_of(&served).await;
    assert_eq!(
        reason,
        "the server answers 404 Not Found and opens no WebSocket"
    );
}
