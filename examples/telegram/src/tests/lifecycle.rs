//! The installation and removal of the integration.

use contexture::{ApiErrorKind, Operation};
use http::HeaderValue;
use serde_json::json;

use super::test_app::{OTHER_TOKEN, TOKEN, TestApp, WEBHOOK_URL, owner_reads, with_token};
use crate::telegram_api::BotToken;

#[tokio::test]
async fn registering_sets_the_webhook_and_the_identifier() {
    let test_app = TestApp::new().await;
    test_app.register().await.unwrap();
    let calls = test_app.telegram.take_calls();
    let methods: Vec<_> = calls.iter().map(|call| call.method.as_str()).collect();
    assert_eq!(methods, ["getMe", "setWebhook"]);
    let secret = BotToken::parse(TOKEN).unwrap().webhook_secret("webhook-1");
    let expected = json!({
        "url": WEBHOOK_URL,
        "secret_token": secret.expose(),
        "allowed_updates": ["message", "callback_query"],
    });
    assert_eq!(calls[1].parameters, expected);
    assert!(test_app.is_identified_as("bot_4242"));
}

#[tokio::test]
async fn a_token_of_the_configuration_is_stored() {
    let mut test_app = TestApp::without_token().await;
    test_app.harness.configure(with_token(TOKEN));
    test_app.register().await.unwrap();
    assert_eq!(test_app.stored_token().await.as_deref(), Some(TOKEN));
}

#[tokio::test]
async fn the_token_of_the_link_counts_more_than_that_of_the_configuration() {
    let mut test_app = TestApp::new().await;
    test_app.harness.configure(with_token(OTHER_TOKEN));
    test_app.register().await.unwrap();
    assert_eq!(test_app.stored_token().await.as_deref(), Some(TOKEN));
    assert!(test_app.is_identified_as("bot_4242"));
}

#[tokio::test]
async fn registering_without_a_valid_token_fails_with_advice() {
    let mut test_app = TestApp::without_token().await;
    owner_reads(test_app.register().await, "authorization link");
    test_app
        .harness
        .configure(with_token("1:unknown-to-telegram"));
    owner_reads(test_app.register().await, "@BotFather");
    test_app.harness.configure(with_token("no token/../getMe"));
    owner_reads(test_app.register().await, "not a valid bot token");
    assert_eq!(test_app.stored_token().await, None);
    assert!(test_app.telegram.take_calls().is_empty());
}

#[tokio::test]
async fn unregistering_removes_the_webhook() {
    let test_app = TestApp::new().await;
    test_app.unregister().await.unwrap();
    let calls = test_app.telegram.take_calls();
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0].method, "deleteWebhook");
}

#[tokio::test]
async fn an_owner_is_never_kept_here() {
    let test_app = TestApp::without_token().await;
    test_app.unregister().await.unwrap();

    test_app
        .harness
        .botpress()
        .set_state("credentials", json!({ "botToken": "1:gone" }));
    test_app.unregister().await.unwrap();
    assert!(
        test_app
            .harness
            .log()
            .text()
            .contains("the webhook is still set")
    );

    test_app
        .harness
        .botpress()
        .set_state("credentials", json!({ "of an older version": true }));
    test_app.unregister().await.unwrap();

    test_app
        .harness
        .api()
        .go_down(ApiErrorKind::Forbidden, "not now");
    test_app.unregister().await.unwrap();
}

#[tokio::test]
async fn an_unreadable_configuration_does_not_prevent_unregistering() {
    let test_app = TestApp::new().await;
    unregister_unreadable(&test_app).await;
    let calls = test_app.telegram.take_calls();
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0].method, "deleteWebhook");

    let botpress = test_app.harness.botpress();
    botpress.set_state("credentials", json!({ "of an older version": true }));
    unregister_unreadable(&test_app).await;
    let log = test_app.harness.log().text();
    assert!(log.contains("the webhook is still set"), "{log}");
}

async fn unregister_unreadable(test_app: &TestApp) {
    let body = json!({ "webhookUrl": WEBHOOK_URL });
    let mut request = test_app.harness.request(Operation::Unregister, &body);
    let unreadable = HeaderValue::from_static("eyJib3RUb2tlbiI6N30="); // {"botToken":7}
    let headers = request.headers_mut();
    headers.insert("x-bp-configuration", unreadable);
    assert_eq!(test_app.harness.send(request).await.status(), 200);
}
