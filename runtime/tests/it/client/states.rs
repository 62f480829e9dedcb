//! States.

use std::time::Duration;

use contexture::client::{ConversationId, UserId};
use contexture::{ApiErrorKind, ClientError, Error};
use http::StatusCode;
use serde_json::json;

use super::{asked, context, last_webhook};

#[tokio::test]
async fn a_state_is_written_patched_and_cleared() {
    let ctx = context();
    let states = ctx.client().states();
    let state = states.last_webhook();
    state.set(&last_webhook()).await.unwrap();
    let expiring = state.clone().expiring_after(Duration::from_secs(1));
    expiring.get_or_set(&last_webhook()).await.unwrap();
    state.clear().await.unwrap();
    states
        .draft(ConversationId::new("c 1/x"))
        .get()
        .await
        .unwrap();
    states
        .profile(UserId::new("u"))
        .set(&last_webhook())
        .await
        .unwrap();
    let payload = r#""payload":{"botId":"b","timestamp":"now"}"#;
    let expected = [
        format!("POST /v1/chat/states/integration/integration-1/lastWebhook {{{payload}}}"),
        format!(
            "POST /v1/chat/states/integration/integration-1/lastWebhook/get-or-set {{{payload},\"expiry\":1000}}"
        ),
        r#"POST /v1/chat/states/integration/integration-1/lastWebhook {"payload":null}"#.to_owned(),
        "GET /v1/chat/states/conversation/c%201%2Fx/draft".to_owned(),
        format!("POST /v1/chat/states/user/u/profile {{{payload}}}"),
    ];
    assert_eq!(asked(&ctx), expected);
}

#[tokio::test]
async fn a_patch_gives_the_whole_state_or_says_that_it_does_not_fit() {
    let ctx = context();
    let state = ctx.client().states().last_webhook();
    let fields = json!({ "timestamp": "later" });
    let stored = json!({ "state": { "payload": { "botId": "b", "timestamp": "later" } } });
    ctx.answer(StatusCode::OK, &stored);
    assert_eq!(state.patch(&fields).await.unwrap().timestamp, "later");
    let error = state.patch(&fields).await.unwrap_err();
    assert!(matches!(error, ClientError::Stale { .. }), "{error:?}");
    assert_eq!(
        asked(&ctx)[0],
        r#"PATCH /v1/chat/states/integration/integration-1/lastWebhook {"payload":{"timestamp":"later"}}"#
    );
}

#[tokio::test]
async fn a_patch_that_does_not_fit_is_not_sent() {
    let ctx = context();
    let state = ctx.client().states().last_webhook();
    let wrong = [
        (json!({ "timestamp": "" }), "/timestamp"),
        (json!({ "botId": 3 }), "/botId"),
        (json!({ "other": 3 }), "/other"),
        (json!("later"), ""),
    ];
    for (fields, place) in wrong {
        match state.patch(&fields).await {
            Err(ClientError::Invalid(violations)) => {
                assert_eq!(violations.iter().next().unwrap().instance_path, place);
            }
            other => panic!("{fields}: {other:?}"),
        }
    }
    assert!(ctx.requests().is_empty());
}

#[tokio::test]
async fn how_long_a_state_is_kept_is_set_and_unset() {
    let ctx = context();
    let state = ctx.client().states().last_webhook();
    state.set(&last_webhook()).await.unwrap();
    let second = Some(Duration::from_secs(1));
    state.set_expiry(second).await.unwrap();
    state.set_expiry(None).await.unwrap();
    let path = "POST /v1/chat/states/integration/integration-1/lastWebhook/expiry";
    assert_eq!(
        asked(&ctx)[1..],
        [
            format!("{path} {{\"expiry\":1000}}"),
            format!("{path} {{\"expiry\":null}}")
        ]
    );
}

