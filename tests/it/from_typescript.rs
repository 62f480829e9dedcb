//! The code of `docs/from-typescript.md`, compiled and run.

use std::time::Duration;

use contexture::DateTime;
use contexture::client::{AccessPolicy, ConversationId, RegisterSchedule, RetryPolicy, UserId};
use contexture::prelude::*;
use contexture::testing::Harness;
use contexture_tests::crm;
use contexture_tests::github::actions::{self, CreateIssueInput, CreateIssueOutput};
use contexture_tests::github::channels::{
    self, IssueCommentsChannel, IssueCommentsConversationTags, IssueCommentsMessageTags,
    IssueCommentsTextMessage,
};
use contexture_tests::github::{
    self, Configuration, Context, Events, IssueEntity, IssueEntityState, IssueOpenedEvent,
    LastWebhookState, NewConversation, PersonalAccessTokenConfiguration, Secrets, UserTags,
};
use contexture_tests::rooms::{
    self, Notice,
    channels::{self as shared, ImageMessage, SharedCall, TextMessage},
};
use http::Method;
use serde_json::{Value, json};

struct GitHub;

fn authenticate(client_id: &str) -> Result {
    if client_id.is_empty() {
        bail!("The app has no client ID");
    }
    Ok(())
}

fn authenticate_with(token: &Secret) -> Result {
    if token.expose().is_empty() {
        bail!("The token is empty");
    }
    Ok(())
}

impl github::Integration for GitHub {
    async fn register(&self, ctx: &Context, webhook_url: &str) -> Result {
        ctx.logger()
            .for_bot()
            .info(format_args!("webhooks go to {webhook_url}"));
        Ok(())
    }

    async fn webhook(&self, ctx: &Context, request: WebhookRequest) -> Result<WebhookResponse> {
        ctx.logger().debug(&request.path);
        Ok(WebhookResponse::text("thanks"))
    }

    async fn create_user(&self, ctx: &Context, tags: UserTags) -> Result<Option<CreatedUser>> {
        let user = ctx.client().users().get_or_create(&tags).send().await?;
        Ok(Some(CreatedUser::new(&user)))
    }

    async fn create_conversation(
        &self,
        ctx: &Context,
        conversation: NewConversation,
    ) -> Result<Option<CreatedConversation>> {
        let conversations = ctx.client().conversations();
        match conversation {
            NewConversation::IssueComments(tags) => {
                let created = conversations.get_or_create::<IssueCommentsChannel>(&tags);
                Ok(Some(CreatedConversation::new(&created.send().await?)))
            }
        }
    }
}

impl actions::CreateIssue for GitHub {
    async fn create_issue(
        &self,
        call: ActionCall<'_, Context>,
        input: CreateIssueInput,
    ) -> Result<CreateIssueOutput> {
        call.ctx
            .logger()
            .for_bot()
            .info(format_args!("opening {}", input.title));
        call.set_cost(0.001);
        let url = "https://github.com/me/repository/issues/7";
        let issue = IssueEntity::new(7, input.title, url, IssueEntityState::Open);
        Ok(CreateIssueOutput::new(issue))
    }
}

impl channels::IssueComments for GitHub {
    async fn text(
        &self,
        call: MessageCall<'_, IssueCommentsChannel>,
        payload: IssueCommentsTextMessage,
    ) -> Result<()> {
        let number = call.conversation.tags.issue_number.as_deref();
        let number = number.explain("The conversation has no issue")?;
        call.ctx
            .logger()
            .info(format_args!("{}: {}", number, payload.text));
        let tags = IssueCommentsMessageTags::default().with_comment_id("11");
        call.ack(&tags).await?;
        Ok(())
    }
}

fn configuration(ctx: &Context) -> Result {
    match &ctx.configuration {
        Configuration::Oauth(app) => authenticate(&app.client_id)?,
        Configuration::PersonalAccessToken(owner) => authenticate_with(&owner.token)?,
    }
    Ok(())
}

async fn states(ctx: &Context) -> Result {
    let state = ctx.client().states().last_webhook();
    let stored = state.get().await?; // None if nothing is stored
    state
        .set(&LastWebhookState::new("bot", DateTime::now()))
        .await?;
    state.patch(&json!({ "botId": "another" })).await?;
    state.set_expiry(Some(Duration::from_mins(1))).await?;
    state.clear().await?; // payload: null
    drop(stored);
    Ok(())
}

async fn owned(ctx: &crm::Context, conversation: &ConversationId, user: &UserId) -> Result {
    let states = ctx.client().states();
    let draft = states.draft(conversation).get().await?; // passing a user does not compile
    let preferences = states.preferences(user).get().await?;
    drop((draft, preferences));
    Ok(())
}

