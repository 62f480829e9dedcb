//! Every operation, for both kinds of configuration of `github`.

use contexture::Secret;
use contexture::client::{ConversationId, UserId};
use contexture::prelude::*;
use contexture_tests::github::{
    self, Configuration, Context, Definition, Integration, IssueEntity, IssueEntityState,
    IssueOpenedEvent, LastWebhookState, NewConversation, Secrets, UserTags, actions, channels,
};
use serde_json::{Value, json};

use super::test_app::{Answer, Ask, Notes, TestApp};

/// An author's handlers, which record their arguments.
struct GitHub(Notes);

/// The authorization of a handler: a match that has to name every kind of configuration.
fn authorization(ctx: &Context) -> String {
    match &ctx.configuration {
        Configuration::Oauth(oauth) => {
            format!("app {} {}", oauth.client_id, oauth.client_secret.expose())
        }
        Configuration::PersonalAccessToken(pat) => format!("token {}", pat.token.expose()),
    }
}

fn issue(title: impl Into<String>) -> IssueEntity {
    IssueEntity::new(7, title, "https://github.test/7", IssueEntityState::Open)
}

impl Integration for GitHub {
    async fn register(&self, ctx: &Context, webhook_url: &str) -> Result {
        self.0
            .add(format!("register {webhook_url} as {}", authorization(ctx)));
        Ok(())
    }

    async fn unregister(&self, ctx: &Context, webhook_url: &str) -> Result {
        self.0.add(format!(
            "unregister {webhook_url} as {}",
            authorization(ctx)
        ));
        Ok(())
    }

    async fn unregister_unreadable(&self, call: &UnreadableConfiguration) -> Result {
        let kind = call.configuration_type.as_deref();
        self.0.add(format!(
            "unreadable {kind:?} {:?}: {}",
            call.webhook_url, call.error
        ));
        Ok(())
    }

    async fn webhook(&self, ctx: &Context, request: WebhookRequest) -> Result<WebhookResponse> {
        self.0.add(format!("webhook as {}", authorization(ctx)));
        ctx.logger()
            .for_bot()
            .info(format_args!("webhook for bot {}", ctx.bot_id));
        let state = LastWebhookState::new(ctx.bot_id.as_str(), "2026-01-02T03:04:05Z".parse()?);
        let client = ctx.client();
        client.states().last_webhook().set(&state).await?;
        let title = request.body.unverified_text();
        let event = IssueOpenedEvent::new(issue(title), "me/repository", "ada");
        client.events().issue_opened(&event).send().await?;
        Ok(WebhookResponse::text("thanks").with_status(202))
    }

    async fn create_user(&self, _: &Context, tags: UserTags) -> Result<Option<CreatedUser>> {
        Ok(tags.login.map(UserId::new).map(CreatedUser::new))
    }

    async fn create_conversation(
        &self,
        _: &Context,
        conversation: NewConversation,
    ) -> Result<Option<CreatedConversation>> {
        match conversation {
            NewConversation::IssueComments(tags) => Ok(tags
                .issue_number
                .map(ConversationId::new)
                .map(CreatedConversation::new)),
        }
    }

    async fn message_updated(&self, _: &Context, update: MessageUpdate) -> Result {
        self.0
            .add(format!("message {} updated", update.current_message.id));
        Ok(())
    }

    async fn conversation_updated(&self, _: &Context, update: ConversationUpdate) -> Result {
        self.0.add(format!(
            "conversation {} updated",
            update.current_conversation.id
        ));
        Ok(())
    }

    async fn unknown_operation(
        &self,
        ctx: &Context,
        _: &RawRequest,
    ) -> Result<Option<WebhookResponse>> {
        let is_known = ctx.operation.as_str() == "tomorrow";
        Ok(is_known.then(|| WebhookResponse::text("not yet")))
    }
}

impl actions::CreateIssue for GitHub {
    async fn create_issue(
        &self,
        call: ActionCall<'_, Context>,
        input: actions::CreateIssueInput,
    ) -> Result<actions::CreateIssueOutput> {
        self.0.add(format!(
            "create {:?} as {}",
            input.labels,
            authorization(call.ctx)
        ));
        call.set_cost(0.5);
        let mut issue = issue(input.title);
        if input.repository == "broken" {
            issue.number = 0;
        }
        Ok(actions::CreateIssueOutput::new(issue))
    }
}

impl channels::IssueComments for GitHub {
    async fn text(
        &self,
        call: MessageCall<'_, channels::IssueCommentsChannel>,
        payload: channels::IssueCommentsTextMessage,
    ) -> Result<()> {
        let (conversation, user) = (call.conversation.tags.clone(), call.user.tags.clone());
        self.0.add(format!(
            "{} in {:?} {:?} by {:?}",
            payload.text, conversation.repository, conversation.issue_number, user.login
        ));
        let tags = channels::IssueCommentsMessageTags::default().with_comment_id("c-1");
        call.ack(&tags).await?;
        Ok(())
    }
}

