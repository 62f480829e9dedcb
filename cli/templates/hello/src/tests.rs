//! The handlers, called as Botpress calls them, with a Botpress in memory.

use contexture::testing::{Collection, Harness};
use contexture::webhook::signature;
use contexture::{Secret, WebhookRequest};

use crate::App;
use crate::{{module}}::actions::GreetInput;
use crate::{{module}}::channels::TextMessage;
use crate::{{module}}::{self, Configuration, Definition};

const SECRET: &str = "a secret";

fn harness() -> Harness<Definition> {
    Harness::new({{module}}::service(App), Configuration::new(SECRET))
}

#[tokio::test]
async fn an_installation_logs_the_address_of_its_webhook() {
    let harness = harness();
    harness.register("https://webhook.example/1").await.unwrap();
    assert_eq!(
        harness.log().text(),
        "send webhooks to https://webhook.example/1"
    );
}

#[tokio::test]
async fn greetings_are_counted() {
    let harness = harness();
    for count in 1..=2 {
        let input = GreetInput::new("Ada");
        let output = harness.actions().greet(&input).await.unwrap().output;
        assert_eq!(
            (output.greeting.as_str(), output.count),
            ("Hello, Ada!", count)
        );
    }
}

/// The texts of the conversation after the bot said something.
async fn texts_after(said: &str) -> Vec<String> {
    let harness = harness();
    let message = TextMessage::new(said);
    let sent = harness.channels().chat().text(&message);
    sent.send().await.unwrap();
    let messages = harness.botpress().all(Collection::Messages);
    let texts = messages.iter().map(|message| &message["payload"]["text"]);
    texts
        .map(|text| text.as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_ping_is_answered_with_a_pong() {
    assert_eq!(texts_after("ping").await, ["ping", "pong"]);
    assert_eq!(texts_after("hello").await, ["hello"]);
}

#[tokio::test]
async fn a_signed_webhook_brings_a_message_to_the_bot() {
    let harness = harness();
    let request = WebhookRequest::new("POST", "/").with_body(r#"{"from":"Ada","text":"Hi"}"#);
    let signed = signature::github(&Secret::from(SECRET))
        .sign(request.clone())
        .unwrap();
    assert_eq!(harness.webhook(&request).await.status(), 401);
    assert_eq!(harness.webhook(&signed).await.status(), 200);
    let messages = harness.botpress().all(Collection::Messages);
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0]["payload"]["text"], "Hi");
}
