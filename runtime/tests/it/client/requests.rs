//! Requests of every kind, and error responses.

use contexture::client::{ConversationId, RetryPolicy, TransportError, UserId};
use contexture::{ApiErrorKind, ClientError};
use http::{Method, StatusCode};
use serde_json::json;

use super::{asked, context, last_webhook};
use crate::sample::GreetedEvent;
use crate::sample::channels::ChannelTextMessage;

#[tokio::test]
async fn a_request_names_the_bot_the_integration_and_the_trace() {
    let ctx = context();
    ctx.client().states().last_webhook().clear().await.unwrap();
    let request = ctx.requests().remove(0);
    let expected = [
        ("accept", "application/json, text/plain, */*"),
        ("content-type", "application/json"),
        ("x-bot-id", "bot-1"),
        ("x-integration-id", "integration-1"),
        ("x-integration-alias", "sample"),
        ("authorization", "Bearer test-token"),
        ("traceparent", "00-abc-def-01"),
    ];
    for (name, value) in expected {
        assert_eq!(request.header(name), Some(value), "{name}");
    }
    assert_eq!(request.header("x-workspace-id"), None);
    assert_eq!(request.header("tracestate"), None);
}

#[tokio::test]
async fn a_get_has_no_body_and_no_content_type() {
    let ctx = context();
    let nothing = ctx.client().states().last_webhook().get().await.unwrap();
    assert_eq!(nothing, None);
    let request = ctx.requests().remove(0);
    assert_eq!(request.body, None);
    assert_eq!(request.header("content-type"), None);
}

#[tokio::test]
async fn any_request_can_be_sent() {
    let ctx = context();
    let client = ctx.client();
    let query = [
        ("tags.id", "a b"),
        ("participantIds", "u1"),
        ("participantIds", "é"),
    ];
    let path = ["v1", "chat", "conversations"];
    ctx.answer(StatusCode::OK, &json!({ "conversations": [] }));
    let answer = client
        .untyped()
        .request(Method::GET, &path, &query, None)
        .await;
    assert_eq!(answer.unwrap(), json!({ "conversations": [] }));
    assert_eq!(
        asked(&ctx),
        ["GET /v1/chat/conversations?tags.id=a%20b&participantIds=u1&participantIds=%C3%A9"]
    );
    let climbing = client
        .untyped()
        .request(Method::GET, &["v1", ".."], &[], None)
        .await;
    assert!(matches!(climbing, Err(ClientError::Request(_))));
}

#[tokio::test]
async fn a_refusal_tells_its_kind_and_whether_to_try_again() {
    let ctx = context();
    let users = ctx.client().retries(RetryPolicy::never()).users();
    let get = || users.get(UserId::new("u"));
    ctx.transport().refuse(ApiErrorKind::Forbidden, "no");
    let refused = get().await.unwrap_err();
    assert_eq!(refused.api_error().unwrap().kind, ApiErrorKind::Forbidden);
    assert_eq!(
        (refused.status(), refused.is_retryable()),
        (Some(403), false)
    );

    ctx.transport()
        .refuse(ApiErrorKind::RateLimited, "slow down");
    assert!(get().await.unwrap_err().is_retryable());

    ctx.answer(StatusCode::BAD_GATEWAY, &json!("<html>"));
    let gateway = get().await.unwrap_err();
    assert_eq!(
        (gateway.status(), gateway.is_retryable()),
        (Some(502), true)
    );

    ctx.transport().fail(TransportError::timeout("too late"));
    let unreached = get().await.unwrap_err();
    assert_eq!((unreached.status(), unreached.is_retryable()), (None, true));

    ctx.answer(StatusCode::OK, &json!({ "user": { "tags": {} } }));
    let unreadable = get().await.unwrap_err();
    assert_eq!(
        unreadable.to_string(),
        "cannot decode the API's response: missing or invalid field `user`"
    );
}
#[tokio::test]
async fn a_payload_that_does_not_fit_is_not_sent() {
    let ctx = context();
    let event = GreetedEvent {
        name: "x".to_owned(),
        times: 0,
    };
    let sent = ctx.client().events().greeted(&event).send().await;
    assert!(matches!(sent, Err(ClientError::Invalid(_))), "{sent:?}");
    let mut state = last_webhook();
    state.timestamp.clear();
    let written = ctx.client().states().last_webhook().set(&state).await;
    assert!(
        matches!(written, Err(ClientError::Invalid(_))),
        "{written:?}"
    );
    assert!(ctx.requests().is_empty());
}

#[tokio::test]
async fn a_404_that_is_not_the_apis_own_does_not_mean_that_nothing_is_stored() {
    let ctx = context();
    ctx.answer(StatusCode::NOT_FOUND, &json!("<html>"));
    let error = ctx.client().states().last_webhook().get().await;
    let error = error.unwrap_err();
    assert_eq!((error.status(), error.is_not_found()), (Some(404), false));
}

#[tokio::test]
async fn a_prepared_request_does_not_show_its_content() {
    let ctx = context();
    let event = GreetedEvent {
        name: "hunter2".to_owned(),
        times: 1,
    };
    let text = ChannelTextMessage {
        text: "hunter2".to_owned(),
    };
    let prepared = ctx.client().events().greeted(&event);
    let (conversation, user) = (ConversationId::new("c"), UserId::new("u"));
    let message = ctx.client().messages().create(conversation, user, &text);
    assert!(!format!("{prepared:?} {message:?}").contains("hunter2"));
}