pub(super) fn test_app() -> (TestApp<Definition>, Notes) {
    let notes = Notes::default();
    let secrets = Secrets {
        webhook_secret: Secret::from("shared"),
    };
    let service = github::service(GitHub(notes.clone())).secrets(secrets);
    (TestApp::new(service), notes)
}

/// Each kind of configuration on the wire, and the handler's authorization for it.
const KINDS: [(&str, &str, &str); 2] = [
    (
        "oauth",
        r#"{ "clientId": "id", "clientSecret": "hunter2" }"#,
        "app id hunter2",
    ),
    (
        "personalAccessToken",
        r#"{ "token": "hunter3" }"#,
        "token hunter3",
    ),
];

/// Calls an operation once for each kind of configuration. Checks that the responses are the same, and that the
/// notes are `expected`, where `{}` is the handler's authorization. Returns the response.
async fn ask_as_each(
    operation: &str,
    body: &Value,
    expected: &[&str],
) -> (Answer, TestApp<Definition>) {
    let mut answers = Vec::new();
    for (kind, configuration, authorization) in KINDS {
        let (test_app, notes) = test_app();
        let configuration = serde_json::from_str(configuration).unwrap();
        let ask = Ask::new(operation, Some(kind), &configuration).body(body);
        answers.push((test_app.ask(ask).await, test_app));
        let expected: Vec<_> = expected
            .iter()
            .map(|note| note.replace("{}", authorization))
            .collect();
        assert_eq!(notes.take(), expected, "{kind}");
    }
    let (second, first) = (answers.pop().unwrap(), answers.pop().unwrap());
    assert_eq!(first.0.without_id(), second.0.without_id());
    assert_eq!(first.1.asked(), second.1.asked());
    assert_eq!(first.1.logged(), second.1.logged());
    first
}

fn entities() -> Value {
    let conversation = json!({
        "id": "conversation-1",
        "channel": "issueComments",
        "tags": { "repository": "me/repository", "issueNumber": "7", "unknown": "x", "odd": null },
    });
    let message = json!({ "id": "message-1", "tags": {} });
    json!({
        "type": "text",
        "payload": { "text": "hello" },
        "conversation": conversation,
        "user": { "id": "user-1", "tags": { "login": "ada" } },
        "message": message,
        "currentMessage": message,
        "previousMessage": message,
        "currentConversation": conversation,
        "previousConversation": conversation,
    })
}

#[tokio::test]
async fn register_and_unregister_reach_their_handlers() {
    let body = json!({ "webhookUrl": "https://hook" });
    for operation in ["register", "unregister"] {
        let noted = format!("{operation} https://hook as {{}}");
        let (answer, _) = ask_as_each(operation, &body, &[&noted]).await;
        assert_eq!(answer, Answer::ok("{}"));
    }
}

#[tokio::test]
async fn a_ping_reaches_no_handler() {
    let (answer, test_app) = ask_as_each("ping", &Value::Null, &[]).await;
    assert_eq!(answer, Answer::ok("{}"));
    assert_eq!(
        (test_app.asked(), test_app.logged()),
        (Vec::new(), Vec::new())
    );
}

#[tokio::test]
async fn a_webhook_writes_the_state_sends_the_event_and_returns_its_response() {
    let request =
        json!({ "path": "", "query": "", "method": "POST", "headers": {}, "body": "Bug" });
    let body = json!({ "req": request });
    let (answer, test_app) = ask_as_each("webhook_received", &body, &["webhook as {}"]).await;
    assert_eq!((answer.status, answer.body.as_str()), (202, "thanks"));
    assert_eq!(
        test_app.asked(),
        [
            r#"POST /v1/chat/states/integration/integration-1/lastWebhook {"payload":{"botId":"bot-1","timestamp":"2026-01-02T03:04:05Z"}}"#,
            r#"POST /v1/chat/events {"type":"issueOpened","payload":{"issue":{"number":7,"title":"Bug","url":"https://github.test/7","state":"open"},"repository":"me/repository","sender":"ada"}}"#,
        ]
    );
    assert_eq!(test_app.logged(), ["webhook for bot bot-1"]);
}

#[tokio::test]
async fn an_action_receives_its_input_and_returns_its_output_and_cost() {
    let input = json!({ "owner": "me", "repository": "r", "title": "Bug", "labels": ["a"] });
    let body = json!({ "type": "createIssue", "input": input });
    let noted = r#"create Some(["a"]) as {}"#;
    let (answer, _) = ask_as_each("action_triggered", &body, &[noted]).await;
    let issue =
        json!({ "number": 7, "title": "Bug", "url": "https://github.test/7", "state": "open" });
    let output = json!({ "output": { "issue": issue }, "meta": { "cost": 0.5 } });
    assert_eq!((answer.status, answer.json()), (200, output));
}

