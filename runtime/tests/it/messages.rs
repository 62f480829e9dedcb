//! Incoming messages, and changes to messages and conversations.

use http::StatusCode;
use serde_json::json;

use crate::support::{Ask, TestApp, conversation, message};

#[tokio::test]
async fn a_message_reaches_its_handler_with_typed_tags() {
    let test_app = TestApp::new();
    let ask = Ask::new("message_created").body(&message(&json!({})));
    test_app.ask(ask.request()).await.is_empty_answer();
    assert_eq!(
        test_app.notes.all(),
        [r#"text "hi" Some("c") Some("u") None msg_1"#]
    );
}

#[tokio::test]
async fn a_refused_message_tells_the_handlers_message() {
    let body = message(&json!({ "payload": { "text": "refuse" } }));
    let answer = TestApp::new()
        .ask(Ask::new("message_created").body(&body).request())
        .await;
    answer.is_error(400, "Runtime", "message refused");
}

#[tokio::test]
async fn a_delivered_message_is_acknowledged_with_its_tags() {
    let test_app = TestApp::new();
    let answered = json!({ "message": { "id": "msg_1", "tags": { "id": "x" } } });
    test_app.api.answer(StatusCode::OK, &answered);
    let body = message(&json!({ "payload": { "text": "ack" } }));
    let ask = Ask::new("message_created").body(&body);
    test_app.ask(ask.request()).await.is_empty_answer();
    assert_eq!(test_app.api.requests().len(), 1);
}

#[tokio::test]
async fn a_message_that_does_not_fit_is_refused() {
    let test_app = TestApp::new();
    let cases = [
        (
            json!({ "conversation": conversation("elsewhere") }),
            "Channel elsewhere not found",
        ),
        (
            json!({ "type": "hologram" }),
            "Message of type hologram not found in channel channel",
        ),
        (
            json!({ "payload": { "text": "" } }),
            "the text message in channel is invalid: at /text: must be at least 1 character long",
        ),
        (
            json!({ "user": {} }),
            "the body is invalid: at /user/id: is required",
        ),
    ];
    for (patch, refusal) in cases {
        let ask = Ask::new("message_created").body(&message(&patch));
        test_app.ask(ask.request()).await.is_refusal(refusal);
    }
    assert_eq!(test_app.notes.all(), [""; 0]);
}

#[tokio::test]
async fn changes_reach_their_handlers_in_declared_channels_only() {
    let test_app = TestApp::new();
    let changed = |channel| {
        let conversation = conversation(channel);
        let body =
            json!({ "currentConversation": conversation, "previousConversation": conversation });
        Ask::new("conversation_updated").body(&body).request()
    };
    let ask = Ask::new("message_updated").body(&message(&json!({})));
    test_app.ask(ask.request()).await.is_empty_answer();
    test_app.ask(changed("channel")).await.is_empty_answer();
    assert_eq!(
        test_app.notes.all(),
        ["message updated msg_1 msg_1", "conversation updated conv_1"]
    );

    let elsewhere = json!({ "conversation": conversation("elsewhere") });
    let ask = Ask::new("message_updated").body(&message(&elsewhere));
    test_app
        .ask(ask.request())
        .await
        .is_refusal("Channel elsewhere not found");
    test_app
        .ask(changed("elsewhere"))
        .await
        .is_refusal("Channel elsewhere not found");
}
