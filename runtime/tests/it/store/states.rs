//! Claims in a state of Botpress.

use std::time::Duration;

use contexture::WebhookResponse;
use contexture::store::{Claim, StateStore, Store as _};
use contexture::testing::{self, TestContext, check_store};
use contexture::webhook::Deliveries;
use http::StatusCode;
use serde_json::{Value, json};

use crate::sample::{AnyObject, Definition};
use crate::support::configuration;

const MINUTE: Duration = Duration::from_mins(1);

fn context() -> TestContext<Definition> {
    testing::context(configuration())
}

fn store(ctx: &TestContext<Definition>) -> StateStore<AnyObject> {
    StateStore::new(ctx.client().states().oauth())
}

fn stored(ctx: &TestContext<Definition>) -> Option<Value> {
    ctx.transport().botpress().state("oauth")
}

#[tokio::test]
async fn a_state_keeps_the_rules_one_call_after_the_other() {
    check_store(&store(&context())).await;
}

#[tokio::test]
async fn a_claim_of_an_empty_state_is_one_request_that_expires_with_its_lease() {
    let ctx = context();
    let claim = store(&ctx).claim("key", "one", MINUTE).await.unwrap();
    assert_eq!(claim, Claim::Claimed);
    let requests = ctx.requests();
    assert_eq!(requests.len(), 1);
    assert!(requests[0].path.ends_with("/oauth/get-or-set"));
    // The lease began when it was asked for.
    let expiry = requests[0].body.as_ref().unwrap()["expiry"].as_u64();
    assert!(
        expiry.is_some_and(|expiry| (1..=60_000).contains(&expiry)),
        "{expiry:?}"
    );
    store(&ctx).release("key", "one").await.unwrap();
    assert_eq!(stored(&ctx), None);
}

#[tokio::test]
async fn a_claim_that_another_process_overwrote_is_not_held() {
    let ctx = context();
    let until = "99999999999999";
    let state = |claims: Value| json!({ "state": { "payload": { "claims": claims } } });
    let before = state(json!({ "other": format!("held {until} x") }));
    let after = state(json!({ "key": format!("held {until} two") }));
    for answer in [&before, &before, &after, &after] {
        ctx.answer(StatusCode::OK, answer);
    }
    let claim = store(&ctx).claim("key", "one", MINUTE).await.unwrap();
    assert!(matches!(claim, Claim::Held { .. }), "{claim:?}");
}

#[tokio::test]
async fn a_state_stays_small() {
    let ctx = context();
    let mut claims = serde_json::Map::new();
    for number in 0..600 {
        let until = 99_999_999_999_999_u64 + number;
        claims.insert(format!("{number:03}"), json!(format!("done {until} one")));
    }
    claims.insert("ended".to_owned(), json!("done 1 one"));
    let botpress = ctx.transport().botpress();
    botpress.set_state("oauth", json!({ "claims": claims }));
    let store = store(&ctx);
    assert_eq!(
        store.claim("new", "one", MINUTE).await.unwrap(),
        Claim::Claimed
    );
    let kept = stored(&ctx).unwrap();
    let kept = kept["claims"].as_object().unwrap();
    assert_eq!(kept.len(), 500);
    assert!(kept.contains_key("new") && kept.contains_key("599"));
    assert!(!kept.contains_key("ended") && !kept.contains_key("000"));
}

#[tokio::test]
async fn an_api_that_is_down_is_a_store_that_is_down() {
    let ctx = context();
    let kind = contexture::ApiErrorKind::Forbidden;
    ctx.transport().go_down(kind, "no access");
    let deliveries = Deliveries::new(MINUTE).store(store(&ctx));
    let work = async { Ok(WebhookResponse::text("work")) };
    let response = deliveries.handle(&ctx, "a", work).await.unwrap();
    assert_eq!(response.status, 503);
    let log = ctx.log().text();
    assert!(log.contains("no access"), "{log}");
}

#[tokio::test]
async fn a_state_with_another_schema_is_an_error_that_says_so() {
    let ctx = context();
    let store = StateStore::new(ctx.client().states().last_webhook());
    let error = store.claim("key", "one", MINUTE).await.unwrap_err();
    assert!(error.to_string().contains("schema"), "{error}");
    assert!(ctx.requests().is_empty());
}
