//! An integration that runs in process.

use contexture::testing::Harness;
use contexture::{Secret, WebhookRequest};
use http::StatusCode;
use serde_json::json;

use crate::handlers::{Author, Notes};
use crate::sample::actions::{FailInput, HelloInput, How};
use crate::sample::channels::{
    ChannelChannel, ChannelConversationTags, ChannelMessageTags, ChannelTextMessage,
};
use crate::sample::{self, Configuration, Definition, OauthConfiguration, UserTags};
use crate::support::{configuration, secrets};

fn harness() -> (Harness<Definition>, Notes) {
    let author = Author::default();
    let notes = author.notes.clone();
    let harness = Harness::new(sample::service(author), configuration());
    (harness.secrets(secrets()), notes)
}

fn ada() -> HelloInput {
    HelloInput {
        name: "Ada".to_owned(),
    }
}

#[tokio::test]
async fn an_action_is_called_with_its_input_for_a_chosen_configuration() {
    let (mut harness, _) = harness();
    let acted = harness.actions().hello(&ada()).await.unwrap();
    assert_eq!(
        (acted.output.message.as_str(), acted.cost),
        ("hello Ada", 0.5)
    );
    let configuration_type = acted.output.configuration_type;
    assert_eq!(configuration_type.as_deref(), Some("personalAccessToken"));

    harness.configure(Configuration::Oauth(OauthConfiguration {
        client_id: "id".to_owned(),
        client_secret: Secret::from("secret"),
    }));
    let acted = harness.actions().hello(&ada()).await.unwrap();
    assert_eq!(acted.output.configuration_type.as_deref(), Some("oauth"));
}

#[tokio::test]
async fn a_refusal_has_its_status_and_its_message() {
    let (harness, _) = harness();
    let fail = |how| FailInput {
        how,
        message: "no".to_owned(),
    };
    let refused = harness.actions().fail(&fail(How::Runtime)).await;
    let refused = refused.unwrap_err();
    assert_eq!(
        (refused.status, refused.error.message.as_str()),
        (StatusCode::BAD_REQUEST, "no")
    );
    let failed = harness.actions().fail(&fail(How::Unexpected)).await;
    assert_eq!(
        failed.unwrap_err().status,
        StatusCode::INTERNAL_SERVER_ERROR
    );
    assert!(
        harness.log().text().contains("no"),
        "{}",
        harness.log().text()
    );
}

#[tokio::test]
async fn a_refusal_shows_the_log_of_its_call_with_the_causes() {
    let (harness, _) = harness();
    let earlier = FailInput {
        how: How::Unexpected,
        message: "earlier".to_owned(),
    };
    harness.actions().fail(&earlier).await.unwrap_err();
    let input = FailInput {
        how: How::Explained,
        message: "disk full".to_owned(),
    };
    let refusal = harness.actions().fail(&input).await.unwrap_err();
    let shown = format!("{refusal:?}");
    assert!(shown.contains("disk full"), "{shown}");
    assert_eq!(refusal.log.len(), 2, "{shown}");
    for hidden in ["earlier", "hunter2", "\\n"] {
        assert!(!shown.contains(hidden), "{shown}");
    }
}

#[tokio::test]
async fn a_panic_of_a_test_without_secrets_names_them() {
    let author = Author::default();
    let harness = Harness::new(sample::service(author), configuration());
    let refusal = harness.actions().hello(&ada()).await.unwrap_err();
    let shown = format!("{refusal:?}");
    assert!(shown.contains("SECRET_WEBHOOK_SECRET"), "{shown}");
    assert!(!refusal.to_string().contains("SECRET"), "{refusal}");
}

#[tokio::test]
async fn a_message_is_sent_with_tags() {
    let (harness, notes) = harness();
    let text = ChannelTextMessage {
        text: "ack".to_owned(),
    };
    let id = || Some("7".to_owned());
    let message = harness
        .channels()
        .channel()
        .text(&text)
        .message_tags(&ChannelMessageTags { id: id() });
    let conversation = ChannelConversationTags { id: id(), q: None };
    let message = message.conversation_tags(&conversation);
    let user = UserTags {
        id: id(),
        login: None,
    };
    message.user_tags(&user).send().await.unwrap();
    assert_eq!(
        notes.all(),
        [r#"text "ack" Some("7") Some("7") Some("7") message-1"#]
    );
    let asked = harness.requests();
    assert_eq!(
        asked[0].to_string(),
        r#"PUT /v1/chat/messages/message-1 {"tags":{"id":"x"}}"#
    );
}

#[tokio::test]
async fn a_webhook_is_delivered_and_its_api_requests_are_recorded() {
    let (harness, _) = harness();
    let request = WebhookRequest {
        path: "/client".to_owned(),
        ..WebhookRequest::default()
    };
    let answer = harness.webhook(&request).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let asked: Vec<_> = harness
        .requests()
        .into_iter()
        .map(|asked| asked.path)
        .collect();
    assert_eq!(
        asked,
        [
            "/v1/chat/states/integration/integration-1/lastWebhook",
            "/v1/chat/events"
        ]
    );
    harness
        .api()
        .answer_to("POST /v1/chat/events", StatusCode::BAD_GATEWAY, &json!({}));
    let answer = harness.webhook(&request).await;
    assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
}

#[tokio::test]
async fn the_lifecycle_is_called() {
    let (harness, notes) = harness();
    harness.register("https://hook").await.unwrap();
    assert!(harness.register("https://hook/refuse").await.is_err());
    harness.unregister("https://hook").await.unwrap();
    let user = harness.create_user(&UserTags::default()).await.unwrap();
    assert_eq!(user.unwrap(), "user_1");
    let tags = ChannelConversationTags::default();
    let conversation = harness
        .create_conversation::<ChannelChannel>(&tags)
        .await
        .unwrap();
    assert_eq!(conversation.unwrap(), "conv_1");
    assert_eq!(notes.all().len(), 3);
}

#[tokio::test]
async fn a_state_that_was_set_is_there_later() {
    let ctx = contexture::testing::context::<Definition>(configuration());
    let state = ctx.client().states().last_webhook();
    assert_eq!(state.get().await.unwrap(), None);
    let value = sample::LastWebhookState {
        bot_id: "b".to_owned(),
        timestamp: "now".to_owned(),
    };
    assert_eq!(state.get_or_set(&value).await.unwrap(), value);
    let later = state.patch(&json!({ "timestamp": "later" })).await.unwrap();
    assert_eq!(later.timestamp, "later");
    assert_eq!(state.get().await.unwrap(), Some(later));
    state.clear().await.unwrap();
    assert_eq!(state.get().await.unwrap(), None);
}
