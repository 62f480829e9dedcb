//! The deadline of an invocation.

use std::time::Duration;

use serde_json::json;

use crate::support::{Lambda, acting, answered};

/// Less than this, since a call has less time than its invocation.
const SHORT: Duration = Duration::from_millis(300);

#[tokio::test]
async fn a_call_that_takes_too_long_is_canceled_with_an_error_of_botpress() {
    let mut lambda = Lambda::start(&[]).await;
    let event = acting("wait", &json!({}));
    let answer = answered(lambda.api.invoke(&event, SHORT).await);
    assert_eq!(answer.status, 504);
    let error = answer.json();
    assert_eq!(error["type"], "OperationTimeout", "{error}");
    lambda
        .process
        .error_line("did not respond within")
        .await
        .unwrap();
    assert_eq!(
        lambda.act("say", &json!({ "text": "next" })).await.status,
        200
    );
}

#[tokio::test]
async fn an_invocation_whose_deadline_is_over_is_answered() {
    let lambda = Lambda::start(&[]).await;
    let event = acting("wait", &json!({}));
    let answer = answered(lambda.api.invoke(&event, Duration::ZERO).await);
    assert_eq!(answer.status, 504);
}
