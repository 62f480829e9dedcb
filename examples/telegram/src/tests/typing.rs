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

async fn bench() -> TestApp {
    let bench = TestApp::new().await;
    let tags = json!({ "id": CHAT.to_string() });
    let conversation = json!({ "id": "conversation-1", "channel": "channel", "tags": tags });
    let botpress = bench.harness.botpress();
    botpress.add(Collection::Conversations, conversation);
    bench
}

/// An installation with the emoji enabled, and with a message of the user.
async fn bench_with_emoji() -> TestApp {
    let mut bench = bench().await;
    bench.harness.configure(PrimaryConfiguration {
        typing_indicator_emoji: Some(true),
        ..PrimaryConfiguration::default()
    });
    let tags = json!({ "id": "12", "chatId": CHAT.to_string() });
    let message = json!({ "id": OF_USER, "tags": tags });
    bench.harness.botpress().add(Collection::Messages, message);
    bench
}

impl TestApp {
    async fn start(
        &self,
        message: &str,
    ) -> Result<ActionOutput<StartTypingIndicatorOutput>, Refusal> {
        let input = StartTypingIndicatorInput::new("conversation-1", message);
        self.harness.action("startTypingIndicator", &input).await
    }

    async fn stop(
        &self,
        message: &str,
    ) -> Result<ActionOutput<StopTypingIndicatorOutput>, Refusal> {
        let input = StopTypingIndicatorInput::new("conversation-1", message);
        self.harness.action("stopTypingIndicator", &input).await
    }
}

#[tokio::test]
async fn starting_shows_that_the_bot_is_typing() {
    let bench = bench().await;
    let acted = bench.start(MESSAGE).await.unwrap();
    assert_eq!(
        (acted.output, acted.cost),
        (StartTypingIndicatorOutput {}, 0.0)
    );
    let calls = bench.telegram.take_calls();
    assert_eq!(calls.len(), 1, "{calls:?}");
    assert_eq!(calls[0].method, "sendChatAction");
    assert_eq!(
        calls[0].parameters,
        json!({ "chat_id": "77", "action": "typing" })
    );
}

#[tokio::test]
async fn stopping_calls_nothing_without_the_emoji() {
    let bench = bench().await;
    bench.stop(MESSAGE).await.unwrap();
    assert!(bench.telegram.take_calls().is_empty());
}

#[tokio::test]
async fn the_emoji_is_put_on_the_message_and_taken_away() {
    let bench = bench_with_emoji().await;
    bench.start(OF_USER).await.unwrap();
    bench.stop(OF_USER).await.unwrap();
    let calls = bench.telegram.take_calls();
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
    let bench = bench_with_emoji().await;
    bench
        .telegram
        .refuse("setMessageReaction", 400, "Bad Request: REACTION_INVALID");
    bench.start(OF_USER).await.unwrap();
    assert!(bench.harness.log().text().contains("REACTION_INVALID"));
}

#[tokio::test]
async fn a_message_that_telegram_does_not_know_gets_no_emoji() {
    let bench = bench_with_emoji().await;
    bench.start(MESSAGE).await.unwrap();
    assert_eq!(bench.telegram.take_calls().len(), 1);
}

#[tokio::test]
async fn a_missing_conversation_is_an_error_for_the_owner() {
    let bench = TestApp::new().await;
    owner_reads(bench.start(MESSAGE).await, "no such conversation");
}
