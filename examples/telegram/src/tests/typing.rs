//! The typing indicator.

use serde_json::{Value, json};

use super::bench::{Bench, CHAT, MESSAGE};

fn input() -> Value {
    json!({ "conversationId": "conversation-1", "messageId": MESSAGE })
}

async fn bench() -> Bench {
    let bench = Bench::new().await;
    let tags = json!({ "id": CHAT.to_string() });
    let conversation = json!({ "id": "conversation-1", "channel": "channel", "tags": tags });
    bench.botpress.add("conversations", conversation);
    bench
}

/// An installation whose owner wants the emoji, and whose user has written a message.
async fn bench_with_emoji() -> Bench {
    let mut bench = bench().await;
    bench.configuration = json!({ "typingIndicatorEmoji": true });
    let tags = json!({ "id": "12", "chatId": CHAT.to_string() });
    bench.botpress.add(
        "messages",
        json!({ "id": "message-of-the-user", "tags": tags }),
    );
    bench
}

#[tokio::test]
async fn starting_shows_that_the_bot_is_typing() {
    let bench = bench().await;
    let answer = bench.action("startTypingIndicator", input()).await;
    assert_eq!(answer.body, r#"{"output":{},"meta":{"cost":0}}"#);
    let calls = bench.telegram.take_calls();
    assert_eq!(calls.len(), 1, "{calls:?}");
    assert_eq!(calls[0].method, "sendChatAction");
    assert_eq!(
        calls[0].parameters,
        json!({ "chat_id": "77", "action": "typing" })
    );
}

#[tokio::test]
async fn stopping_asks_nothing_of_telegram_without_the_emoji() {
    let bench = bench().await;
    bench.action("stopTypingIndicator", input()).await.is_ok();
    assert!(bench.telegram.take_calls().is_empty());
}

#[tokio::test]
async fn the_emoji_is_put_on_the_message_and_taken_away() {
    let bench = bench_with_emoji().await;
    let input = json!({ "conversationId": "conversation-1", "messageId": "message-of-the-user" });
    bench
        .action("startTypingIndicator", input.clone())
        .await
        .is_ok();
    bench.action("stopTypingIndicator", input).await.is_ok();
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
    let input = json!({ "conversationId": "conversation-1", "messageId": "message-of-the-user" });
    bench.action("startTypingIndicator", input).await.is_ok();
    assert!(bench.log.text().contains("REACTION_INVALID"));
}

#[tokio::test]
async fn a_message_that_telegram_does_not_know_gets_no_emoji() {
    let bench = bench_with_emoji().await;
    bench.action("startTypingIndicator", input()).await.is_ok();
    assert_eq!(bench.telegram.take_calls().len(), 1);
}

#[tokio::test]
async fn a_conversation_that_is_not_there_is_told() {
    let bench = Bench::new().await;
    let answer = bench.action("startTypingIndicator", input()).await;
    assert!(answer.told().contains("no such conversation"), "{answer:?}");
}
