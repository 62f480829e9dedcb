//! Undeclared fields of closed objects.

use serde_json::json;

use crate::support::{Ask, TestApp, hello, message};

fn asks() -> [(Ask, &'static str); 3] {
    let configuration = json!({ "apiKey": "key", "region": "eu", "later": 1 });
    let text = json!({ "payload": { "text": "hi", "later": 1 } });
    [
        (
            hello(&json!({ "name": "Ada", "later": true })),
            "the input of the action hello is invalid: at /later: is not declared",
        ),
        (
            Ask::new("message_created").body(&message(&text)),
            "the text message in channel is invalid: at /later: is not declared",
        ),
        (
            hello(&json!({ "name": "Ada" })).configuration(&configuration),
            "the configuration is invalid: at /later: is not declared",
        ),
    ]
}

#[tokio::test]
async fn undeclared_fields_are_dropped_by_default() {
    let test_app = TestApp::new();
    for (ask, _) in asks() {
        assert_eq!(test_app.ask(ask.request()).await.status, 200);
    }
}

#[tokio::test]
async fn undeclared_fields_are_refused_on_request() {
    let test_app = TestApp::new().refusing_unknown_fields();
    for (ask, refusal) in asks() {
        test_app.ask(ask.request()).await.is_refusal(refusal);
    }
}

#[tokio::test]
async fn dropping_a_field_hides_no_other_violation() {
    let answer = TestApp::new()
        .action("hello", json!({ "name": 1, "later": true }))
        .await;
    answer.is_refusal("the input of the action hello is invalid: at /name: must be a string");
}
