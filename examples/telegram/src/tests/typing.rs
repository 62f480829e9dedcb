//! The typing indicator.

use contexture::testing::{ActionOutput, Collection, Refusal};
use serde_json::json;

use super::test_app::{CHAT, MESSAGE, TestApp, owner_reads};
use crate::telegram::PrimaryConfiguration;
use crate::telegram::actions::{
    StartTypingIndicatorInput, StartTypingIndicatorOutput, StopTypingIndicatorInput,
    StopTypingIndicatorOutput,
};

/// A message of the user in Telegram.
const OF_USER: &str = "message-of-the-user";

async fn test_app() -> TestApp {
    let test_app = TestApp::new().await;
    let tags = json!({ "id": CHAT.to_string() });
    let conversation = json!({ "id": "conversation-1", "channel": "channel", "tags": tags });
    let botpress = test_app.harness.botpress();
    botpress.add(Collection::Conversations, conversation);
    test_app
}

/// An installation with the emoji enabled, and with a message of the user.
async fn bench_with_emoji() -> TestApp {
    let mut test_app = test_app().await;
    test_app.harness.configure(PrimaryConfiguration {
        typing_indicator_emoji: Some(true),
        ..PrimaryConfiguration::default()
    });
    let tags = json!({ "id": "12", "chatId": CHAT.to_string() });
    let message = json!({ "id": OF_USER, "tags": tags });
    test_app
        .harness
        .botpress()
        .add(Collection::Messages, message);
    test_app
}

impl TestApp {
    async fn start(
        &self,
        message: &str,
    ) -> Result<ActionOutput<StartTypingIndicatorOutput>, Refusal> {
        let input = StartTypingIndicatorInput::new("conversation-1", message);
        self.harness.actions().start_typing_indicator(&input).await
    }

    async fn stop(
        &self,
        message: &str,
    ) -> Result<ActionOutput<StopTypingIndicatorOutput>, Refusal> {
        let input = StopTypingIndicatorInput::new("conversation-1", message);
        self.harness.actions().stop_typing_indicator(&input).await
    }
}

#[tokio::test]
async fn starting_shows_that_the_bot_is_typing() {
    let test_app = test_app().await;
    let acted = test_app.start(MESSAGE).await.unwrap();
    assert_eq!(
        (acted.output, acted.cost),
        (StartTypingIndicatorOutput {}, 0.0)
    );
    let calls = test_app.telegram.take_calls();
    assert_eq!(calls.len(), 1, "{calls:?}");
    assert_eq!(calls[0].method, "sendChatAction");
    assert_eq!(
        calls[0].parameters,
        json!({ "chat_id": "77", "action": "typing" })
    );
}

#[tokio::test]
async fn stopping_calls_nothing_without_the_emoji() {
    let test_app = test_app().await;
    test_app.stop(MESSAGE).await.unwrap();
    assert!(test_app.telegram.take_calls().is_empty());
}

#[tokio::test]
async fn the_emoji_is_put_on_the_message_and_taken_away() {
    let test_app = bench_with_emoji().await;
    test_app.start(OF_USER).await.unwrap();
    test_app.stop(OF_USER).await.unwrap();
    let calls = test_app.telegram.take_calls();
    let reactions: Vec<_> = calls
        .iter()
        .filter(|call| call.method == "setMessageReaction")
        .map(|call| (&call.parameters["message_id"], &call.parameters["reaction"]))
        .collect();
    let emoji = json!([{ "type": "emoji", "emoji": "👀" }]);
    assert_eq!(reactions, [(&json!(12), &emoji), (&json!(12), &json!([]))]);
}

#[tokio::test]
async fn an_emoji_that_a_chat_does_not_allow_fails_nothing() {
    let test_app = bench_with_emoji().await;
    test_app
        .telegram
        .refuse("setMessageReaction", 400, "Bad Request: REACTION_INVALID");
    test_app.start(OF_USER).await.unwrap();
    assert!(test_app.harness.log().text().contains("REACTION_INVALID"));
}

#[tokio::test]
async fn a_message_that_telegram_does_not_know_gets_no_emoji() {
    let test_app = bench_with_emoji().await;
    test_app.start(MESSAGE).await.unwrap();
    assert_eq!(test_app.telegram.take_calls().len(), 1);
}

#[tokio::test]
async fn a_missing_conversation_is_an_error_for_the_owner() {
    let test_app = TestApp::new().await;
    owner_reads(test_app.start(MESSAGE).await, "no such conversation");
}
