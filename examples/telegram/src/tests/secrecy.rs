//! No secret shows where people look.

use serde_json::{Value, json};

use super::bench::{BOTPRESS_TOKEN, Bench, OTHER_TOKEN, TOKEN};
use crate::telegram_api::BotToken;

/// Sends whatever the integration handles, well and badly, and gives all that could be read of it.
async fn whole_run() -> String {
    let mut bench = Bench::new().await;
    bench.configuration = json!({ "botToken": OTHER_TOKEN, "typingIndicatorEmoji": true });
    let mut seen = String::new();
    let mut note = |answer: super::bench::Answer| seen.push_str(&answer.body);

    note(bench.register().await);
    note(bench.page("GET", "start", "").await);
    for token in [
        OTHER_TOKEN,
        "4242:not-a-token-of-telegram",
        "4242:not a token",
        TOKEN,
    ] {
        note(
            bench
                .page("POST", "finish", &format!("botToken={token}"))
                .await,
        );
    }
    for message in [
        json!({ "text": "hello" }),
        json!({ "document": { "file_id": "a.b", "file_unique_id": "u" } }),
    ] {
        let mut message: Value = message;
        message["message_id"] = json!(12);
        message["chat"] = json!({ "id": 77 });
        message["from"] = json!({ "id": 99, "first_name": "Ada" });
        note(
            bench
                .update(&json!({ "update_id": 1, "message": message }))
                .await,
        );
    }
    note(bench.update_with(&json!({}), &json!({})).await);
    for (code, description) in [
        (401, "Unauthorized"),
        (403, "Forbidden"),
        (502, "Bad Gateway"),
        (400, TOKEN),
    ] {
        bench.telegram.refuse("sendMessage", code, description);
        note(bench.send("text", json!({ "text": "hello" })).await);
    }
    note(
        bench
            .send("image", json!({ "imageUrl": "https://a.test" }))
            .await,
    );
    let input = json!({ "conversationId": "none", "messageId": "none" });
    note(bench.action("startTypingIndicator", input).await);
    // Botpress' answer is not read, and Telegram is not reached.
    bench
        .botpress
        .set_state("credentials", json!({ "botToken": 7 }));
    note(bench.send("text", json!({ "text": "hello" })).await);
    note(bench.unregister().await);
    bench.botpress.set_state(
        "credentials",
        json!({ "botToken": "4242:not-a-token-of-telegram" }),
    );
    note(bench.unregister().await);
    for message in bench.botpress.messages() {
        seen.push_str(&message["payload"].to_string());
    }
    seen + &bench.log.text()
}

#[tokio::test]
async fn no_secret_is_logged_answered_or_sent_on() {
    let seen = whole_run().await;
    // The run came as far as it should, and what it logged is what is searched.
    for expected in [
        "connected to Telegram as bot_4242",
        "text from user 99",
        "file from user 99",
        "header `x-telegram-bot-api-secret-token` is missing",
    ] {
        assert!(seen.contains(expected), "{expected} is not in {seen}");
    }
    let secret = |token: &str| {
        let token = BotToken::parse(token).unwrap();
        token.webhook_secret("webhook-1").into_exposed()
    };
    let (of_bot, of_other) = (secret(TOKEN), secret(OTHER_TOKEN));
    let secrets = [
        TOKEN,
        OTHER_TOKEN,
        BOTPRESS_TOKEN,
        "not-a-token-of-telegram",
        "4242:not a token",
        &of_bot,
        &of_other,
    ];
    for secret in secrets {
        assert!(!seen.contains(secret), "{secret} is in {seen}");
    }
}