/// Reads the state of version 1.
fn migrate(raw: &Value) -> LastWebhookState {
    LastWebhookState::new(raw["bot"].as_str().unwrap_or_default(), DateTime::now())
}

async fn stale(ctx: &Context) -> Result {
    let state = ctx.client().states().last_webhook();
    let stored = match state.get().await {
        Err(ClientError::Stale { raw, .. }) => Some(migrate(&raw)),
        read => read?,
    };
    drop(stored);
    Ok(())
}

async fn events(ctx: &Context, issue: IssueEntity, conversation: &ConversationId) -> Result {
    let event = IssueOpenedEvent::new(issue, "me/repository", "ada");
    ctx.client()
        .events()
        .issue_opened(&event)
        .conversation(conversation)
        .send()
        .await?;
    Ok(())
}

async fn users(ctx: &Context, email: &str) -> Result {
    let client = ctx.client();
    let by = UserTags::default().with_login("ada");
    let user = client.users().get_or_create(&by).name(email).send().await?;
    if user.created == Some(true) {
        ctx.logger().info(format_args!("{} is new", user.id));
    }
    client
        .users()
        .update(&user)
        .clear_tags([UserTags::LOGIN])
        .send()
        .await?;
    Ok(())
}

async fn incoming(ctx: &Context) -> Result {
    let conversation = IssueCommentsConversationTags::default()
        .with_repository("me/repository")
        .with_issue_number("7");
    let user = UserTags::default().with_login("ada");
    let comment = IssueCommentsMessageTags::default().with_comment_id("11");
    let came = ctx
        .client()
        .incoming::<IssueCommentsChannel>(&conversation, &user)
        .user_name("Ada")
        .message(&IssueCommentsTextMessage::new("Me too"), &comment)
        .send()
        .await?;
    ctx.logger().info(format_args!(
        "from {} in {}",
        came.user.id, came.conversation.id
    ));
    Ok(())
}

async fn lists(ctx: &Context) -> Result {
    let conversations = ctx.client().conversations();
    let all = conversations
        .list()
        .channel::<IssueCommentsChannel>()
        .collect()
        .await?;

    let mut failed = ctx
        .client()
        .event_history()
        .list()
        .named(Events::ISSUE_OPENED)
        .stream();
    while let Some(event) = failed.next().await {
        ctx.logger().info(event?.id);
    }

    let page = ctx.client().users().list().page_size(20).page(None).await?;
    ctx.logger()
        .info(format_args!("{} {:?}", all.len(), page.next_token));
    Ok(())
}

async fn files(ctx: &Context, png: Vec<u8>) -> Result {
    let upload = ctx.client().files().upload("avatars/ada.png", png);
    let file = upload
        .access_policies([AccessPolicy::PublicContent])
        .send()
        .await?;
    ctx.logger().info(file.url);
    Ok(())
}

async fn configure(ctx: &Context) -> Result {
    let configure = ctx.client().configure().identifier("T123");
    configure
        .schedule_register(RegisterSchedule::Weekly)
        .send()
        .await?;
    ctx.client()
        .configure()
        .sandbox_identifiers([("phone", "123")])
        .send()
        .await?;
    Ok(())
}

fn errors(ctx: &Context, body: &str) -> Result {
    if body.is_empty() {
        bail!("The issue needs a text"); // throw new RuntimeError(…)
    }
    let number: u64 = body.parse().explain("The issue's number is not a number")?;
    ctx.logger().info(number);
    Ok(())
}

fn secrets(ctx: &Context) -> usize {
    let secret = ctx.secrets().webhook_secret.expose();
    secret.len()
}

async fn untyped(ctx: &Context) -> Result {
    let path = ["v1", "chat", "messages", "import-messages"];
    let body = json!({ "messages": [] });
    ctx.client()
        .untyped()
        .request(Method::POST, &path, &[], Some(body))
        .await?;
    Ok(())
}

async fn retries(ctx: &Context) -> Result {
    let official = ctx.client().retries(RetryPolicy::new().resending_always());
    official.track("opened", 1).await?;
    Ok(())
}

#[tokio::test]
async fn an_issue_is_opened() {
    let owner = PersonalAccessTokenConfiguration::new("token");
    let harness = Harness::new(
        github::service(GitHub),
        Configuration::PersonalAccessToken(owner),
    )
    .secrets(Secrets {
        webhook_secret: Secret::from("secret"),
    });
    let input = CreateIssueInput::new("me", "repository", "Too quiet");
    let acted = harness.actions().create_issue(&input).await.unwrap();
    assert_eq!(acted.output.issue.title, "Too quiet");
    assert_eq!(harness.log().text(), "opening Too quiet");
    assert!(harness.requests().is_empty());
}

