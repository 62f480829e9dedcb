//! Installing and removing the integration.

use serde_json::json;

use super::bench::{Bench, OTHER_TOKEN, TOKEN, WEBHOOK_URL};
use crate::telegram_api::BotToken;

#[tokio::test]
async fn registering_sets_the_webhook_and_the_identifier() {
    let bench = Bench::new().await;
    bench.register().await.is_ok();
    let calls = bench.telegram.take_calls();
    let methods: Vec<_> = calls.iter().map(|call| call.method.as_str()).collect();
    assert_eq!(methods, ["getMe", "setWebhook"]);
    let secret = BotToken::parse(TOKEN).unwrap().webhook_secret("webhook-1");
    let expected = json!({
        "url": WEBHOOK_URL,
        "secret_token": secret.expose(),
        "allowed_updates": ["message", "callback_query"],
    });
    assert_eq!(calls[1].parameters, expected);
    let configured = r#"POST /v1/chat/integrations/configure {"identifier":"bot_4242"}"#;
    assert!(
        bench
            .botpress
            .requests()
            .iter()
            .any(|request| request == configured)
    );
}

#[tokio::test]
async fn a_token_of_the_configuration_is_stored() {
    let mut bench = Bench::without_token().await;
    bench.configuration = json!({ "botToken": TOKEN });
    bench.register().await.is_ok();
    assert_eq!(
        bench.botpress.state("credentials"),
        Some(json!({ "botToken": TOKEN }))
    );
}

#[tokio::test]
async fn the_token_of_the_link_counts_more_than_that_of_the_configuration() {
    let mut bench = Bench::new().await;
    bench.configuration = json!({ "botToken": OTHER_TOKEN });
    bench.register().await.is_ok();
    assert_eq!(
        bench.botpress.state("credentials"),
        Some(json!({ "botToken": TOKEN }))
    );
    assert!(
        bench
            .botpress
            .requests()
            .iter()
            .any(|request| request.contains("bot_4242"))
    );
}

#[tokio::test]
async fn registering_with_a_bad_token_or_without_any_is_refused_with_what_to_do() {
    let mut bench = Bench::without_token().await;
    assert!(bench.register().await.told().contains("authorization link"));
    bench.configuration = json!({ "botToken": "1:unknown-to-telegram" });
    assert!(bench.register().await.told().contains("@BotFather"));
    bench.configuration = json!({ "botToken": "no token/../getMe" });
    assert!(bench.register().await.told().contains("no bot token"));
    assert_eq!(bench.botpress.state("credentials"), None);
    assert!(bench.telegram.take_calls().is_empty());
}

#[tokio::test]
async fn unregistering_removes_the_webhook() {
    let bench = Bench::new().await;
    bench.unregister().await.is_ok();
    let calls = bench.telegram.take_calls();
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0].method, "deleteWebhook");
}

#[tokio::test]
async fn an_owner_is_never_kept_here() {
    let bench = Bench::without_token().await;
    bench.unregister().await.is_ok();

    bench
        .botpress
        .set_state("credentials", json!({ "botToken": "1:gone" }));
    bench.unregister().await.is_ok();
    assert!(bench.log.text().contains("the webhook is still set"));

    bench
        .botpress
        .set_state("credentials", json!({ "of an older version": true }));
    bench.unregister().await.is_ok();

    bench.botpress.set_down(true);
    bench.unregister().await.is_ok();

    let mut unreadable = Bench::new().await;
    unreadable.configuration = json!({ "botToken": 7 });
    unreadable.unregister().await.is_ok();
}
