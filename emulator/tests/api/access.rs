//! Tokens, and whose data is seen.

use bytes::Bytes;
use http::Request;
use serde_json::{Value, json};

use crate::bench::{
    Answer, BOT, Bench, INTEGRATION, OTHER_BOT, OTHER_INTEGRATION, message_body, token,
};

fn refusal(headers: &[(&str, &str)]) -> (u16, String) {
    let bench = Bench::new();
    let mut request = Request::get("/v1/chat/users");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = bench.send_raw(&request.body(Bytes::new()).unwrap());
    let answer = Answer::read(&answer);
    let kind = if answer.status == 200 {
        ""
    } else {
        answer.kind()
    };
    (answer.status, kind.to_owned())
}

#[test]
fn a_request_needs_a_token_of_an_installed_integration() {
    let token = format!("Bearer {}", token(INTEGRATION));
    let unauthorized = (401, "Unauthorized".to_owned());
    let forbidden = (403, "Forbidden".to_owned());
    assert_eq!(refusal(&[("x-bot-id", BOT)]), unauthorized);
    assert_eq!(
        refusal(&[("authorization", "Bearer wrong"), ("x-bot-id", BOT)]),
        unauthorized
    );
    assert_eq!(
        refusal(&[("authorization", "Basic abc"), ("x-bot-id", BOT)]),
        unauthorized
    );
    assert_eq!(
        refusal(&[("authorization", &token)]),
        (400, "InvalidPayload".to_owned())
    );
    let good = [
        ("authorization", token.as_str()),
        ("x-bot-id", BOT),
        ("x-integration-alias", "acme"),
    ];
    assert_eq!(refusal(&good), (200, String::new()));
    assert_eq!(
        refusal(&good[..2]),
        (200, String::new()),
        "there is only one installation"
    );
    for wrong in [
        ("x-bot-id", "bot_1"),
        ("x-integration-alias", "other"),
        ("x-integration-alias", "nothing"),
        ("x-integration-id", OTHER_INTEGRATION),
    ] {
        let mut headers: Vec<_> = good
            .into_iter()
            .filter(|(name, _)| *name != wrong.0)
            .collect();
        headers.push(wrong);
        assert_eq!(refusal(&headers), forbidden, "{wrong:?}");
    }
}

#[test]
fn a_removed_token_and_a_removed_installation_are_refused() {
    let bench = Bench::new();
    assert_eq!(bench.get("/v1/chat/users").status, 200);
    bench.api.uninstall(BOT, "acme");
    assert_eq!(bench.get("/v1/chat/users").kind(), "Forbidden");
    bench.api.remove_token(&token(INTEGRATION));
    assert_eq!(bench.get("/v1/chat/users").kind(), "Unauthorized");
}

#[test]
fn no_token_is_shown() {
    let bench = Bench::new();
    let shown = format!("{:?}", bench.api);
    assert!(!shown.contains("token-of"), "{shown}");
}

/// Reads and changes everything that the first installation has, as another one.
fn sees_nothing(bot: &str, integration: &str, alias: &str) {
    let bench = Bench::new();
    let (user, conversation) = (bench.user("1"), bench.conversation("7"));
    let message = bench.message(&conversation, &user, "hi");
    let event = json!({ "type": "greeted", "payload": { "name": "Ada" } });
    let event = bench.post("/v1/chat/events", &event).created("event");
    let state = format!("/v1/chat/states/integration/{INTEGRATION}/oauth");
    bench
        .post(&state, &json!({ "payload": { "token": "x" } }))
        .field("state");
    let file = bench
        .put("/v1/files", &json!({ "key": "k.txt", "size": 1 }))
        .field("file");
    let other = bench.caller_of(bot, integration, alias);
    let id = |entity: &Value| entity["id"].as_str().unwrap().to_owned();
    for path in [
        format!("/v1/chat/users/{}", id(&user)),
        format!("/v1/chat/conversations/{}", id(&conversation)),
        format!("/v1/chat/conversations/{}/participants", id(&conversation)),
        format!("/v1/chat/messages/{}", id(&message)),
        format!("/v1/chat/events/{}", id(&event)),
        format!("/v1/chat/states/integration/{integration}/oauth"),
        format!("/v1/files/{}", id(&file)),
        "/v1/files/k.txt".to_owned(),
    ] {
        let answer = other.send("GET", &path, &Value::Null);
        assert_eq!(answer.kind(), "ResourceNotFound", "{path}");
    }
    for (path, body) in [
        (
            format!("/v1/chat/users/{}", id(&user)),
            json!({ "name": "x" }),
        ),
        (
            format!("/v1/chat/conversations/{}", id(&conversation)),
            json!({ "tags": {} }),
        ),
        (
            format!("/v1/chat/messages/{}", id(&message)),
            json!({ "tags": {} }),
        ),
        (format!("/v1/files/{}", id(&file)), json!({ "tags": {} })),
    ] {
        assert_eq!(other.send("PUT", &path, &body).status, 404, "{path}");
        assert_eq!(
            other.send("DELETE", &path, &json!({})).status,
            404,
            "{path}"
        );
    }
    let body = message_body(&conversation, &user, "intruder");
    assert_eq!(
        other.send("POST", "/v1/chat/messages", &body).kind(),
        "ReferenceNotFound"
    );
    for list in ["users", "conversations", "messages", "events"] {
        let answer = other.send("GET", &format!("/v1/chat/{list}"), &Value::Null);
        assert_eq!(answer.field(list), json!([]), "{list}");
    }
    assert_eq!(
        other.send("GET", "/v1/files", &Value::Null).field("files"),
        json!([])
    );
    let mine = json!({ "tags": { "id": "1" } });
    let found = other.send("POST", "/v1/chat/users/get-or-create", &mine);
    assert_eq!(found.field("meta"), json!({ "created": true }));
}

#[test]
fn a_bot_never_sees_the_data_of_another_bot() {
    sees_nothing(OTHER_BOT, INTEGRATION, "acme");
}

#[test]
fn an_integration_never_sees_the_data_of_another_integration() {
    sees_nothing(BOT, OTHER_INTEGRATION, "other");
}