#[tokio::test]
async fn the_code_of_the_page_runs() {
    let owner = PersonalAccessTokenConfiguration::new("token");
    let harness = Harness::new(
        github::service(GitHub),
        Configuration::PersonalAccessToken(owner),
    )
    .secrets(Secrets {
        webhook_secret: Secret::from("secret"),
    });
    harness.register("https://hook").await.unwrap();
    let request = WebhookRequest::default();
    assert_eq!(harness.webhook(&request).await.body(), "thanks");
    let tags = IssueCommentsConversationTags::default()
        .with_repository("me/repository")
        .with_issue_number("7");
    let text = IssueCommentsTextMessage::new("hi");
    harness
        .channels()
        .issue_comments()
        .text(&text)
        .conversation_tags(&tags)
        .send()
        .await
        .unwrap();
    let elsewhere = harness
        .channels()
        .issue_comments()
        .text(&text)
        .conversation_id(contexture::client::ConversationId::new("conversation-2"));
    assert!(elsewhere.send().await.is_err());

    let owner = PersonalAccessTokenConfiguration::new("token");
    let secret = Secrets {
        webhook_secret: Secret::from("secret"),
    };
    let ctx = contexture::testing::ContextBuilder::<github::Definition>::new(
        Configuration::PersonalAccessToken(owner),
    );
    let ctx = ctx.secrets(secret).build();
    configuration(&ctx).unwrap();
    states(&ctx).await.unwrap();
    stale(&ctx).await.unwrap();
    let issue = IssueEntity::new(
        7,
        "Bug",
        "https://github.com/me/repository/issues/7",
        IssueEntityState::Open,
    );
    events(&ctx, issue, &ConversationId::new("c"))
        .await
        .unwrap();
    users(&ctx, "ada@example.org").await.unwrap();
    incoming(&ctx).await.unwrap();
    lists(&ctx).await.unwrap();
    files(&ctx, b"png".to_vec()).await.unwrap();
    configure(&ctx).await.unwrap();
    errors(&ctx, "7").unwrap();
    errors(&ctx, "").unwrap_err();
    assert_eq!(secrets(&ctx), "secret".len());
    untyped(&ctx).await.unwrap();
    retries(&ctx).await.unwrap();
    let ctx = contexture::testing::context::<crm::Definition>(crm::Configuration::Primary(
        crm::PrimaryConfiguration::new("account"),
    ));
    owned(&ctx, &ConversationId::new("c"), &UserId::new("u"))
        .await
        .unwrap();
}

struct Rooms;

impl rooms::Integration for Rooms {}

impl shared::SharedMessage<TextMessage> for Rooms {
    async fn send(&self, call: SharedCall<'_>, payload: TextMessage) -> Result<()> {
        let receiver = match &call {
            SharedCall::Direct(call) => &call.conversation.tags.user_id,
            SharedCall::Room(call) => &call.conversation.tags.room_id,
            SharedCall::Thread(call) => &call.conversation.tags.message_id,
        };
        let receiver = receiver
            .as_deref()
            .explain("The conversation has no tags")?;
        call.ctx()
            .logger()
            .info(format_args!("{}: {}", receiver, payload.text));
        Ok(())
    }
}

impl shared::SharedMessage<ImageMessage> for Rooms {
    async fn send(&self, call: SharedCall<'_>, _: ImageMessage) -> Result<()> {
        bail!("The channel {} shows no images", call.channel())
    }
}

impl shared::SharedMessage<Notice> for Rooms {
    async fn send(&self, _: SharedCall<'_>, _: Notice) -> Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_message_of_several_channels_has_one_handler() {
    let harness = Harness::new(rooms::service(Rooms), rooms::Configuration::default());
    let tags = shared::DirectConversationTags {
        user_id: Some("ada".to_owned()),
    };
    let text = TextMessage::new("hello");
    let sent = harness.channels().direct().text(&text);
    sent.conversation_tags(&tags).send().await.unwrap();
    assert_eq!(harness.log().text(), "ada: hello");
    let image = ImageMessage::new("https://example.com/cup.png");
    let refusal = harness.channels().direct().image(&image).send().await;
    let refusal = refusal.unwrap_err().to_string();
    assert!(
        refusal.contains("The channel direct shows no images"),
        "{refusal}"
    );
}

/// Every block of Rust on the page is in this file, line by line.
#[test]
fn the_page_shows_code_that_compiles() {
    let page = include_str!("../../docs/from-typescript.md");
    let trimmed = |text: &str| {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.collect::<Vec<_>>().join("\n")
    };
    let own = trimmed(include_str!("from_typescript.rs"));
    let blocks: Vec<_> = page.split("```rust\n").skip(1).collect();
    assert!(blocks.len() > 10, "{}", blocks.len());
    for block in blocks {
        let code = trimmed(block.split("```").next().unwrap());
        assert!(own.contains(&code), "not compiled:\n{code}");
    }
}
