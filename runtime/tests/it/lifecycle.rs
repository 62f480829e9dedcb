//! Health, ping, register, unregister, users, conversations, unknown operations.

use bytes::Bytes;
use http::{Method, Request};
use serde_json::json;

use crate::support::{Ask, TestApp, WEBHOOK_URL};

#[tokio::test]
async fn health_is_answered_to_anyone_by_any_method() {
    for method in [Method::GET, Method::POST, Method::DELETE] {
        let request = Request::builder().method(method).uri("/health");
        let answer = TestApp::new()
            .ask(request.body(Bytes::new()).unwrap())
            .await;
        assert_eq!((answer.status, answer.body.as_str()), (200, "ok"));
    }
}

#[tokio::test]
async fn ping_is_answered_by_any_method_and_reads_no_configuration() {
    let test_app = TestApp::new();
    test_app
        .ask(Ask::new("ping").request())
        .await
        .is_empty_answer();
    let by_get = Ask::new("ping").method(Method::GET);
    test_app.ask(by_get.request()).await.is_empty_answer();
    let unreadable = Ask::new("ping").header("x-bp-configuration", "@@@");
    test_app.ask(unreadable.request()).await.is_empty_answer();
    let unknown = Ask::new("ping").configuration_type("nope");
    test_app.ask(unknown.request()).await.is_empty_answer();
    assert_eq!(test_app.log.text(), "");
}

#[tokio::test]
async fn register_and_unregister_reach_their_handlers() {
    let test_app = TestApp::new();
    for operation in ["register", "unregister"] {
        let ask = Ask::new(operation).body(&json!({ "webhookUrl": WEBHOOK_URL }));
        test_app.ask(ask.request()).await.is_empty_answer();
    }
    assert_eq!(
        test_app.notes.all(),
        [
            format!("register {WEBHOOK_URL}"),
            format!("unregister {WEBHOOK_URL}")
        ]
    );
}

#[tokio::test]
async fn a_refused_registration_tells_the_handlers_message() {
    for operation in ["register", "unregister"] {
        let ask = Ask::new(operation).body(&json!({ "webhookUrl": "https://x.example/refuse" }));
        let answer = TestApp::new().ask(ask.request()).await;
        answer.is_error(400, "Runtime", &format!("{operation} refused"));
    }
}

#[tokio::test]
async fn an_unreadable_configuration_does_not_strand_an_unregister() {
    let test_app = TestApp::new();
    let ask = Ask::new("unregister")
        .configuration(&json!({ "stale": "hunter2" }))
        .body(&json!({ "webhookUrl": WEBHOOK_URL }));
    test_app.ask(ask.request()).await.is_empty_answer();

    let notes = test_app.notes.all();
    assert_eq!(notes.len(), 1, "{notes:?}");
    for shown in ["unreadable", "bot_1", WEBHOOK_URL, "/apiKey: is required"] {
        assert!(notes[0].contains(shown), "{notes:?}");
    }
    let log = test_app.log.text();
    assert!(
        log.contains("unregistering despite an invalid configuration"),
        "{log}"
    );
    assert!(!log.contains("hunter2") && !notes[0].contains("hunter2"));
}

#[tokio::test]
async fn users_and_conversations_are_created_by_the_handler() {
    let test_app = TestApp::new();
    let ask = Ask::new("create_user").body(&json!({ "tags": { "id": "u1", "undeclared": "x" } }));
    let answer = test_app.ask(ask.request()).await;
    assert_eq!(
        answer.json(),
        json!({ "user": { "id": "user_1" }, "tags": { "id": "u1" } })
    );

    let ask = Ask::new("create_conversation")
        .body(&json!({ "channel": "channel", "tags": { "id": "c1", "gone": null } }));
    let answer = test_app.ask(ask.request()).await;
    assert_eq!(
        answer.json(),
        json!({ "conversation": { "id": "conv_1" }, "tags": { "id": "c1" } })
    );
    let ask = Ask::new("create_conversation").body(&json!({ "channel": "elsewhere", "tags": {} }));
    let answer = test_app.ask(ask.request()).await;
    answer.is_refusal("Channel elsewhere not found");
}

#[tokio::test]
async fn an_unknown_operation_is_refused_unless_its_handler_answers() {
    let test_app = TestApp::new();
    let answer = test_app
        .ask(Ask::new("frobnicate").text("{}").request())
        .await;
    answer.is_refusal("Unknown operation frobnicate");
    let answer = test_app
        .ask(Ask::new("tomorrow").text("as it came").request())
        .await;
    assert_eq!((answer.status, answer.body.as_str()), (200, "as it came"));
}

#[tokio::test]
async fn the_handler_of_unknown_operations_is_called_first() {
    let test_app = TestApp::new();
    for operation in ["register", "webhook_received", "action_triggered"] {
        let ask = Ask::new(operation).text("as it came").path("/first");
        let answer = test_app.ask(ask.request()).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, "as it came"));
    }
    assert!(test_app.notes.all().is_empty());
    // The handler receives a configuration. A ping never has one.
    let ping = Ask::new("ping").text("as it came").path("/first");
    test_app.ask(ping.request()).await.is_empty_answer();
}
