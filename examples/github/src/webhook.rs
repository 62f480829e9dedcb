//! What GitHub tells the integration.

use std::time::SystemTime;

use contexture::prelude::*;
use contexture::webhook::signature;

use crate::github::channels::{IssueCommentsChannel, IssueCommentsConversationTags};
use crate::github::{Context, IssueOpenedEvent, LastWebhookState, UserTags};
use crate::webhook_payload::{IssueOpened, IssuesPayload};

/// Answers a webhook, of which nothing is believed before its signature is checked.
pub(crate) async fn handle(ctx: &Context, request: WebhookRequest) -> Result<WebhookResponse> {
    let request = signature::github(&ctx.secrets().webhook_secret).verify(request)?;
    remember(ctx).await?;
    match request.header("x-github-event") {
        Some("issues") => match request.json()? {
            IssuesPayload::Opened(opened) => tell_bot(ctx, opened).await,
            IssuesPayload::Other => Ok(WebhookResponse::text("only new issues are of interest")),
        },
        Some("ping") => Ok(WebhookResponse::text("pong")),
        _ => Ok(WebhookResponse::text("only issues are of interest")),
    }
}

/// Keeps when the last webhook arrived, and for which bot.
async fn remember(ctx: &Context) -> Result {
    let timestamp = humantime::format_rfc3339_millis(SystemTime::now());
    let state = LastWebhookState::new(&ctx.bot_id, timestamp.to_string());
    ctx.client().states().last_webhook().set(&state).await?;
    Ok(())
}

/// Tells the bot about an issue, with the conversation in which it can answer.
async fn tell_bot(ctx: &Context, opened: IssueOpened) -> Result<WebhookResponse> {
    let client = ctx.client();
    let repository = opened.repository.full_name;
    let login = opened.sender.login;
    let number = opened.issue.number;

    let tags = UserTags {
        login: Some(login.clone()),
    };
    let user = client
        .users()
        .get_or_create(&tags)
        .name(&login)
        .send()
        .await?;
    let tags = IssueCommentsConversationTags {
        repository: Some(repository.clone()),
        issue_number: Some(number.to_string()),
    };
    let conversations = client.conversations();
    let conversation = conversations.get_or_create::<IssueCommentsChannel>(&tags);
    let conversation = conversation.send().await?;

    let event = IssueOpenedEvent::new(opened.issue.into(), &repository, &login);
    let event = client.events().issue_opened(&event);
    let event = event.conversation(&conversation.id).user(&user.id);
    event.send().await?;

    let told = format!("told the bot about {repository}#{number}");
    let logger = ctx.logger().for_bot().with_conversation(conversation.id);
    logger.info(&told);
    Ok(WebhookResponse::text(told))
}

#[cfg(test)]
mod tests {
    use contexture::testing::{ContextBuilder, TestContext};
    use contexture::webhook::signature::{Algorithm, SignatureError};

    use super::*;
    use crate::github::{Configuration, Definition, PersonalAccessTokenConfiguration, Secrets};

    const SECRET: &str = "secret-1";

    fn context() -> TestContext<Definition> {
        let configuration = PersonalAccessTokenConfiguration::new("token-1");
        let secrets = Secrets {
            webhook_secret: Secret::from(SECRET),
        };
        ContextBuilder::new(Configuration::PersonalAccessToken(configuration))
            .operation(Operation::WebhookReceived)
            .secrets(secrets)
            .build()
    }

    fn request(event: &str, body: &str, secret: &str) -> WebhookRequest {
        let tag = Algorithm::Sha256.sign(secret.as_bytes(), body.as_bytes());
        WebhookRequest::new("POST", "/")
            .with_header("X-GitHub-Event", event)
            .with_header("X-Hub-Signature-256", format!("sha256={}", tag.hex()))
            .with_body(body)
    }

    #[tokio::test]
    async fn a_forged_webhook_is_refused_and_writes_no_state() {
        let ctx = context();
        let forged = request("ping", "{}", "a guess");
        let changed = request("ping", "{}", SECRET).with_body("{ }");
        for request in [forged, changed] {
            let error = handle(&ctx, request).await.unwrap_err();
            assert_eq!(error.to_string(), SignatureError::Mismatch.to_string());
        }
        assert!(ctx.requests().is_empty(), "{:?}", ctx.requests());
    }

    #[tokio::test]
    async fn a_webhook_that_is_not_about_a_new_issue_only_writes_the_state() {
        for (event, body) in [("issues", r#"{ "action": "closed" }"#), ("star", "{}")] {
            let ctx = context();
            let response = handle(&ctx, request(event, body, SECRET)).await.unwrap();
            assert_eq!(response.status, 200);
            let requests = ctx.requests();
            assert_eq!(requests.len(), 1, "{requests:?}");
            assert_eq!(
                requests[0].path,
                "/v1/chat/states/integration/integration-1/lastWebhook"
            );
            let state = &requests[0].body.as_ref().unwrap()["payload"];
            assert_eq!(state["botId"], "bot-1");
        }
    }
}
