//! One request for each operation.

use contexture::{Operation, Result};
use serde_json::{Value, json};

use super::github_service::{COMMENT_ID, HOOK_ID, ISSUE_NUMBER};
use super::payloads::{self, OWNER, REPOSITORY};
use super::setting::{self, BOT, WEBHOOK_URL};
use super::step::{Expected, ExpectedAnswer, Step};
use crate::github::ConfigurationType;

/// The requests for one kind of configuration.
pub(super) fn all(kind: ConfigurationType) -> Result<Vec<Step>> {
    let configuration = setting::encode(&setting::configuration(kind))?;
    let (webhook, webhook_shown) = payloads::webhook(&format!("72d3162e-{kind:?}"));
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
            "Botpress checks that the integration is running",
            json!({}),
            nothing(),
        ),
        step(
            Operation::Register,
            "a bot's owner enables it",
            registration(),
            register(kind),
        ),
        Step {
            shown: Some(webhook_shown),
            ..step(
                Operation::WebhookReceived,
                "a user opens an issue on GitHub",
                webhook,
                webhook_received(),
            )
        },
        step(
            Operation::ActionTriggered,
            "the bot opens an issue",
            payloads::create_issue(),
            action_triggered(kind),
        ),
        step(
            Operation::MessageCreated,
            "the bot writes in the conversation about an issue",
            payloads::message_created(),
            message_created(kind),
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
            "the bot creates a user",
            json!({ "tags": user_tags() }),
            create_user(),
        ),
        step(
            Operation::CreateConversation,
            "the bot creates a conversation about an issue",
            conversation_request(),
            create_conversation(),
        ),
        step(
            Operation::Unregister,
            "the bot's owner disables it",
            registration(),
            unregister(kind),
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

/// The requests before those to GitHub: the token of an app is in a state.
fn with_token(kind: ConfigurationType) -> Expected {
    match kind {
        ConfigurationType::Oauth => nothing().reading_state("oauthTokens", true),
        ConfigurationType::PersonalAccessToken => nothing(),
    }
}

fn register(kind: ConfigurationType) -> Expected {
    let hooks = format!("/repos/{OWNER}/{REPOSITORY}/hooks");
    let hook = json!({ "events": ["issues"], "config": { "url": WEBHOOK_URL, "secret": "•••" } });
    let repository = format!("{OWNER}/{REPOSITORY}");
    match kind {
        ConfigurationType::Oauth => {
            with_token(kind).asking_github("GET", "/rate_limit", "Bearer", Value::Null)
        }
        ConfigurationType::PersonalAccessToken => nothing()
            .asking_github("GET", "/rate_limit", "Bearer", Value::Null)
            .reading_state("repositoryWebhook", false)
            .asking_github("POST", &hooks, "Bearer", hook)
            .writing_state(
                "repositoryWebhook",
                json!({ "repository": repository, "hookId": HOOK_ID }),
            ),
    }
}

fn unregister(kind: ConfigurationType) -> Expected {
    let hook = format!("/repos/{OWNER}/{REPOSITORY}/hooks/{HOOK_ID}");
    match kind {
        ConfigurationType::Oauth => nothing().reading_state("repositoryWebhook", false),
        ConfigurationType::PersonalAccessToken => nothing()
            .reading_state("repositoryWebhook", true)
            .asking_github("DELETE", &hook, "Bearer", Value::Null)
            .writing_state("repositoryWebhook", Value::Null),
    }
}

fn webhook_received() -> Expected {
    let repository = format!("{OWNER}/{REPOSITORY}");
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
    Expected::text(format!("sent an event for {repository}#1347"))
        .writing_state("lastWebhook", json!({ "botId": BOT }))
        .asking_botpress(
            "POST",
            "users/get-or-create",
            json!({ "tags": user_tags() }),
        )
        .asking_botpress("POST", "conversations/get-or-create", conversation)
        .asking_botpress("POST", "events", event)
}

fn action_triggered(kind: ConfigurationType) -> Expected {
    let path = format!("/repos/{OWNER}/{REPOSITORY}/issues");
    let input = &payloads::create_issue()["input"];
    let sent = json!({ "title": input["title"], "body": input["body"], "labels": input["labels"] });
    let issue = json!({
        "number": ISSUE_NUMBER,
        "title": input["title"],
        "url": format!("https://github.com/{OWNER}/{REPOSITORY}/issues/{ISSUE_NUMBER}"),
        "state": "open",
    });
    let answer =
        ExpectedAnswer::Json(json!({ "output": { "issue": issue }, "meta": { "cost": 0 } }));
    let asked = with_token(kind).asking_github("POST", &path, "Bearer", sent);
    Expected { answer, ..asked }
}

fn message_created(kind: ConfigurationType) -> Expected {
    let path = format!("/repos/{OWNER}/{REPOSITORY}/issues/1347/comments");
    let text = &payloads::message_created()["payload"]["text"];
    let tags = json!({ "tags": { "commentId": COMMENT_ID.to_string() } });
    with_token(kind)
        .asking_github("POST", &path, "Bearer", json!({ "body": text }))
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
