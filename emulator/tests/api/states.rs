//! States.

use serde_json::{Value, json};

use crate::bench::{BOT, Bench, INTEGRATION};

fn path() -> String {
    format!("/v1/chat/states/integration/{INTEGRATION}/oauth")
}

#[test]
fn a_state_is_answered_as_the_documents_say() {
    let bench = Bench::new();
    let missing = bench.get(&path());
    assert_eq!(
        missing.error(),
        ("ResourceNotFound", "state \"oauth\" does not exist")
    );
    let set = bench
        .post(&path(), &json!({ "payload": { "token": "x" } }))
        .field("state");
    let id = set["id"].as_str().unwrap();
    assert!(id.starts_with("state_"));
    assert_eq!(
        set,
        json!({
            "id": id,
            "createdAt": "2023-11-14T22:13:20.000Z",
            "updatedAt": "2023-11-14T22:13:20.000Z",
            "botId": BOT,
            "name": "oauth",
            "type": "integration",
            "payload": { "token": "x" },
        })
    );
    let got = bench.get(&path());
    assert_eq!(
        (got.field("state"), got.field("meta")),
        (set, json!({ "cached": false }))
    );
}

#[test]
fn a_patch_merges_and_creates() {
    let bench = Bench::new();
    let patch = |payload: Value| bench.patch(&path(), &json!({ "payload": payload }));
    assert_eq!(
        patch(json!({ "token": "x" })).field("state")["payload"],
        json!({ "token": "x" })
    );
    let merged = patch(json!({ "count": 1 })).field("state");
    assert_eq!(merged["payload"], json!({ "token": "x", "count": 1 }));
    assert_eq!(patch(json!({ "count": "one" })).kind(), "InvalidDataFormat");
    assert_eq!(
        bench.get(&path()).field("state")["payload"],
        merged["payload"]
    );
}

#[test]
fn get_or_set_writes_only_what_is_missing() {
    let bench = Bench::new();
    let path = format!("{}/get-or-set", path());
    let first = bench
        .post(&path, &json!({ "payload": { "token": "x" } }))
        .field("state");
    let second = bench
        .post(&path, &json!({ "payload": { "token": "y" } }))
        .field("state");
    assert_eq!(second, first);
}

#[test]
fn null_deletes_a_state() {
    let bench = Bench::new();
    bench
        .post(&path(), &json!({ "payload": { "token": "x" } }))
        .field("state");
    let deleted = bench
        .post(&path(), &json!({ "payload": null }))
        .field("state");
    assert_eq!(deleted["payload"], json!({}));
    assert_eq!(bench.get(&path()).status, 404);
    assert_eq!(bench.changes(), ["State Created", "State Deleted"]);
}

#[test]
fn a_state_expires_when_it_was_not_written_for_a_while() {
    let bench = Bench::new();
    let body = json!({ "payload": { "token": "x" }, "expiry": 1000 });
    let state = bench.post(&path(), &body).field("state");
    assert_eq!(
        (&state["expiry"], &state["expiresAt"]),
        (&json!(1000), &json!("2023-11-14T22:13:21.000Z"))
    );
    bench.clock.advance(999);
    assert_eq!(bench.get(&path()).status, 200);
    let patched = bench
        .patch(&path(), &json!({ "payload": {} }))
        .field("state");
    assert_eq!(
        patched["expiresAt"], "2023-11-14T22:13:21.999Z",
        "the time starts again"
    );
    bench.clock.advance(999);
    assert_eq!(bench.get(&path()).status, 200);
    bench.clock.advance(1);
    assert_eq!(bench.get(&path()).status, 404);
    let anew = bench.post(&format!("{}/get-or-set", path()), &json!({ "payload": {} }));
    assert_eq!(
        anew.field("state")["payload"],
        json!({}),
        "what expired is not found"
    );
}

