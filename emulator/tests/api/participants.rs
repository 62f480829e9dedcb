//! Participants of conversations.

use serde_json::{Value, json};

use crate::bench::Bench;

fn path(conversation: &Value) -> String {
    let id = conversation["id"].as_str().unwrap();
    format!("/v1/chat/conversations/{id}/participants")
}

#[test]
fn a_participant_is_added_listed_and_removed() {
    let bench = Bench::new();
    let (conversation, user) = (bench.conversation("7"), bench.user("1"));
    let path = path(&conversation);
    let of_user = format!("{path}/{}", user["id"].as_str().unwrap());
    assert_eq!(bench.get(&of_user).kind(), "ResourceNotFound");
    for _ in 0..2 {
        let added = bench.post(&path, &json!({ "userId": user["id"] }));
        assert_eq!(added.field("participant"), user);
    }
    assert_eq!(bench.get(&of_user).field("participant"), user);
    assert_eq!(bench.get(&path).field("participants"), json!([user]));
    bench.delete(&of_user).empty();
    assert_eq!(bench.get(&path).field("participants"), json!([]));
    assert_eq!(bench.delete(&of_user).kind(), "ResourceNotFound");
}

#[test]
fn participants_are_listed_in_the_order_in_which_they_came() {
    let bench = Bench::new();
    let conversation = bench.conversation("7");
    let path = path(&conversation);
    let users = ["1", "2", "3"].map(|id| bench.user(id));
    for user in [&users[2], &users[0], &users[1]] {
        bench
            .post(&path, &json!({ "userId": user["id"] }))
            .field("participant");
    }
    let first = bench.get(&format!("{path}?pageSize=2"));
    assert_eq!(first.field("participants"), json!([users[2], users[0]]));
    let token = first.field("meta")["nextToken"].clone();
    let second = bench.get(&format!(
        "{path}?pageSize=2&nextToken={}",
        token.as_str().unwrap()
    ));
    assert_eq!(second.field("participants"), json!([users[1]]));
    assert_eq!(second.field("meta"), json!({}));
}

#[test]
fn the_sender_of_a_message_participates() {
    let bench = Bench::new();
    let (conversation, user) = (bench.conversation("7"), bench.user("1"));
    bench.message(&conversation, &user, "hi");
    assert_eq!(
        bench.get(&path(&conversation)).field("participants"),
        json!([user])
    );
}

#[test]
fn an_unknown_user_or_conversation_is_refused() {
    let bench = Bench::new();
    let conversation = bench.conversation("7");
    let unknown = json!({ "userId": "user_01HF7YAT00000000000000000Z" });
    assert_eq!(
        bench.post(&path(&conversation), &unknown).kind(),
        "ReferenceNotFound"
    );
    let short = json!({ "userId": "user_1" });
    assert_eq!(
        bench.post(&path(&conversation), &short).kind(),
        "InvalidPayload"
    );
    let nowhere = bench.get("/v1/chat/conversations/conv_1/participants");
    assert_eq!(nowhere.kind(), "ResourceNotFound");
}
