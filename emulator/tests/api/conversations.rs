//! Conversations.

use serde_json::json;

use crate::bench::Bench;

#[test]
fn a_created_conversation_is_answered_as_the_documents_say() {
    let bench = Bench::new();
    let body = json!({ "channel": "chat", "tags": { "id": "7" }, "properties": { "a": "b" } });
    let conversation = bench
        .post("/v1/chat/conversations", &body)
        .created("conversation");
    let id = conversation["id"].as_str().unwrap();
    assert!(id.starts_with("conv_"));
    assert_eq!(
        conversation,
        json!({
            "id": id,
            "createdAt": "2023-11-14T22:13:20.000Z",
            "updatedAt": "2023-11-14T22:13:20.000Z",
            "channel": "chat",
            "integration": "acme",
            "tags": { "id": "7" },
            "messageCount": 0,
            "properties": { "a": "b" },
        })
    );
    let got = bench.get(&format!("/v1/chat/conversations/{id}"));
    assert_eq!(got.field("conversation"), conversation);
}

#[test]
fn the_count_of_messages_follows_messages() {
    let bench = Bench::new();
    let (conversation, user) = (bench.conversation("7"), bench.user("1"));
    let path = format!(
        "/v1/chat/conversations/{}",
        conversation["id"].as_str().unwrap()
    );
    let count = || bench.get(&path).field("conversation")["messageCount"].clone();
    let message = bench.message(&conversation, &user, "one");
    bench.message(&conversation, &user, "two");
    assert_eq!(count(), 2);
    let message = message["id"].as_str().unwrap();
    bench
        .delete(&format!("/v1/chat/messages/{message}"))
        .empty();
    assert_eq!(count(), 1);
}

#[test]
fn get_or_create_stays_within_the_channel() {
    let bench = Bench::new();
    let find = |channel: &str| {
        let body = json!({ "channel": channel, "tags": { "id": "7" } });
        bench.post("/v1/chat/conversations/get-or-create", &body)
    };
    let chat = find("chat").field("conversation");
    let mail = find("mail");
    assert_eq!(mail.field("meta"), json!({ "created": true }));
    assert_ne!(mail.field("conversation")["id"], chat["id"]);
    let again = find("chat");
    assert_eq!(again.field("meta"), json!({ "created": false }));
    assert_eq!(again.field("conversation")["id"], chat["id"]);
}

#[test]
fn an_update_changes_tags_and_properties() {
    let bench = Bench::new();
    let conversation = bench.conversation("7");
    let path = format!(
        "/v1/chat/conversations/{}",
        conversation["id"].as_str().unwrap()
    );
    let change = json!({ "tags": { "topic": "tea", "id": null }, "properties": { "a": "b" } });
    let changed = bench.put(&path, &change).field("conversation");
    assert_eq!(changed["tags"], json!({ "topic": "tea" }));
    assert_eq!(changed["properties"], json!({ "a": "b" }));
    assert_eq!(bench.get(&path).field("conversation"), changed);
}

#[test]
fn a_deleted_conversation_takes_messages_participants_and_states_along() {
    let bench = Bench::new();
    let (conversation, user) = (bench.conversation("7"), bench.user("1"));
    let message = bench.message(&conversation, &user, "hi");
    let id = conversation["id"].as_str().unwrap();
    let state = format!("/v1/chat/states/conversation/{id}/thread");
    bench
        .post(&state, &json!({ "payload": { "a": 1 } }))
        .field("state");
    bench
        .delete(&format!("/v1/chat/conversations/{id}"))
        .empty();
    let message = message["id"].as_str().unwrap();
    assert_eq!(
        bench.get(&format!("/v1/chat/messages/{message}")).status,
        404
    );
    let participants = bench.get(&format!("/v1/chat/conversations/{id}/participants"));
    assert_eq!(participants.kind(), "ResourceNotFound");
    assert_eq!(bench.get(&state).kind(), "ReferenceNotFound");
    assert_eq!(bench.get("/v1/chat/messages").field("messages"), json!([]));
}

#[test]
fn undeclared_channels_and_tags_are_named() {
    let bench = Bench::new();
    let create = |body| bench.post("/v1/chat/conversations", &body);
    let channel = create(json!({ "channel": "phone", "tags": {} }));
    assert_eq!(
        channel.error(),
        (
            "InvalidPayload",
            "channel \"phone\" is not declared by integration \"acme\"; declared are: chat, mail"
        )
    );
    let tag = create(json!({ "channel": "mail", "tags": { "topic": "x" } }));
    assert_eq!(
        tag.error(),
        (
            "InvalidPayload",
            "conversation tag of channel \"mail\" \"topic\" is not declared by integration \"acme\"; declared are: id"
        )
    );
}
