//! Work after the response: Lambda stops the process there, so the response waits.

use std::time::Duration;

use serde_json::json;

use crate::support::{Lambda, acting, answered};

#[tokio::test]
async fn the_response_waits_for_the_work_and_a_warning_says_so_once() {
    let mut lambda = Lambda::start(&[]).await;
    let address = format!("http://{}/the-work", lambda.api.address());
    for _ in 0..2 {
        let answer = lambda.act("later", &json!({ "address": address })).await;
        assert_eq!(answer.status, 200);
    }
    let expected = ["/the-work", "response", "/the-work", "response"];
    assert_eq!(lambda.api.seen(), expected);
    let warning = "a response waited for its work after the response";
    lambda.process.error_line(warning).await.unwrap();
    let rest = lambda.process.end().await.unwrap();
    assert!(!rest.contains(warning), "{rest}");
}

#[tokio::test]
async fn work_that_does_not_end_is_canceled_and_logged_and_the_response_stays() {
    let mut lambda = Lambda::start(&[]).await;
    let event = acting("later", &json!({}));
    let answer = answered(lambda.api.invoke(&event, Duration::from_secs(2)).await);
    assert_eq!(answer.status, 200, "{answer:?}");
    let canceled = "work after a response did not end within";
    lambda.process.error_line(canceled).await.unwrap();
}
