//! Users.

use serde_json::json;

use crate::bench::{BOT_USER, Bench};

#[test]
fn a_created_user_is_answered_as_the_documents_say() {
    let bench = Bench::new();
    let body = json!({
        "tags": { "id": "1" }, "name": "Ada", "pictureUrl": "https://example.com/a.png",
        "properties": { "mood": "fine" }, "attributes": { "age": "36" },
    });
    let user = bench.post("/v1/chat/users", &body).created("user");
    let id = user["id"].as_str().unwrap();
    assert!(id.starts_with("user_"));
    assert_eq!(
        user,
        json!({
            "id": id,
            "createdAt": "2023-11-14T22:13:20.000Z",
            "updatedAt": "2023-11-14T22:13:20.000Z",
            "tags": { "id": "1" },
            "name": "Ada",
            "pictureUrl": "https://example.com/a.png",
            "properties": { "mood": "fine" },
            "attributes": { "age": "36" },
        })
    );
    let got = bench.get(&format!("/v1/chat/users/{id}")).field("user");
    assert_eq!(got, user);
}

#[test]
fn an_update_keeps_other_members_and_removes_with_null_and_the_empty_text() {
    let bench = Bench::new();
    let body = json!({
        "tags": { "id": "1", "login": "ada" }, "name": "Ada",
        "properties": { "a": "1", "b": "2" },
    });
    let user = bench.post("/v1/chat/users", &body).created("user");
    let path = format!("/v1/chat/users/{}", user["id"].as_str().unwrap());
    bench.clock.advance(1000);
    let change = json!({ "tags": { "login": null }, "name": null, "properties": { "a": "" } });
    let changed = bench.put(&path, &change).field("user");
    assert_eq!(changed["tags"], json!({ "id": "1" }));
    assert_eq!(changed["properties"], json!({ "b": "2" }));
    assert!(changed.get("name").is_none());
    assert_eq!(changed["createdAt"], user["createdAt"]);
    assert_eq!(changed["updatedAt"], "2023-11-14T22:13:21.000Z");
    let change = json!({ "tags": { "id": "" } });
    assert_eq!(bench.put(&path, &change).field("user")["tags"], json!({}));
    assert_eq!(bench.get(&path).field("user")["tags"], json!({}));
}

#[test]
fn get_or_create_matches_all_tags_unless_some_are_named() {
    let bench = Bench::new();
    let find = |body| bench.post("/v1/chat/users/get-or-create", &body);
    let created = find(json!({ "tags": { "id": "1", "login": "ada" } }));
    assert_eq!(created.field("meta"), json!({ "created": true }));
    let id = created.field("user")["id"].clone();
    // All tags have to be equal.
    let other = find(json!({ "tags": { "id": "1" } }));
    assert_eq!(other.field("meta"), json!({ "created": true }));
    assert_ne!(other.field("user")["id"], id);
    let same = find(json!({ "tags": { "login": "ada", "id": "1" } }));
    assert_eq!(same.field("meta"), json!({ "created": false }));
    assert_eq!(same.field("user")["id"], id);
    // Only the named ones have to be equal, and the others are updated.
    let body = json!({
        "tags": { "id": "9", "login": "ada" }, "discriminateByTags": ["login"],
        "name": "Ada", "properties": { "a": "1" },
    });
    let named = find(body).field("user");
    assert_eq!(named["id"], id);
    assert_eq!(named["tags"], json!({ "id": "9", "login": "ada" }));
    assert_eq!(
        (&named["name"], &named["properties"]),
        (&json!("Ada"), &json!({ "a": "1" }))
    );
}

#[test]
fn get_or_create_without_a_tag_that_discriminates_creates_or_is_refused() {
    let bench = Bench::new();
    let find = |body| bench.post("/v1/chat/users/get-or-create", &body);
    for _ in 0..2 {
        let created = find(json!({ "tags": {} })).field("meta");
        assert_eq!(created, json!({ "created": true }));
    }
    let refused = find(json!({ "tags": { "id": "1" }, "discriminateByTags": ["login"] }));
    assert_eq!(refused.kind(), "InvalidPayload");
}

#[test]
fn a_deleted_user_is_gone_with_its_states() {
    let bench = Bench::new();
    let user = bench.user("1");
    let id = user["id"].as_str().unwrap();
    let state = format!("/v1/chat/states/user/{id}/session");
    bench.post(&state, &json!({ "payload": {} })).field("state");
    bench.delete(&format!("/v1/chat/users/{id}")).empty();
    let gone = bench.get(&format!("/v1/chat/users/{id}"));
    let message = format!("user {id:?} does not exist");
    assert_eq!(gone.error(), ("ResourceNotFound", message.as_str()));
    assert_eq!(bench.get(&state).kind(), "ReferenceNotFound");
    let again = bench.delete(&format!("/v1/chat/users/{id}"));
    assert_eq!(again.status, 404);
}

#[test]
fn the_user_of_the_bot_can_be_read_and_not_deleted() {
    let bench = Bench::new();
    let path = format!("/v1/chat/users/{BOT_USER}");
    assert_eq!(bench.get(&path).field("user")["id"], BOT_USER);
    assert_eq!(bench.delete(&path).kind(), "Forbidden");
    let listed = bench.get("/v1/chat/users").field("users");
    assert_eq!(listed, json!([]), "it is no user of the integration");
}
