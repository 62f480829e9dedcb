//! The typed client of a definition: states with their owners, events, users, conversations, messages.

use contexture::client::{ConversationId, UserId};
use contexture::prelude::*;
use contexture::testing::{self, TestContext};
use contexture_tests::{crm, github, shapes};
use http::StatusCode;
use serde_json::json;

fn github() -> TestContext<github::Definition> {
    let pat = github::PersonalAccessTokenConfiguration::new("token");
    testing::context(github::Configuration::PersonalAccessToken(pat))
}

fn crm() -> TestContext<crm::Definition> {
    let primary = crm::PrimaryConfiguration::new("account");
    testing::context(crm::Configuration::Primary(primary))
}

fn asked<D: contexture::Definition>(ctx: &TestContext<D>) -> Vec<String> {
    ctx.requests().iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn each_state_is_kept_for_its_owner() {
    let ctx = crm();
    let states = ctx.client().states();
    let cursor = crm::CursorState {
        next: Some("n".to_owned()),
    };
    states.cursor().set(&cursor).await.unwrap();
    let draft = crm::DraftState::new("Dear");
    states
        .draft(ConversationId::new("conversation/1"))
        .set(&draft)
        .await
        .unwrap();
    let preferences = crm::PreferencesState::default();
    states
        .preferences(UserId::new("user-1"))
        .set(&preferences)
        .await
        .unwrap();
    assert_eq!(
        asked(&ctx),
        [
            r#"POST /v1/chat/states/integration/integration-1/cursor {"payload":{"next":"n"}}"#,
            r#"POST /v1/chat/states/conversation/conversation%2F1/draft {"payload":{"text":"Dear"}}"#,
            r#"POST /v1/chat/states/user/user-1/preferences {"payload":{}}"#,
        ]
    );
}

#[tokio::test]
async fn a_state_is_read_as_its_type() {
    let ctx = crm();
    let state = ctx.client().states().preferences(UserId::new("user-1"));
    assert_eq!(state.get().await.unwrap(), None);
    let stored = json!({ "state": { "payload": { "language": "fr" } } });
    ctx.answer(StatusCode::OK, &stored);
    let preferences = state.get().await.unwrap().unwrap();
    assert_eq!(preferences.language(), "fr");
    assert_eq!(crm::PreferencesState::default().language(), "en");
}

#[tokio::test]
async fn a_state_that_no_longer_fits_is_given_as_it_is() {
    let ctx = github();
    let old = json!({ "botId": "bot-1", "when": "yesterday" });
    ctx.answer(StatusCode::OK, &json!({ "state": { "payload": old } }));
    let stale = ctx.client().states().last_webhook().get().await;
    let Err(ClientError::Stale {
        name,
        raw,
        violations,
        ..
    }) = stale
    else {
        panic!("{stale:?}");
    };
    assert_eq!((name.as_str(), raw), ("lastWebhook", old));
    assert_eq!(
        violations.to_string(),
        "at /timestamp: is required; at /when: is not declared"
    );
}

#[tokio::test]
async fn invalid_values_are_not_sent() {
    let ctx = github();
    let issue = github::IssueEntity::new(0, "Bug", "not a URL", github::IssueEntityState::Open);
    let event = github::IssueOpenedEvent::new(issue, "r", "s");
    let refused = ctx.client().events().issue_opened(&event).send().await;
    let Err(ClientError::Invalid(violations)) = refused else {
        panic!("{refused:?}");
    };
    let places: Vec<_> = violations
        .iter()
        .map(|one| one.instance_path.as_str())
        .collect();
    assert_eq!(places, ["/issue/number", "/issue/url"]);
    assert_eq!(asked(&ctx), [""; 0]);
}

#[tokio::test]
async fn an_event_has_the_entity_before_and_after_the_change() {
    let ctx = crm();
    let after = crm::ContactEntity::new("1", "Ada");
    let event = crm::ContactChangedEvent::new(None, after);
    let created = ctx.client().events().contact_changed(&event);
    created.user(UserId::new("user-1")).send().await.unwrap();
    assert_eq!(
        asked(&ctx),
        [
            r#"POST /v1/chat/events {"type":"contactChanged","payload":{"before":null,"after":{"id":"1","name":"Ada"}},"userId":"user-1"}"#
        ]
    );
}

#[tokio::test]
async fn a_user_is_found_by_its_tags() {
    let ctx = github();
    let tags = github::UserTags::default().with_login("ada");
    let user = ctx
        .client()
        .users()
        .get_or_create(&tags)
        .send()
        .await
        .unwrap();
    assert_eq!(user.tags, tags);
    let asked = asked(&ctx);
    assert!(
        asked[0].starts_with("POST /v1/chat/users/get-or-create"),
        "{asked:?}"
    );
    assert!(asked[0].contains(r#""tags":{"login":"ada"}"#), "{asked:?}");
}

#[tokio::test]
async fn a_conversation_and_its_messages_belong_to_a_channel() {
    use github::channels::{
        IssueCommentsChannel, IssueCommentsConversationTags, IssueCommentsMessageTags,
        IssueCommentsTextMessage,
    };

    let ctx = github();
    let tags = IssueCommentsConversationTags::default()
        .with_repository("me/repository")
        .with_issue_number("7");
    let conversations = ctx.client().conversations();
    let conversation = conversations
        .create::<IssueCommentsChannel>(&tags)
        .send()
        .await
        .unwrap();
    assert_eq!(conversation.tags, tags);

    let tags = IssueCommentsMessageTags::default().with_comment_id("c-1");
    let message = IssueCommentsTextMessage::new("hello");
    let messages = ctx.client().messages();
    let message = messages.create(&conversation, UserId::new("user-1"), &message);
    let message = message.tags(&tags).send().await.unwrap();
    assert_eq!(message.tags, tags);

    let asked = asked(&ctx);
    for (request, parts) in asked.iter().zip([
        [
            "POST /v1/chat/conversations ",
            r#""channel":"issueComments""#,
        ],
        ["POST /v1/chat/messages ", r#""payload":{"text":"hello"}"#],
    ]) {
        assert!(parts.iter().all(|part| request.contains(part)), "{request}");
    }
    assert!(asked[0].contains(r#""issueNumber":"7""#), "{asked:?}");
    assert!(
        asked[1].contains(r#""tags":{"commentId":"c-1"}"#),
        "{asked:?}"
    );
}

#[test]
fn a_channel_without_messages_has_tags_too() {
    use contexture::Channel;
    use shapes::channels::{ChannelChannel, SilentChannel, SilentConversationTags};

    assert_eq!(
        (ChannelChannel::NAME, SilentChannel::NAME),
        ("channel", "silent")
    );
    assert_eq!(SilentConversationTags::default(), SilentConversationTags {});
}
