//! Messages.

use serde_json::json;

use crate::bench::{BOT_USER, Bench, message_body};

#[test]
fn a_created_message_is_answered_as_the_documents_say() {
    let bench = Bench::new();
    let (conversation, user) = (bench.conversation("7"), bench.user("1"));
    let mut body = message_body(&conversation, &user, "hi");
    body["tags"] = json!({ "id": "m1" });
    body["origin"] = json!("synthetic");
    let message = bench.post("/v1/chat/messages", &body).created("message");
    let id = message["id"].as_str().unwrap();
    assert!(id.starts_with("msg_"));
    assert_eq!(
        message,
        json!({
            "id": id,
            "createdAt": "2023-11-14T22:13:20.000Z",
            "updatedAt": "2023-11-14T22:13:20.000Z",
            "type": "text",
            "payload": { "text": "hi" },
            "direction": "incoming",
            "userId": user["id"],
            "conversationId": conversation["id"],
            "tags": { "id": "m1" },
            "origin": "synthetic",
        })
    );
    let got = bench
        .get(&format!("/v1/chat/messages/{id}"))
        .field("message");
    assert_eq!(got, message);
}

#[test]
fn a_message_of_the_bot_is_outgoing() {
    let bench = Bench::new();
    let conversation = bench.conversation("7");
    let body = message_body(&conversation, &json!({ "id": BOT_USER }), "hello");
    let message = bench
        .post_as_bot("/v1/chat/messages", &body)
        .created("message");
    assert_eq!(message["direction"], "outgoing");
    let id = message["id"].as_str().unwrap();
    let acknowledged = bench.put(
        &format!("/v1/chat/messages/{id}"),
        &json!({ "tags": { "id": "remote-1" } }),
    );
    assert_eq!(
        acknowledged.field("message")["tags"],
        json!({ "id": "remote-1" })
    );
}

#[test]
fn get_or_create_stays_within_the_conversation() {
    let bench = Bench::new();
    let user = bench.user("1");
    let conversations = ["7", "8"].map(|id| bench.conversation(id));
    let find = |index: usize, text: Option<&str>| {
        let mut body = message_body(&conversations[index], &user, text.unwrap_or_default());
        body["tags"] = json!({ "id": "m1" });
        if text.is_none() {
            body.as_object_mut().unwrap().remove("payload");
        }
        bench.post("/v1/chat/messages/get-or-create", &body)
    };
    let first = find(0, Some("one"));
    assert_eq!(first.field("meta"), json!({ "created": true }));
    let elsewhere = find(1, Some("two"));
    assert_eq!(elsewhere.field("meta"), json!({ "created": true }));
    let found = find(0, None);
    assert_eq!(found.field("meta"), json!({ "created": false }));
    assert_eq!(found.field("message")["payload"], json!({ "text": "one" }));
    let changed = find(0, Some("three")).field("message");
    assert_eq!(changed["id"], first.field("message")["id"]);
    assert_eq!(changed["payload"], json!({ "text": "three" }));
}

#[test]
fn an_update_replaces_the_payload_and_merges_tags() {
    let bench = Bench::new();
    let (conversation, user) = (bench.conversation("7"), bench.user("1"));
    let mut body = message_body(&conversation, &user, "hi");
    body["tags"] = json!({ "id": "m1" });
    let message = bench.post("/v1/chat/messages", &body).created("message");
    let path = format!("/v1/chat/messages/{}", message["id"].as_str().unwrap());
    let change = json!({ "payload": { "text": "hello" }, "tags": { "part": "1" } });
    let changed = bench.put(&path, &change).field("message");
    assert_eq!(changed["payload"], json!({ "text": "hello" }));
    assert_eq!(changed["tags"], json!({ "id": "m1", "part": "1" }));
    let refused = bench.put(&path, &json!({ "payload": { "text": 1 } }));
    assert_eq!(refused.kind(), "InvalidDataFormat");
    let refused = bench.put(&path, &json!({ "type": "any" }));
    assert_eq!(refused.kind(), "InvalidPayload", "the type cannot change");
}

#[test]
fn a_scheduled_message_appears_when_it_is_due() {
    let bench = Bench::new();
    let (conversation, user) = (bench.conversation("7"), bench.user("1"));
    bench.changes();
    let mut body = message_body(&conversation, &user, "later");
    body["schedule"] = json!({ "delay": 60_000 });
    let message = bench.post("/v1/chat/messages", &body).created("message");
    let path = format!("/v1/chat/messages/{}", message["id"].as_str().unwrap());
    assert_eq!(bench.get(&path).kind(), "ResourceNotFound");
    assert_eq!(bench.get("/v1/chat/messages").field("messages"), json!([]));
    assert_eq!(bench.changes(), ["Participant Created"]);
    bench.clock.advance(59_999);
    bench.api.send_due().unwrap();
    assert_eq!(bench.changes(), [""; 0]);
    bench.clock.advance(1);
    bench.api.send_due().unwrap();
    assert_eq!(bench.changes(), ["Message Created"]);
    assert_eq!(
        bench.get(&path).field("message")["payload"],
        json!({ "text": "later" })
    );
    let path = format!(
        "/v1/chat/conversations/{}",
        conversation["id"].as_str().unwrap()
    );
    assert_eq!(bench.get(&path).field("conversation")["messageCount"], 1);
}

#[test]
fn what_the_definition_does_not_have_is_refused_by_name() {
    let bench = Bench::new();
    let (conversation, user) = (bench.conversation("7"), bench.user("1"));
    let refusal = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut body = message_body(&conversation, &user, "hi");
        change(&mut body);
        let answer = bench.post("/v1/chat/messages", &body);
        let (kind, message) = answer.error();
        format!("{kind}: {message}")
    };
    assert_eq!(
        refusal(&|body| body["type"] = json!("image")),
        "InvalidPayload: message type of channel \"chat\" \"image\" is not declared by integration \"acme\"; \
         declared are: text, any"
    );
    assert_eq!(
        refusal(&|body| body["tags"] = json!({ "typo": "1" })),
        "InvalidPayload: message tag of channel \"chat\" \"typo\" is not declared by integration \"acme\"; \
         declared are: id, part"
    );
    let data = refusal(&|body| body["payload"] = json!({ "text": "hi", "more": 1 }));
    assert!(
        data.starts_with(
            "InvalidDataFormat: the payload of message \"text\" of channel \"chat\" does not fit"
        ),
        "{data}"
    );
    let unknown = "conv_01HF7YAT00000000000000000Z";
    assert_eq!(
        refusal(&|body| body["conversationId"] = json!(unknown)),
        format!("ReferenceNotFound: conversation {unknown:?} does not exist")
    );
    let unknown = "user_01HF7YAT00000000000000000Z";
    assert_eq!(
        refusal(&|body| body["userId"] = json!(unknown)),
        format!("ReferenceNotFound: user {unknown:?} does not exist")
    );
    assert_eq!(bench.get("/v1/chat/messages").field("messages"), json!([]));
}

#[test]
fn a_payload_above_the_limit_is_refused() {
    let bench = Bench::new();
    let (conversation, user) = (bench.conversation("7"), bench.user("1"));
    let mut body = message_body(&conversation, &user, "");
    let frame = json!({ "text": "" }).to_string().len();
    body["payload"]["text"] = json!("x".repeat(131_072 - frame));
    bench.post("/v1/chat/messages", &body).created("message");
    body["payload"]["text"] = json!("x".repeat(131_073 - frame));
    let refused = bench.post("/v1/chat/messages", &body);
    assert_eq!((refused.status, refused.kind()), (413, "LimitExceeded"));
}
