//! What Botpress and GitHub send, in their shapes.

use contexture::webhook::signature::Algorithm;
use serde_json::{Value, json};

use super::github_service::COMMENT_ID;
use super::setting::{BOT_USER, secrets};

/// The repository that everything is about.
pub(super) const OWNER: &str = "octo-org";
pub(super) const REPOSITORY: &str = "hello-world";

/// A webhook of GitHub, with every field that GitHub sends for an issue that was opened.
const ISSUES_OPENED: &str = include_str!("issues_opened.json");

const CREATED: &str = "2026-01-01T12:00:00.000Z";

/// A `webhook_received` whose request is signed as GitHub signs it, and how to show it.
pub(super) fn webhook() -> (Value, Value) {
    let signature = sign(ISSUES_OPENED);
    let headers = json!({
        "accept": "*/*",
        "content-type": "application/json",
        "user-agent": "GitHub-Hookshot/044aadd",
        "x-github-delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
        "x-github-event": "issues",
        "x-github-hook-id": "292430182",
        "x-hub-signature-256": signature,
    });
    let delivery_of = |headers: &Value, body: &str| {
        json!({ "req": {
            "method": "POST", "path": "/", "query": "", "headers": headers, "body": body,
        } })
    };
    let some_headers = json!({
        "x-github-event": headers["x-github-event"],
        "x-hub-signature-256": format!("{}…", &signature[..31]),
    });
    let summary = format!(
        "… {} bytes about octo-org/hello-world#1347 …",
        ISSUES_OPENED.len()
    );
    let shown = delivery_of(&some_headers, &summary);
    (delivery_of(&headers, ISSUES_OPENED), shown)
}

/// Signs as GitHub does.
fn sign(body: &str) -> String {
    let secret = secrets().webhook_secret;
    let tag = Algorithm::Sha256.sign(secret.expose().as_bytes(), body.as_bytes());
    format!("sha256={}", tag.hex())
}

/// A call of the action `createIssue`.
pub(super) fn create_issue() -> Value {
    json!({ "type": "createIssue", "input": {
        "owner": OWNER,
        "repository": REPOSITORY,
        "title": "The greeting is too quiet",
        "body": "Ada says that she cannot hear it.",
        "labels": ["bug"],
    } })
}

/// A message of the bot in the conversation about the issue.
pub(super) fn message_created() -> Value {
    json!({
        "type": "text",
        "payload": { "text": "Thank you! Which version do you use?" },
        "conversation": conversation(),
        "user": bot_user(),
        "message": message("Thank you! Which version do you use?", &json!({})),
    })
}

/// A change of that message.
pub(super) fn message_updated() -> Value {
    let tags = json!({ "commentId": COMMENT_ID.to_string() });
    json!({
        "type": "text",
        "payload": { "text": "Thank you!" },
        "conversation": conversation(),
        "user": bot_user(),
        "currentMessage": message("Thank you!", &tags),
        "previousMessage": message("Thank you! Which version do you use?", &tags),
    })
}

/// A change of the conversation about the issue.
pub(super) fn conversation_updated() -> Value {
    let mut previous = conversation();
    previous["tags"] = json!({});
    json!({ "currentConversation": conversation(), "previousConversation": previous })
}

/// The tags of the conversation about the issue.
pub(super) fn conversation_tags() -> Value {
    json!({ "repository": format!("{OWNER}/{REPOSITORY}"), "issueNumber": "1347" })
}

fn conversation() -> Value {
    json!({
        "id": "conv_demo",
        "channel": "issueComments",
        "integration": "github",
        "tags": conversation_tags(),
        "createdAt": CREATED,
        "updatedAt": CREATED,
    })
}

fn bot_user() -> Value {
    json!({ "id": BOT_USER, "tags": {}, "createdAt": CREATED, "updatedAt": CREATED })
}

fn message(text: &str, tags: &Value) -> Value {
    json!({
        "id": "msg_demo",
        "type": "text",
        "payload": { "text": text },
        "direction": "outgoing",
        "userId": BOT_USER,
        "conversationId": "conv_demo",
        "tags": tags,
        "createdAt": CREATED,
        "updatedAt": CREATED,
    })
}
