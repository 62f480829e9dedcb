//! Calls of Botpress: operations, refusals, panics.

use contexture_lambda::{Event, Outcome};
use serde_json::json;

use crate::support::{LONG, Lambda, acting, call};

#[tokio::test]
async fn the_operations_are_answered() {
    let lambda = Lambda::start(&[]).await;
    let register = json!({ "webhookUrl": "https://webhook.example/webhook-1" });
    for event in [call("ping", &json!({})), call("register", &register)] {
        let answer = lambda.send(&event).await;
        assert_eq!((answer.status, answer.json()), (200, json!({})));
    }
    let answer = lambda.act("say", &json!({ "text": "hello" })).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["output"], json!({ "text": "hello" }));
}

#[tokio::test]
async fn an_invalid_input_or_configuration_is_refused_in_the_form_of_botpress() {
    let lambda = Lambda::start(&[]).await;
    let answer = lambda.act("say", &json!({})).await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.json()["type"], "InvalidPayload");
    let event = Event::call(
        "register",
        &json!({ "key": "" }),
        &json!({ "webhookUrl": "x" }),
    );
    let answer = lambda.send(&event).await;
    assert_eq!(answer.status, 400);
    let message = answer.json()["message"].to_string();
    assert!(message.contains("configuration"), "{message}");
}

#[tokio::test]
async fn a_panic_is_the_response_of_its_own_call() {
    let mut lambda = Lambda::start(&[]).await;
    let answer = lambda.act("crash", &json!({})).await;
    assert_eq!(answer.status, 500);
    assert_eq!(answer.json()["type"], "Runtime");
    let line = lambda.process.error_line("the handler crashes").await;
    line.unwrap();
    let answer = lambda.act("say", &json!({ "text": "still here" })).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn an_event_that_is_no_request_fails_and_the_function_goes_on() {
    let lambda = Lambda::start(&[]).await;
    let event = json!({ "source": "aws.events", "detail-type": "Scheduled Event" });
    let outcome = lambda.api.invoke_json(event, LONG).await;
    assert!(matches!(outcome, Outcome::Failed(_)), "{outcome:?}");
    assert_eq!(lambda.send(&call("ping", &json!({}))).await.status, 200);
}

#[tokio::test]
async fn a_managed_instance_answers_calls_while_another_runs() {
    let lambda = Lambda::start(&[("AWS_LAMBDA_MAX_CONCURRENCY", "2")]).await;
    lambda.api.begin(acting("wait", &json!({})).to_json(), LONG);
    for _ in 0..3 {
        let answer = lambda.act("say", &json!({ "text": "meanwhile" })).await;
        assert_eq!(answer.status, 200);
    }
}
