//! What arrives: the user, the conversation and the message in one request.

use serde_json::{Value, json};

use crate::bench::Bench;

const PATH: &str = "/v1/chat/initialize-incoming-message";

fn body() -> Value {
    json!({
        "user": { "tags": { "id": "1" }, "name": "Ada", "discriminateByTags": ["id"] },
        "conversation": { "channel": "chat", "tags": { "id": "7" }, "discriminateByTags": ["id"] },
        "message": {
            "type": "text", "payload": { "text": "hi" }, "tags": { "id": "m1" }, "discriminateByTags": ["id"],
        },
    })
}

#[test]
fn everything_is_created_once() {
    let bench = Bench::new();
    let first = bench.post(PATH, &body());
    assert_eq!(
        bench.changes(),
        [
            "User Created",
            "Conversation Created",
            "Participant Created",
            "Message Created"
        ]
    );
    let (user, conversation) = (first.field("user"), first.field("conversation"));
    let message = first.field("message");
    assert_eq!(user["name"], "Ada");
    assert_eq!(conversation["messageCount"], 1);
    assert_eq!(message["userId"], user["id"]);
    assert_eq!(message["conversationId"], conversation["id"]);
    let again = bench.post(PATH, &body());
    for name in ["user", "conversation", "message"] {
        assert_eq!(again.field(name)["id"], first.field(name)["id"], "{name}");
    }
    assert_eq!(again.field("conversation")["messageCount"], 1);
}

#[test]
fn known_ones_are_named_by_their_ids_and_a_message_is_not_needed() {
    let bench = Bench::new();
    let (user, conversation) = (bench.user("1"), bench.conversation("7"));
    let body = json!({ "userId": user["id"], "conversationId": conversation["id"] });
    let answer = bench.post(PATH, &body);
    assert_eq!(answer.field("user"), user);
    assert_eq!(answer.field("conversation"), conversation);
    assert_eq!(answer.body.get("message"), None);
}

#[test]
fn both_or_none_of_the_ways_to_name_are_refused() {
    let bench = Bench::new();
    let mut both = body();
    both["userId"] = bench.user("1")["id"].clone();
    let message = "either userId or user is needed";
    assert_eq!(bench.post(PATH, &both).error(), ("InvalidPayload", message));
    let none = json!({ "user": body()["user"] });
    let message = "either conversationId or conversation is needed";
    assert_eq!(bench.post(PATH, &none).error(), ("InvalidPayload", message));
}

#[test]
fn a_refused_message_leaves_nothing_behind() {
    let bench = Bench::new();
    let mut wrong = body();
    wrong["message"]["payload"] = json!({ "text": 1 });
    assert_eq!(bench.post(PATH, &wrong).kind(), "InvalidDataFormat");
    assert_eq!(bench.get("/v1/chat/users").field("users"), json!([]));
    assert_eq!(
        bench.get("/v1/chat/conversations").field("conversations"),
        json!([])
    );
    assert_eq!(bench.changes(), [""; 0]);
}
