//! Lists, page by page and item by item.

use std::pin::Pin;

use contexture::{ApiErrorKind, ClientError};
use futures_core::Stream as _;
use http::StatusCode;
use serde_json::{Value, json};

use super::{asked, context};

fn page(ids: &[&str], next: &Value) -> Value {
    let users: Vec<_> = ids.iter().map(|id| json!({ "id": id })).collect();
    json!({ "users": users, "meta": { "nextToken": next } })
}

#[tokio::test]
async fn pages_are_requested_as_they_are_needed() {
    let ctx = context();
    ctx.answer(StatusCode::OK, &page(&["a", "b"], &json!("2")));
    ctx.answer(StatusCode::OK, &page(&[], &json!("3")));
    ctx.answer(StatusCode::OK, &page(&["c"], &Value::Null));
    let mut users = ctx.client().users().list().page_size(2).stream();
    assert!(ctx.requests().is_empty());
    for (id, requests) in [("a", 1), ("b", 1), ("c", 3)] {
        assert_eq!(users.next().await.unwrap().unwrap().id, id);
        assert_eq!(ctx.requests().len(), requests, "{id}");
    }
    assert!(users.next().await.is_none());
    assert_eq!(
        asked(&ctx),
        [
            "GET /v1/chat/users?pageSize=2",
            "GET /v1/chat/users?nextToken=2&pageSize=2",
            "GET /v1/chat/users?nextToken=3&pageSize=2",
        ]
    );
}

#[tokio::test]
async fn a_page_names_the_next_page() {
    let ctx = context();
    ctx.answer(StatusCode::OK, &page(&["a"], &json!("2")));
    let page = ctx.client().users().list().page(None).await.unwrap();
    assert_eq!(
        (page.items.len(), page.next_token.as_deref()),
        (1, Some("2"))
    );
}

#[tokio::test]
async fn an_error_ends_a_list() {
    let ctx = context();
    ctx.answer(StatusCode::OK, &page(&["a"], &json!("2")));
    ctx.transport().refuse(ApiErrorKind::Forbidden, "no");
    let mut users = ctx.client().users().list().stream();
    assert!(users.next().await.unwrap().is_ok());
    assert!(matches!(users.next().await, Some(Err(ClientError::Api(_)))));
    assert!(users.next().await.is_none());
}

#[tokio::test]
async fn a_page_that_names_itself_does_not_go_on_for_ever() {
    let ctx = context();
    ctx.answer(StatusCode::OK, &page(&["a"], &json!("2")));
    ctx.answer(StatusCode::OK, &page(&["b"], &json!("2")));
    let error = ctx.client().users().list().collect().await.unwrap_err();
    assert!(matches!(error, ClientError::Decode(_)), "{error:?}");
    assert_eq!(ctx.requests().len(), 2);
}

#[tokio::test]
async fn a_list_is_a_stream() {
    let ctx = context();
    ctx.answer(StatusCode::OK, &page(&["a"], &Value::Null));
    let mut users = ctx.client().users().list().stream();
    let first = std::future::poll_fn(|task| Pin::new(&mut users).poll_next(task)).await;
    assert_eq!(first.unwrap().unwrap().id, "a");
}
