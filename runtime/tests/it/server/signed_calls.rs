//! Calls that Botpress signs.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use contexture::testing::LogRecorder;
use contexture::{CallSigner, Server, VerifyCallsLayer};
use http::{HeaderValue, Method, Request};

use super::{Running, send, start};
use crate::handlers::Author;
use crate::sample::Definition;

const NEW: &str = "bmV3LXNlY3JldA";
const OLD: &str = "b2xkLXNlY3JldA";

async fn verifying(layer: VerifyCallsLayer) -> Running {
    start(Author::default(), |server| server.verify_calls(layer)).await
}

async fn strict() -> Running {
    verifying(VerifyCallsLayer::new([NEW, OLD]).unwrap()).await
}

fn signed_at(secrets: &[&str], mut call: Request<Bytes>, time: SystemTime) -> Request<Bytes> {
    let signature = CallSigner::new(secrets).unwrap().sign(call.body(), time);
    call.headers_mut()
        .insert("x-bp-signature", signature.parse().unwrap());
    call
}

fn signed(call: Request<Bytes>) -> Request<Bytes> {
    signed_at(&[NEW], call, SystemTime::now())
}

/// Sends a call and expects the official refusal, and its reason in the log.
async fn is_refused(running: Running, call: Request<Bytes>, reason: &str) {
    let response = send(call).await;
    assert_eq!(response.status(), 401, "{reason}");
    assert_eq!(response.body(), r#"{"error":"Unauthorized"}"#);
    assert_eq!(response.headers()["content-type"], "application/json");
    let log = running.stop().await.text();
    let line = format!("rejecting calls without a valid signature: {reason}");
    assert!(log.contains(&line), "{log}");
    assert!(!log.contains(NEW) && !log.contains(OLD), "{log}");
}

#[tokio::test]
async fn a_call_is_accepted_if_it_is_signed_with_one_of_the_secrets() {
    let running = strict().await;
    let now = SystemTime::now();
    for (index, secrets) in [&[NEW] as &[_], &[OLD], &["b3RoZXI", OLD]]
        .iter()
        .enumerate()
    {
        let call = running.webhook(&format!("/echo/{index}"));
        let response = send(signed_at(secrets, call, now)).await;
        assert_eq!(response.status(), 200, "{secrets:?}");
    }
    running.stop().await;
}

#[tokio::test]
async fn a_call_without_a_signature_is_refused() {
    let running = strict().await;
    let call = running.webhook("/echo");
    is_refused(running, call, "the header x-bp-signature is missing").await;
}

#[tokio::test]
async fn a_call_with_two_headers_of_signatures_is_refused() {
    let running = strict().await;
    let mut call = signed(running.webhook("/echo"));
    let again = call.headers()["x-bp-signature"].clone();
    call.headers_mut().append("x-bp-signature", again);
    is_refused(running, call, "the header x-bp-signature is missing").await;
}

#[tokio::test]
async fn a_malformed_signature_is_refused() {
    for value in ["1", "now,c2ln", "\u{e9}"] {
        let running = strict().await;
        let mut call = running.webhook("/echo");
        let value = HeaderValue::from_bytes(value.as_bytes()).unwrap();
        call.headers_mut().insert("x-bp-signature", value);
        is_refused(running, call, "the header x-bp-signature is malformed").await;
    }
}

#[tokio::test]
async fn a_signature_of_another_secret_or_body_is_refused() {
    let mismatch = "the signature does not match the body and the signing secret";
    let running = strict().await;
    let call = signed_at(&["b3RoZXI"], running.webhook("/echo"), SystemTime::now());
    is_refused(running, call, mismatch).await;
    let running = strict().await;
    let mut call = signed(running.webhook("/echo"));
    *call.body_mut() = [&call.body()[..], b" "].concat().into();
    is_refused(running, call, mismatch).await;
}

#[tokio::test]
async fn a_signature_holds_for_five_minutes_in_both_directions() {
    let minutes = |minutes: u64| Duration::from_secs(minutes * 60);
    let second = Duration::from_secs(10);
    let running = strict().await;
    let now = SystemTime::now();
    for (index, time) in [now - minutes(5) + second, now + minutes(5) - second]
        .iter()
        .enumerate()
    {
        let call = running.webhook(&format!("/echo/{index}"));
        assert_eq!(send(signed_at(&[NEW], call, *time)).await.status(), 200);
    }
    running.stop().await;
    for time in [now - minutes(5) - second, now + minutes(5) + second] {
        let running = strict().await;
        let call = signed_at(&[NEW], running.webhook("/echo"), time);
        is_refused(
            running,
            call,
            "the signature is too old, or from the future",
        )
        .await;
    }
}

#[tokio::test]
async fn only_a_post_with_a_body_can_be_signed() {
    let reason = "only a POST with a body can be signed";
    let running = strict().await;
    let mut call = running.webhook("/echo");
    *call.body_mut() = Bytes::new();
    is_refused(running, signed(call), reason).await;
    let running = strict().await;
    let mut call = running.webhook("/echo");
    *call.method_mut() = Method::PUT;
    is_refused(running, signed(call), reason).await;
}

#[tokio::test]
async fn a_signature_cannot_be_used_again_for_another_bot() {
    let running = strict().await;
    let call = signed(running.webhook("/echo"));
    assert_eq!(send(call.clone()).await.status(), 200);
    let mut replayed = call;
    let headers = replayed.headers_mut();
    headers.insert("x-bot-id", HeaderValue::from_static("bot-8"));
    is_refused(running, replayed, "the signature was used before").await;
}

#[tokio::test]
async fn the_signature_of_a_call_that_failed_can_be_used_again() {
    let running = strict().await;
    let call = signed(running.webhook("/panic"));
    for _ in 0..2 {
        assert_eq!(send(call.clone()).await.status(), 500);
    }
    running.stop().await;
}

#[tokio::test]
async fn pings_of_several_bots_may_share_a_signature() {
    let running = strict().await;
    let mut ping = running.webhook("/");
    let operation = HeaderValue::from_static("ping");
    ping.headers_mut().insert("x-bp-operation", operation);
    let ping = signed(ping);
    for _ in 0..2 {
        assert_eq!(send(ping.clone()).await.status(), 200);
    }
    running.stop().await;
}

#[tokio::test]
async fn probes_need_no_signature() {
    let running = strict().await;
    for path in ["health", "ready"] {
        let probe = Request::get(format!("http://{}/{path}", running.address));
        let response = send(probe.body(Bytes::new()).unwrap()).await;
        assert_eq!(response.status(), 200, "{path}");
    }
    running.stop().await;
}

#[tokio::test]
async fn calls_without_a_signature_can_be_only_warned_about() {
    let running = verifying(VerifyCallsLayer::new([NEW]).unwrap().only_warn()).await;
    assert_eq!(send(running.webhook("/echo")).await.status(), 200);
    let log = running.stop().await.text();
    let line = "accepting calls without a valid signature: the header x-bp-signature is missing";
    assert!(log.contains(line), "{log}");
}

#[tokio::test]
async fn only_required_signatures_protect_a_public_port() {
    let log = |layer: VerifyCallsLayer| async move {
        let public =
            |server: Server<Definition>| server.listen(([0, 0, 0, 0], 0)).verify_calls(layer);
        let log: LogRecorder = start(Author::default(), public).await.stop().await;
        log.text()
    };
    let layer = VerifyCallsLayer::new([NEW]).unwrap();
    assert!(!log(layer.clone()).await.contains("beyond loopback"));
    assert!(log(layer.only_warn()).await.contains("beyond loopback"));
}
