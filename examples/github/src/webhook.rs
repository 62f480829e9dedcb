//! The webhooks of GitHub.

use std::time::Duration;

use contexture::DateTime;
use contexture::prelude::*;
use contexture::webhook::{Routes, Verified, signature};

use crate::GitHub;
use crate::authorize;
use crate::github::channels::{IssueCommentsChannel, IssueCommentsConversationTags};
use crate::github::{Context, IssueOpenedEvent, LastWebhookState, UserTags};
use crate::webhook_payload::{IssueOpened, IssuesPayload};

/// The maximum age of a webhook. An older one may be a replay.
pub(crate) const TOLERANCE: Duration = Duration::from_hours(1);

/// Handles a request to the webhook, from GitHub or from the browser of a person who connects it.
pub(crate) async fn handle(
    github: &GitHub,
    ctx: &Context,
    request: WebhookRequest,
) -> Result<WebhookResponse> {
    if github.wizard.is_visited_by(&request) {
        return authorize::handle(github, ctx, &request).await;
    }
    let routes = Routes::new().post("/", ());
    match routes.find(&request) {
        Ok(_) => event(github, ctx, request).await,
        Err(refusal) => Ok(refusal),
    }
}

/// Handles a webhook of GitHub after its signature was verified.
async fn event(github: &GitHub, ctx: &Context, request: WebhookRequest) -> Result<WebhookResponse> {
    let request = signature::github(&ctx.secrets().webhook_secret).verify(request)?;
    match request.header("x-github-event") {
        Some("issues") => match request.json()? {
            IssuesPayload::Opened(opened) => issue_opened(github, ctx, &request, opened).await,
            IssuesPayload::Other => Ok(WebhookResponse::text("only new issues are of interest")),
        },
        Some("ping") => Ok(WebhookResponse::text("pong")),
        _ => Ok(WebhookResponse::text("only issues are of interest")),
    }
}

/// Sends an event for an issue, once. Rejects old webhooks.
async fn issue_opened(
    github: &GitHub,
    ctx: &Context,
    request: &Verified<WebhookRequest>,
    opened: IssueOpened,
) -> Result<WebhookResponse> {
    signature::check_time((&opened.issue.updated_at).into(), TOLERANCE)?;
    let id = request.header("x-github-delivery");
    let id = id.explain("The webhook has no header x-github-delivery")?;
    let work = async {
        remember(ctx).await?;
        tell_bot(ctx, opened).await
    };
    github.deliveries.handle(ctx, id, work).await
}

/// Stores the time and the bot of the last webhook.
async fn remember(ctx: &Context) -> Result {
    let state = LastWebhookState::new(&ctx.bot_id, DateTime::now());
    ctx.client().states().last_webhook().set(&state).await?;
    Ok(())
}

/// Sends an event for an issue, with the conversation for the bot's response.
async fn tell_bot(ctx: &Context, opened: IssueOpened) -> Result<WebhookResponse> {
    let client = ctx.client();
    let repository = opened.repository.full_name;
    let login = opened.sender.login;
    let number = opened.issue.issue.number;

    let tags = UserTags::default().with_login(login.clone());
    let user = client
        .users()
        .get_or_create(&tags)
        .name(&login)
        .send()
        .await?;
    let tags = IssueCommentsConversationTags::default()
        .with_repository(repository.clone())
        .with_issue_number(number.to_string());
    let conversations = client.conversations();
    let conversation = conversations.get_or_create::<IssueCommentsChannel>(&tags);
    let conversation = conversation.send().await?;

    let event = IssueOpenedEvent::new(opened.issue.issue.into(), &repository, &login);
    let event = client.events().issue_opened(&event);
    let event = event.conversation(&conversation.id).user(&user.id);
    event.send().await?;

    let told = format!("sent an event for {repository}#{number}");
    let logger = ctx
        .logger()
        .for_bot()
        .with_conversation(conversation.id.as_str());
    logger.info(&told);
    Ok(WebhookResponse::text(told))
}