#[tokio::test]
async fn a_message_comes_with_its_tags_and_is_acknowledged() {
    let noted = r#"hello in Some("me/repository") Some("7") by Some("ada")"#;
    let (answer, test_app) = ask_as_each("message_created", &entities(), &[noted]).await;
    assert_eq!(answer, Answer::ok("{}"));
    let asked = r#"PUT /v1/chat/messages/message-1 {"tags":{"commentId":"c-1"}}"#;
    assert_eq!(test_app.asked(), [asked]);
}

#[tokio::test]
async fn updates_reach_their_handlers() {
    for (operation, noted) in [
        ("message_updated", "message message-1 updated"),
        (
            "conversation_updated",
            "conversation conversation-1 updated",
        ),
    ] {
        let (answer, _) = ask_as_each(operation, &entities(), &[noted]).await;
        assert_eq!(answer, Answer::ok("{}"));
    }
}

#[tokio::test]
async fn a_bot_creates_users_and_conversations() {
    let body = json!({ "tags": { "login": "ada", "unknown": "x" } });
    let (answer, _) = ask_as_each("create_user", &body, &[]).await;
    assert_eq!(answer, Answer::ok(r#"{"user":{"id":"ada"}}"#));

    let body = json!({ "channel": "issueComments", "tags": { "issueNumber": "7" } });
    let (answer, _) = ask_as_each("create_conversation", &body, &[]).await;
    assert_eq!(answer, Answer::ok(r#"{"conversation":{"id":"7"}}"#));

    let body = json!({ "channel": "elsewhere", "tags": {} });
    let (answer, _) = ask_as_each("create_conversation", &body, &[]).await;
    answer.is_refusal("Channel elsewhere not found");
}

#[tokio::test]
async fn an_operation_of_tomorrow_is_the_authors_to_answer() {
    let (answer, _) = ask_as_each("tomorrow", &json!({}), &[]).await;
    assert_eq!(answer, Answer::ok("not yet"));
    let (answer, _) = ask_as_each("yesterday", &json!({}), &[]).await;
    answer.is_refusal("Unknown operation yesterday");
}

#[tokio::test]
async fn undeclared_names_are_rejected_by_name() {
    let body = json!({ "type": "closeIssue", "input": {} });
    let (answer, _) = ask_as_each("action_triggered", &body, &[]).await;
    answer.is_refusal("Action closeIssue not found");

    let mut body = entities();
    body["type"] = json!("image");
    let (answer, _) = ask_as_each("message_created", &body, &[]).await;
    answer.is_refusal("Message of type image not found in channel issueComments");

    body["conversation"]["channel"] = json!("discussions");
    let (answer, _) = ask_as_each("message_created", &body, &[]).await;
    answer.is_refusal("Channel discussions not found");
}

#[tokio::test]
async fn an_input_that_does_not_fit_is_refused_with_every_place() {
    let input = json!({ "owner": "", "title": 3, "labels": ["a", 1], "unknown": true });
    let body = json!({ "type": "createIssue", "input": input });
    let (answer, _) = ask_as_each("action_triggered", &body, &[]).await;
    let places: Vec<_> = answer.json()["metadata"]["violations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|violation| violation["path"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(answer.status, 400);
    assert_eq!(places, ["/repository", "/owner", "/title", "/labels/1"]);
}

#[tokio::test]
async fn an_output_that_does_not_fit_fails_and_is_only_logged() {
    let input = json!({ "owner": "me", "repository": "broken", "title": "Bug" });
    let body = json!({ "type": "createIssue", "input": input });
    let (answer, test_app) = ask_as_each("action_triggered", &body, &["create None as {}"]).await;
    assert_eq!(answer.status, 500);
    assert!(!answer.body.contains("number"), "{}", answer.body);
    let logged = test_app.logged().join("\n");
    assert!(
        logged.contains("/issue/number: must be at least 1"),
        "{logged}"
    );
}

#[tokio::test]
async fn a_configuration_that_no_longer_fits_can_still_be_unregistered() {
    let (test_app, notes) = test_app();
    let configuration = json!({ "token": { "old": "hunter2" } });
    let ask = Ask::new("unregister", Some("personalAccessToken"), &configuration);
    let answer = test_app
        .ask(ask.body(&json!({ "webhookUrl": "https://hook" })))
        .await;
    assert_eq!(answer, Answer::ok("{}"));
    let reason = "the configuration is invalid: at /token: must be a string";
    let unreadable =
        format!(r#"unreadable Some("personalAccessToken") Some("https://hook"): {reason}"#);
    assert_eq!(notes.take(), [unreadable]);
    assert_eq!(
        test_app.logged(),
        [format!(
            "unregistering despite an invalid configuration: {reason}"
        )]
    );
}

#[tokio::test]
async fn missing_secrets_are_named_by_their_variables() {
    let service = github::service(GitHub(Notes::default()));
    let missing = service.check().unwrap_err().to_string();
    assert!(missing.contains("SECRET_WEBHOOK_SECRET"), "{missing}");
}
