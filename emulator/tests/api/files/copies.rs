//! Copies of files, and files of other integrations.

use serde_json::{Value, json};

use super::{PATH, download, upload, upsert};
use crate::bench::{Answer, BOT, Bench, INTEGRATION, OTHER_BOT, OTHER_INTEGRATION};

#[test]
fn a_copy_does_not_overwrite_unless_told() {
    let bench = Bench::new();
    let source = upsert(
        &bench,
        &json!({ "key": "a", "size": 1, "tags": { "t": "1" } }),
    );
    upload(&bench, &source, "x");
    let known = upsert(&bench, &json!({ "key": "b", "size": 1 }));
    let path = format!("{PATH}/a/b");
    let refused = bench.post(&path, &json!({}));
    assert_eq!((refused.status, refused.kind()), (409, "AlreadyExists"));
    let copied = bench
        .post(&path, &json!({ "overwrite": true }))
        .field("file");
    assert_eq!(
        (&copied["id"], &copied["tags"]),
        (&known["id"], &json!({ "t": "1" }))
    );
    assert_eq!(download(&bench, &copied).body(), "x");
}

#[test]
fn a_copy_can_go_to_another_bot_that_has_the_integration() {
    let bench = Bench::new();
    let source = upsert(&bench, &json!({ "key": "a", "size": 1 }));
    upload(&bench, &source, "x");
    let copy = |bot: &str| {
        let mut request = bench.caller().request("POST", "/v1/files/a/b", &json!({}));
        request
            .headers_mut()
            .insert("x-destination-bot-id", bot.parse().unwrap());
        Answer::read(&bench.send_raw(&request))
    };
    assert_eq!(copy("bot_unknown").kind(), "Forbidden");
    let copied = copy(OTHER_BOT).field("file");
    assert_eq!(copied["botId"], OTHER_BOT);
    let there = bench.caller_of(OTHER_BOT, INTEGRATION, "acme");
    assert_eq!(there.send("GET", "/v1/files/b", &Value::Null).status, 200);
    assert_eq!(bench.get("/v1/files/b").status, 404);
}

#[test]
fn a_shared_file_can_be_read_and_not_changed_by_another_integration() {
    let bench = Bench::new();
    let file = upsert(
        &bench,
        &json!({ "key": "a", "size": 1, "accessPolicies": ["integrations"] }),
    );
    let other = bench.caller_of(BOT, OTHER_INTEGRATION, "other");
    let path = format!("{PATH}/{}", file["id"].as_str().unwrap());
    assert_eq!(
        other.send("GET", &path, &Value::Null).field("file")["id"],
        file["id"]
    );
    assert_eq!(other.send("PUT", &path, &json!({})).kind(), "Forbidden");
    assert_eq!(other.send("DELETE", &path, &json!({})).kind(), "Forbidden");
    let own = other
        .send("PUT", PATH, &json!({ "key": "a", "size": 1 }))
        .field("file");
    assert_ne!(own["id"], file["id"], "keys belong to an integration");
}
