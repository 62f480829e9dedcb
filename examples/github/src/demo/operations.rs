//! One request of each operation.

use contexture::{Operation, Result};
use serde_json::{Value, json};

use super::github_service::{COMMENT_ID, ISSUE_NUMBER};
use super::payloads::{self, OWNER, REPOSITORY};
use super::setting::{self, BOT, INTEGRATION, WEBHOOK_URL};
use super::step::{Expected, Step};
use crate::github::ConfigurationType;

/// The requests for one kind of configuration.
pub(super) fn all(kind: ConfigurationType) -> Result<Vec<Step>> {
    let configuration = setting::encode(&setting::configuration(kind))?;
    let (webhook, webhook_shown) = payloads::webhook();
    let scheme = setting::scheme(kind);
    let step = |operation, title, body, expected| Step {
        operation,
        title,
        // Every configuration of this definition has a name: there is no primary one.
        configuration_type: kind.wire_name().unwrap_or_default(),
        configuration: configuration.clone(),
        body,
        shown: None,
        expected,
    };
    Ok(vec![
        step(
            Operation::Ping,
            "Botpress asks whether the integration is there",
            json!({}),
            nothing(),
        ),
        step(
            Operation::Register,
            "a bot's owner enables it",
            registration(),
            register(scheme),
        ),
        Step {
            shown: Some(webhook_shown),
            ..step(
                Operation::WebhookReceived,
                "somebody opens an issue at GitHub",
                webhook,
                webhook_received(),
            )
        },
        step(
            Operation::ActionTriggered,
            "the bot opens an issue",
            payloads::create_issue(),
            action_triggered(scheme),
        ),
        step(
            Operation::MessageCreated,
            "the bot writes in the conversation about an issue",
            payloads::message_created(),
            message_created(scheme),
        ),
        step(
            Operation::MessageUpdated,
            "the bot's message is changed",
            payloads::message_updated(),
            nothing(),
        ),
        step(
            Operation::ConversationUpdated,
            "the conversation is changed",
            payloads::conversation_updated(),
            nothing(),
        ),
        step(
            Operation::CreateUser,
            "the bot wants to know somebody",
            json!({ "tags": user_tags() }),
            create_user(),
        ),
        step(
            Operation::CreateConversation,
            "the bot wants to talk about an issue",
            conversation_request(),
            create_conversation(),
        ),
        step(
            Operation::Unregister,
            "the bot's owner disables it",
            registration(),
            nothing(),
        ),
    ])
}

fn registration() -> Value {
    json!({ "webhookUrl": WEBHOOK_URL })
}

fn user_tags() -> Value {
    json!({ "login": "octocat" })
}

fn conversation_request() -> Value {
    json!({ "channel": "issueComments", "tags": payloads::conversation_tags() })
}

fn nothing() -> Expected {
    Expected::json(json!({}))
}

fn register(scheme: &str) -> Expected {
    nothing().asking_github("GET", "/rate_limit", scheme, Value::Null)
}

fn webhook_received() -> Expected {
    let repository = format!("{OWNER}/{REPOSITORY}");
    let state = format!("states/integration/{INTEGRATION}/lastWebhook");
    let issue = json!({
        "number": 1347,
        "title": "The greeting ends too early",
        "url": format!("https://github.com/{repository}/issues/1347"),
        "state": "open",
    });
    let event = json!({
        "type": "issueOpened",
        "payload": { "issue": issue, "repository": repository, "sender": "octocat" },
        "conversationId": "conv_demo",
        "userId": "user_demo",
    });
    let conversation = json!({ "channel": "issueComments", "tags": payloads::conversation_tags() });
    Expected::text(format!("told the bot about {repository}#1347"))
        .asking_botpress("POST", &state, json!({ "payload": { "botId": BOT } }))
        .asking_botpress(
            "POST",
            "users/get-or-create",
            json!({ "tags": user_tags() }),
        )
        .asking_botpress("POST", "conversations/get-or-create", conversation)
        .asking_botpress("POST", "events", event)
}

fn action_triggered(scheme: &str) -> Expected {
    let path = format!("/repos/{OWNER}/{REPOSITORY}/issues");
    let input = &payloads::create_issue()["input"];
    let sent = json!({ "title": input["title"], "body": input["body"], "labels": input["labels"] });
    let issue = json!({
        "number": ISSUE_NUMBER,
        "title": input["title"],
        "url": format!("https://github.com/{OWNER}/{REPOSITORY}/issues/{ISSUE_NUMBER}"),
        "state": "open",
    });
    Expected::json(json!({ "output": { "issue": issue }, "meta": { "cost": 0 } }))
        .asking_github("POST", &path, scheme, sent)
}

fn message_created(scheme: &str) -> Expected {
    let path = format!("/repos/{OWNER}/{REPOSITORY}/issues/1347/comments");
    let text = &payloads::message_created()["payload"]["text"];
    let tags = json!({ "tags": { "commentId": COMMENT_ID.to_string() } });
    nothing()
        .asking_github("POST", &path, scheme, json!({ "body": text }))
        .asking_botpress("PUT", "messages/msg_demo", tags)
}

fn create_user() -> Expected {
    Expected::json(json!({ "user": { "id": "user_demo" } })).asking_botpress(
        "POST",
        "users/get-or-create",
        json!({ "tags": user_tags() }),
    )
}

fn create_conversation() -> Expected {
    Expected::json(json!({ "conversation": { "id": "conv_demo" } })).asking_botpress(
        "POST",
        "conversations/get-or-create",
        conversation_request(),
    )
}
