//! The import of messages.

use serde_json::{Value, json};

use crate::bench::Bench;

const PATH: &str = "/v1/chat/messages/import-messages";

fn message(bench: &Bench, id: &str, text: &Value) -> Value {
    json!({
        "userId": bench.user("1")["id"],
        "conversationId": bench.post("/v1/chat/conversations/get-or-create", &json!({
            "channel": "chat", "tags": { "id": "7" },
        })).field("conversation")["id"],
        "type": "text",
        "payload": { "text": text },
        "tags": { "id": id },
        "createdAt": "2020-01-02T03:04:05.000Z",
        "discriminateByTags": ["id"],
    })
}

#[test]
fn messages_keep_their_time_and_are_imported_once() {
    let bench = Bench::new();
    let body = json!({ "messages": [message(&bench, "1", &json!("a")), message(&bench, "2", &json!("b"))] });
    let first = bench.post(PATH, &body).field("messages");
    assert_eq!(first[0]["createdAt"], "2020-01-02T03:04:05.000Z");
    assert_eq!(first[1]["payload"], json!({ "text": "b" }));
    let again = bench.post(PATH, &body).field("messages");
    assert_eq!(again, first);
}

#[test]
fn a_message_that_fails_does_not_keep_others_out() {
    let bench = Bench::new();
    let body =
        json!({ "messages": [message(&bench, "1", &json!(1)), message(&bench, "2", &json!("b"))] });
    let answer = bench.post(PATH, &body);
    assert_eq!(
        answer.error(),
        ("InvalidPayload", "1 of the messages could not be imported")
    );
    assert_eq!(
        answer.body["resolvedMessages"][0]["payload"],
        json!({ "text": "b" })
    );
    assert_eq!(
        answer.body["failedMessages"][0]["message"],
        body["messages"][0]
    );
    let stored = bench.get("/v1/chat/messages").field("messages");
    assert_eq!(stored, answer.body["resolvedMessages"]);
}

#[test]
fn more_than_a_hundred_messages_are_refused() {
    let bench = Bench::new();
    let one = message(&bench, "1", &json!("a"));
    let body = json!({ "messages": vec![one; 101] });
    assert_eq!(
        bench.post(PATH, &body).error(),
        (
            "InvalidPayload",
            "messages must be an array of at most 100 items"
        )
    );
}
