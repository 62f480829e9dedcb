use std::sync::Arc;

use contexture_emulator::exchange::ExchangeKind;
use contexture_emulator::platform::{CallProblem, OutgoingMessage, PlatformError};
use serde_json::{Map, Value, json};

use crate::bench::{Bench, json_of, parity_definition};
use crate::scripted::{self, done, response};

fn text(conversation_id: &str, text: &str) -> OutgoingMessage {
    OutgoingMessage {
        conversation_id: conversation_id.to_owned(),
        message_type: "text".to_owned(),
        payload: object(json!({ "text": text })),
        ..OutgoingMessage::default()
    }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_message_is_stored_sent_and_acknowledged() {
    let bench = Arc::new(Bench::of(parity_definition()).await);
    let served = Arc::clone(&bench);
    let address = scripted::serve(move |call| {
        let bench = Arc::clone(&served);
        async move {
            if call.operation() == "message_created" {
                let path = format!(
                    "/v1/chat/messages/{}",
                    call.json()["message"]["id"].as_str().unwrap()
                );
                let body = json!({ "tags": { "id": "sent-7" } });
                let acknowledged = call
                    .api(bench.address, bench.platform.token(), "PUT", &path, &body)
                    .await;
                assert_eq!(acknowledged.status(), 200);
            }
            done()
        }
    })
    .await;
    bench.call_at(address);
    let instance = bench.install().await;
    let conversation = bench.conversation(&instance).await;
    let sent = bench
        .platform
        .send_message(&instance.webhook_id, &text(&conversation, "hi"))
        .await
        .unwrap();
    let answer = sent.answer.unwrap();
    assert_eq!(sent.entity["direction"], "outgoing");
    assert_eq!(sent.entity["userId"], instance.bot_user_id);
    assert_eq!(sent.entity["tags"], json!({ "id": "sent-7" }));

    let call = bench.exchange(&answer.exchange);
    assert_eq!(call.subject.as_deref(), Some("text in channel"));
    let body: Value = serde_json::from_str(call.request.body.text().unwrap()).unwrap();
    assert_eq!(body["type"], "text");
    assert_eq!(body["payload"], json!({ "text": "hi" }));
    assert_eq!(body["conversation"]["id"], conversation);
    assert_eq!(body["conversation"]["tags"], json!({ "id": "c1" }));
    assert_eq!(body["user"]["id"], instance.bot_user_id);
    assert_eq!(body["message"]["id"], sent.entity["id"]);
    assert_eq!(body["message"]["tags"], json!({}));

    // The request of the integration belongs to the call.
    let api = bench.last(ExchangeKind::Api);
    assert_eq!(api.parent.as_ref(), Some(&call.id));
    assert_eq!(api.instance.as_ref(), Some(&instance.webhook_id));
    assert_eq!(api.trace, call.trace);
}

#[tokio::test]
async fn a_message_that_the_integration_refuses_is_stored_with_the_reason() {
    let bench = Bench::parity().await;
    let instance = bench.install().await;
    let conversation = bench.conversation(&instance).await;
    let sent = bench
        .platform
        .send_message(&instance.webhook_id, &text(&conversation, "refuse"))
        .await
        .unwrap();
    let refused = sent.answer.unwrap_err();
    assert!(matches!(refused.problem, CallProblem::Failed { .. }));
    assert!(
        refused.to_string().ends_with("message refused"),
        "{refused}"
    );
    let id = sent.entity["id"].as_str().unwrap();
    let stored = bench
        .api(
            &instance,
            "GET",
            &format!("/v1/chat/messages/{id}"),
            &Value::Null,
        )
        .await;
    assert_eq!(json_of(&stored)["message"], sent.entity);
}

#[tokio::test]
async fn a_message_that_does_not_fit_the_definition_is_not_sent() {
    let bench = Bench::parity().await;
    let instance = bench.install().await;
    let conversation = bench.conversation(&instance).await;
    let before = bench.exchanges(ExchangeKind::Call).len();
    let mut unknown_type = text(&conversation, "hi");
    unknown_type.message_type = "hologram".to_owned();
    for message in [
        text(&conversation, ""),
        text("conv_none", "hi"),
        unknown_type,
    ] {
        let refused = bench
            .platform
            .send_message(&instance.webhook_id, &message)
            .await;
        assert!(matches!(refused, Err(PlatformError::Api(_))), "{refused:?}");
    }
    assert_eq!(bench.exchanges(ExchangeKind::Call).len(), before);
}

#[tokio::test]
async fn an_update_of_a_message_has_what_it_was_before() {
    let bench = Bench::parity().await;
    let instance = bench.install().await;
    let id = &instance.webhook_id;
    let conversation = bench.conversation(&instance).await;
    let sent = bench
        .platform
        .send_message(id, &text(&conversation, "hi"))
        .await
        .unwrap();
    let message = sent.entity["id"].as_str().unwrap();
    let payload = object(json!({ "text": "hello" }));
    let updated = bench
        .platform
        .update_message(id, message, Some(&payload), None)
        .await
        .unwrap();
    let call = bench.exchange(&updated.answer.unwrap().exchange);
    assert_eq!(call.name, "message_updated");
    let body: Value = serde_json::from_str(call.request.body.text().unwrap()).unwrap();
    assert_eq!(body["payload"], json!({ "text": "hello" }));
    assert_eq!(
        body["currentMessage"]["payload"],
        json!({ "text": "hello" })
    );
    assert_eq!(body["previousMessage"]["payload"], json!({ "text": "hi" }));
    assert_eq!(body["conversation"]["id"], conversation);
    assert_eq!(body["user"]["id"], instance.bot_user_id);
    let unknown = bench
        .platform
        .update_message(id, "msg_none", None, None)
        .await;
    assert!(matches!(unknown, Err(PlatformError::Api(_))));
}

#[tokio::test]
async fn an_update_of_a_conversation_has_what_it_was_before() {
    let bench = Bench::parity().await;
    let instance = bench.install().await;
    let conversation = bench.conversation(&instance).await;
    let tags = object(json!({ "id": "c2" }));
    let updated = bench
        .platform
        .update_conversation(&instance.webhook_id, &conversation, &tags)
        .await
        .unwrap();
    assert_eq!(updated.entity["tags"], json!({ "id": "c2" }));
    let call = bench.exchange(&updated.answer.unwrap().exchange);
    assert_eq!(call.name, "conversation_updated");
    let body: Value = serde_json::from_str(call.request.body.text().unwrap()).unwrap();
    assert_eq!(body["currentConversation"]["tags"], json!({ "id": "c2" }));
    assert_eq!(body["previousConversation"]["tags"], json!({ "id": "c1" }));
}

#[tokio::test]
async fn a_message_that_the_integration_deletes_is_returned_as_it_was_sent() {
    let bench = Arc::new(Bench::of(parity_definition()).await);
    let served = Arc::clone(&bench);
    let address = scripted::serve(move |call| {
        let bench = Arc::clone(&served);
        async move {
            if call.operation() == "message_created" {
                let path = format!(
                    "/v1/chat/messages/{}",
                    call.json()["message"]["id"].as_str().unwrap()
                );
                let token = bench.platform.token();
                call.api(bench.address, token, "DELETE", &path, &json!({}))
                    .await;
            }
            response(200, "{}")
        }
    })
    .await;
    bench.call_at(address);
    let instance = bench.install().await;
    let conversation = bench.conversation(&instance).await;
    let sent = bench
        .platform
        .send_message(&instance.webhook_id, &text(&conversation, "hi"))
        .await
        .unwrap();
    assert!(sent.answer.is_ok());
    assert_eq!(sent.entity["payload"], json!({ "text": "hi" }));
}