#[tokio::test]
async fn a_patch_sends_the_expiry_and_the_answer_says_when_the_state_expires() {
    let ctx = context();
    let state = ctx.client().states().last_webhook();
    let month = Duration::from_hours(30 * 24);
    let stored = json!({ "state": {
        "payload": last_webhook(), "expiry": 2_592_000_000_u64, "expiresAt": "2026-12-28T00:00:00.000Z",
    } });
    ctx.answer(StatusCode::OK, &stored);
    let expiring = state.clone().expiring_after(month);
    expiring.patch(&json!({ "botId": "b" })).await.unwrap();
    ctx.answer(StatusCode::OK, &stored);
    let read = state.get_stored().await.unwrap().unwrap();
    assert_eq!(read.payload, last_webhook());
    assert_eq!(read.expiry, Some(month));
    assert_eq!(read.expires_at.as_deref(), Some("2026-12-28T00:00:00.000Z"));
    let older = json!({ "state": { "payload": last_webhook() } });
    ctx.answer(StatusCode::OK, &older);
    let read = state.get_stored().await.unwrap().unwrap();
    assert_eq!((read.expiry, read.expires_at), (None, None));
    assert_eq!(
        asked(&ctx)[0],
        r#"PATCH /v1/chat/states/integration/integration-1/lastWebhook {"payload":{"botId":"b"},"expiry":2592000000}"#
    );
}

#[tokio::test]
async fn an_expiry_that_the_api_does_not_accept_is_not_sent() {
    let ctx = context();
    let state = ctx.client().states().last_webhook();
    let wrong = [
        (
            Duration::from_micros(999),
            "shorter than 1 millisecond: 999µs",
        ),
        (Duration::from_millis(2_592_000_001), "longer than 30 days"),
        (Duration::MAX, "longer than 30 days"),
    ];
    for (expiry, problem) in wrong {
        let expiring = state.clone().expiring_after(expiry);
        let refused = [
            expiring.set(&last_webhook()).await.unwrap_err(),
            expiring.get_or_set(&last_webhook()).await.unwrap_err(),
            expiring.patch(&json!({ "botId": "b" })).await.unwrap_err(),
            state.set_expiry(Some(expiry)).await.unwrap_err(),
        ];
        for error in refused {
            assert!(matches!(error, ClientError::Request(_)), "{error:?}");
            assert!(error.to_string().contains(problem), "{error}");
        }
    }
    assert!(ctx.requests().is_empty());
}

#[tokio::test]
async fn a_stored_state_is_read_and_a_stale_one_is_handed_over_without_being_shown() {
    let ctx = context();
    let state = ctx.client().states().last_webhook();
    let stored = json!({ "state": { "payload": { "botId": "b", "timestamp": "now" } } });
    ctx.answer(StatusCode::OK, &stored);
    assert_eq!(state.get().await.unwrap(), Some(last_webhook()));

    ctx.answer(
        StatusCode::OK,
        &json!({ "state": { "payload": { "botId": "hunter2" } } }),
    );
    let error = state.get().await.unwrap_err();
    assert!(
        !format!("{error:?} {error}").contains("hunter2"),
        "{error:?}"
    );
    let ClientError::Stale {
        raw, violations, ..
    } = error
    else {
        panic!("not stale: {error:?}")
    };
    assert_eq!(raw, json!({ "botId": "hunter2" }));
    assert_eq!(
        violations.iter().next().unwrap().instance_path,
        "/timestamp"
    );
}

#[tokio::test]
async fn the_owner_reads_which_state_is_stale_and_nothing_of_it() {
    /// An author's own error that wraps the client's error.
    #[derive(Debug, thiserror::Error)]
    #[error("the tokens are gone")]
    struct Gone(#[source] ClientError);

    let ctx = context();
    let stored = json!({ "botId": 7, "timestamp": "hunter2" });
    ctx.transport().botpress().set_state("lastWebhook", stored);
    let read = || async {
        ctx.client()
            .states()
            .last_webhook()
            .get()
            .await
            .unwrap_err()
    };
    let errors = [Error::from(read().await), Error::from(Gone(read().await))];
    for error in errors {
        let told = error.as_api().unwrap();
        assert_eq!(told.kind, ApiErrorKind::Runtime);
        let message = &told.message;
        assert!(message.contains("stored state `lastWebhook`"), "{message}");
        assert!(
            message.contains("Reinstall or reconfigure the integration"),
            "{message}"
        );
        assert!(!message.contains("botId"), "{message}");
        let logged = error.to_string();
        assert!(logged.contains("at /botId"), "{logged}");
        assert!(!logged.contains("hunter2"), "{logged}");
    }
}
