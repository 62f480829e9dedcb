//! Signatures of calls: the address of a function is open to all.

use contexture_lambda::Event;
use serde_json::json;

use crate::support::{Lambda, acting, call};

const SECRET: &str = "c2lnbmluZy1zZWNyZXQ";

#[tokio::test]
async fn calls_are_verified_if_there_is_a_secret() {
    let mut lambda = Lambda::start(&[("BP_SIGNING_SECRET", SECRET)]).await;
    let event = acting("say", &json!({ "text": "hello" }));
    let refused = lambda.send(&event).await;
    assert_eq!(
        (refused.status, refused.json()),
        (401, json!({ "error": "Unauthorized" }))
    );
    lambda
        .process
        .error_line("x-bp-signature is missing")
        .await
        .unwrap();

    let signed = event.signed(SECRET);
    assert_eq!(lambda.send(&signed).await.status, 200);
    assert_eq!(lambda.send(&signed).await.status, 401, "it was used");
    let in_base64 = call("ping", &json!({})).signed(SECRET).in_base64();
    assert_eq!(lambda.send(&in_base64).await.status, 200);
    assert_eq!(
        lambda
            .send(&call("ping", &json!({})).signed("b3RoZXI"))
            .await
            .status,
        401
    );
}

#[tokio::test]
async fn the_health_probe_needs_no_signature() {
    let lambda = Lambda::start(&[("BP_SIGNING_SECRET", SECRET)]).await;
    let answer = lambda.send(&Event::health()).await;
    assert_eq!(
        (answer.status, answer.body.as_slice()),
        (200, b"ok".as_slice())
    );
}

#[tokio::test]
async fn without_a_secret_the_start_warns_that_the_address_is_open() {
    let mut lambda = Lambda::start(&[]).await;
    lambda
        .process
        .error_line("set BP_SIGNING_SECRET")
        .await
        .unwrap();
}
