//! Secrets appear neither in responses nor in logs.

use std::fmt::Debug;

use contexture::testing::{ActionOutput, Refusal};
use serde_json::{Value, json};

use super::test_app::{OTHER_TOKEN, TOKEN, TestApp, WIZARD_KEY, with_token};
use crate::telegram::PrimaryConfiguration;
use crate::telegram::actions::{StartTypingIndicatorInput, StartTypingIndicatorOutput};
use crate::telegram::channels::{ChannelImageMessage, ChannelTextMessage};
use crate::telegram_api::BotToken;

/// The Botpress token of the harness.
const BOTPRESS_TOKEN: &str = "test-token";

/// Sends all kinds of valid and invalid requests, and returns all output.
async fn whole_run() -> String {
    let mut test_app = TestApp::new().await;
    test_app.harness.configure(PrimaryConfiguration {
        typing_indicator_emoji: Some(true),
        ..with_token(OTHER_TOKEN)
    });
    let mut seen = Vec::new();
    seen.push(read(&test_app.register().await));
    let (_, page) = test_app.open_link().await;
    seen.push(String::from_utf8(page.body().to_vec()).unwrap());
    // Only a bot that does not work is replaced. The first page and the form each ask for it.
    for token in [
        OTHER_TOKEN,
        "4242:not-a-token-of-telegram",
        "4242:not a token",
        TOKEN,
    ] {
        for _ in 0..2 {
            test_app.telegram.refuse("getMe", 401, "Unauthorized");
        }
        seen.push(test_app.enter(token).await.body);
    }
    for message in [
        json!({ "text": "hello" }),
        json!({ "document": { "file_id": "a.b", "file_unique_id": "u" } }),
    ] {
        let mut message: Value = message;
        message["message_id"] = json!(12);
        message["chat"] = json!({ "id": 77 });
        message["from"] = json!({ "id": 99, "first_name": "Ada" });
        let update = json!({ "update_id": 1, "message": message });
        seen.push(test_app.update(&update).await.body);
    }
    seen.push(test_app.update_with(&[], &json!({})).await.body);
    for (code, description) in [
        (401, "Unauthorized"),
        (403, "Forbidden"),
        (502, "Bad Gateway"),
        (400, TOKEN),
    ] {
        test_app.telegram.refuse("sendMessage", code, description);
        seen.push(say_hello(&test_app).await);
    }
    let image = json!({ "imageUrl": "https://a.test" });
    seen.push(read(&test_app.send::<ChannelImageMessage>(image).await));
    let input = StartTypingIndicatorInput::new("none", "none");
    let started = test_app.harness.actions().start_typing_indicator(&input);
    seen.push(read::<ActionOutput<StartTypingIndicatorOutput>>(
        &started.await,
    ));
    // The response of Botpress is unreadable, and Telegram is unreachable.
    let botpress = test_app.harness.botpress();
    botpress.set_state("credentials", json!({ "botToken": 7 }));
    seen.push(say_hello(&test_app).await);
    seen.push(read(&test_app.unregister().await));
    let unknown = json!({ "botToken": "4242:not-a-token-of-telegram" });
    botpress.set_state("credentials", unknown);
    seen.push(read(&test_app.unregister().await));
    for message in test_app.messages() {
        seen.push(message["payload"].to_string());
    }
    seen.push(test_app.harness.log().text());
    seen.join("\n")
}

async fn say_hello(test_app: &TestApp) -> String {
    let hello = json!({ "text": "hello" });
    read(&test_app.send::<ChannelTextMessage>(hello).await)
}

/// The complete response.
fn read<T: Debug>(answer: &Result<T, Refusal>) -> String {
    format!("{answer:?}")
}

#[tokio::test]
async fn no_secret_is_logged_answered_or_sent_on() {
    let seen = whole_run().await;
    // The run is complete, and the searched log is its log.
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
        WIZARD_KEY,
        "not-a-token-of-telegram",
        "4242:not a token",
        &of_bot,
        &of_other,
    ];
    for secret in secrets {
        assert!(!seen.contains(secret), "{secret} is in {seen}");
    }
}