#[test]
fn the_expiry_can_be_set_and_removed() {
    let bench = Bench::new();
    let expiry =
        |value: Value| bench.post(&format!("{}/expiry", path()), &json!({ "expiry": value }));
    assert_eq!(expiry(json!(1000)).kind(), "ResourceNotFound");
    bench
        .post(&path(), &json!({ "payload": {} }))
        .field("state");
    assert_eq!(expiry(json!(1000)).field("state")["expiry"], 1000);
    let removed = expiry(Value::Null).field("state");
    assert_eq!(
        (removed.get("expiry"), removed.get("expiresAt")),
        (None, None)
    );
    for wrong in [json!(0), json!(2_592_000_001_u64), json!("1")] {
        assert_eq!(expiry(wrong).kind(), "InvalidPayload");
    }
    assert_eq!(
        expiry(json!(2_592_000_000_u64)).field("state")["expiry"],
        2_592_000_000_u64
    );
}

#[test]
fn all_states_of_an_installation_are_listed_until_they_expire() {
    let bench = Bench::new();
    let user = bench.user("1");
    let session = format!(
        "/v1/chat/states/user/{}/session",
        user["id"].as_str().unwrap()
    );
    let oauth = bench
        .post(&path(), &json!({ "payload": { "token": "x" } }))
        .field("state");
    bench.clock.advance(1);
    let session = bench
        .post(&session, &json!({ "payload": {}, "expiry": 1000 }))
        .field("state");
    let states = || bench.api.states(BOT, "acme").unwrap();
    assert_eq!(states(), [session, oauth.clone()]);
    bench.clock.advance(1000);
    assert_eq!(states(), [oauth]);
    assert_eq!(bench.api.states(BOT, "other").unwrap(), [Value::Null; 0]);
}

#[test]
fn a_state_belongs_to_its_owner() {
    let bench = Bench::new();
    let users = ["1", "2"].map(|id| bench.user(id));
    let path = |user: &Value| {
        format!(
            "/v1/chat/states/user/{}/session",
            user["id"].as_str().unwrap()
        )
    };
    let state = bench
        .post(&path(&users[0]), &json!({ "payload": { "a": 1 } }))
        .field("state");
    assert_eq!(state["userId"], users[0]["id"]);
    assert_eq!(bench.get(&path(&users[1])).status, 404);
    let conversation = bench.conversation("7");
    let thread = format!(
        "/v1/chat/states/conversation/{}/thread",
        conversation["id"].as_str().unwrap()
    );
    let state = bench
        .post(&thread, &json!({ "payload": {} }))
        .field("state");
    assert_eq!(state["conversationId"], conversation["id"]);
}

#[test]
fn undeclared_states_wrong_types_and_unknown_owners_are_refused() {
    let bench = Bench::new();
    let refusal = |path: String| {
        let answer = bench.get(&path);
        let (kind, message) = answer.error();
        format!("{kind}: {message}")
    };
    assert_eq!(
        refusal(format!("/v1/chat/states/integration/{INTEGRATION}/typo")),
        "InvalidPayload: state \"typo\" is not declared by integration \"acme\"; declared are: oauth, thread, session"
    );
    assert_eq!(
        refusal(format!("/v1/chat/states/bot/{BOT}/oauth")),
        "InvalidPayload: state \"oauth\" belongs to a resource of type \"integration\", and not to \"bot\""
    );
    assert_eq!(
        refusal("/v1/chat/states/integration/intver_1/oauth".to_owned()),
        "ReferenceNotFound: integration \"intver_1\" does not exist"
    );
    assert_eq!(
        refusal("/v1/chat/states/user/user_1/session".to_owned()),
        "ReferenceNotFound: user \"user_1\" does not exist"
    );
}

#[test]
fn a_payload_above_the_limit_is_refused_also_if_a_patch_makes_it_so() {
    let bench = Bench::new();
    let user = bench.user("1");
    let path = format!(
        "/v1/chat/states/user/{}/session",
        user["id"].as_str().unwrap()
    );
    let half = "x".repeat(70_000);
    bench
        .patch(&path, &json!({ "payload": { "a": half } }))
        .field("state");
    let refused = bench.patch(&path, &json!({ "payload": { "b": half } }));
    assert_eq!((refused.status, refused.kind()), (413, "LimitExceeded"));
    let whole = "x".repeat(131_072);
    assert_eq!(
        bench
            .post(&path, &json!({ "payload": { "a": whole } }))
            .kind(),
        "LimitExceeded"
    );
}
