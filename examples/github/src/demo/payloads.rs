//! The payloads of Botpress and GitHub, in their formats.

use contexture::DateTime;
use contexture::webhook::signature::Algorithm;
use serde_json::{Value, json};

use super::github_service::COMMENT_ID;
use super::setting::{BOT_USER, secrets};

/// The repository of all payloads.
pub(super) const OWNER: &str = "octo-org";
pub(super) const REPOSITORY: &str = "hello-world";

/// A webhook of GitHub for an opened issue, with all fields that GitHub sends.
const ISSUES_OPENED: &str = include_str!("issues_opened.json");

/// The time at which the issue was opened.
const OPENED: &str = "2026-01-01T12:00:00Z";

const CREATED: &str = "2026-01-01T12:00:00.000Z";

/// A signed `webhook_received` of an issue that was just opened, and its text for the transcript.
pub(super) fn webhook(delivery: &str) -> (Value, Value) {
    let body = ISSUES_OPENED.replace(OPENED, DateTime::now().as_str());
    let signature = sign(&body);
    let headers = json!({
        "accept": "*/*",
        "content-type": "application/json",
        "user-agent": "GitHub-Hookshot/044aadd",
        "x-github-delivery": delivery,
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
    let summary = format!("… {} bytes about octo-org/hello-world#1347 …", body.len());
    let shown = delivery_of(&some_headers, &summary);
    (delivery_of(&headers, &body), shown)
}

/// A `webhook_received` from a browser with this cookie, and its text for the transcript.
pub(super) fn visit(path: &str, query: &str, cookie: &str) -> (Value, Value) {
    let visit_with = |query: &str, cookie: &str| {
        let headers = match cookie {
            "" => json!({}),
            cookie => json!({ "cookie": cookie }),
        };
        json!({ "req": { "method": "GET", "path": path, "query": query, "headers": headers } })
    };
    let hidden = |text: &str, separator: &str| {
        let names = text
            .split(separator)
            .filter_map(|field| Some(field.split_once('=')?.0));
        let shown: Vec<_> = names.map(|name| format!("{name}=•••")).collect();
        shown.join(separator)
    };
    let shown = visit_with(&hidden(query, "&"), &hidden(cookie, "; "));
    (visit_with(query, cookie), shown)
}

/// Signs a body as GitHub does.
pub(super) fn sign(body: &str) -> String {
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
