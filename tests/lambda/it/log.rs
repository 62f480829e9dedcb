//! The log: its lines and the events of `tracing`, without a server.

use serde_json::{Value, json};

use crate::support::Lambda;

#[tokio::test]
async fn events_and_lines_are_logged_with_their_bot() {
    let mut lambda = Lambda::start(&[("BP_LOG_FORMAT", "json")]).await;
    lambda.act("say", &json!({ "text": "hello" })).await;
    for (text, is_for_bot) in [("an event", false), ("a line: hello", true)] {
        let line = lambda.process.output_line(text).await.unwrap();
        let line: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(line["botId"], "bot-1", "{line}");
        assert_eq!(line["visible_to_bot_owner"] == true, is_for_bot, "{line}");
    }
    let access = lambda
        .process
        .output_line("action_triggered")
        .await
        .unwrap();
    let access: Value = serde_json::from_str(&access).unwrap();
    assert_eq!(access["status"], 200, "{access}");
}

#[tokio::test]
async fn the_level_of_the_log_is_that_of_the_environment() {
    let lambda = Lambda::start(&[("LOG_LEVEL", "warn")]).await;
    lambda.act("say", &json!({ "text": "hello" })).await;
    let rest = lambda.process.end().await.unwrap();
    assert!(
        !rest.contains("hello") && !rest.contains("an event"),
        "{rest}"
    );
}
