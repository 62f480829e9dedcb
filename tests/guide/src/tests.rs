//! The handlers, called as Botpress calls them, with a Botpress in memory.

use contexture::WebhookRequest;
use contexture::client::ConversationId;
use contexture::testing::{Collection, Harness, Visitor};
use http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::App;
use crate::desk::actions::CreateTicketInput;
use crate::desk::channels::{TextMessage, TicketChannel, TicketConversationTags};
use crate::desk::{
    self, Configuration, Definition, OauthConfiguration, Secrets, TokenConfiguration,
};
use crate::handlers::webhook::verifier;

fn secrets() -> Secrets {
    Secrets {
        webhook_secret: "a secret".into(),
    }
}

fn harness() -> Harness<Definition> {
    let configuration = Configuration::Token(TokenConfiguration::new("a-token"));
    Harness::new(desk::service(App::new()), configuration).secrets(secrets())
}

#[tokio::test]
async fn a_ticket_is_opened() {
    let harness = harness();
    let ticket = json!({ "id": "7", "subject": "No tea", "status": "open" });
    let url = "https://api.acme.example/tickets";
    harness
        .http()
        .respond(Method::POST, url, StatusCode::CREATED, &ticket);
    let input = CreateTicketInput::new("No tea", "ada@example.com");
    let acted = harness.actions().create_ticket(&input).await.unwrap();
    assert_eq!(acted.output.ticket.id, "7");
    assert_eq!(harness.log().text(), "opened the ticket 7");
}

#[tokio::test]
async fn a_comment_comes_once() {
    let harness = harness();
    let comment = json!({
        "type": "commented", "ticketId": "7", "commentId": "1", "customerId": "ada", "text": "Hello",
    });
    let request = WebhookRequest::new("POST", "/")
        .with_header("x-acme-delivery", "d1")
        .with_body(comment.to_string());
    assert_eq!(harness.webhook(&request).await.status(), 401);
    let signed = verifier(&secrets()).sign(request).unwrap();
    for _ in 0..2 {
        assert_eq!(harness.webhook(&signed).await.status(), 200);
    }
    let messages = harness.botpress().all(Collection::Messages);
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0]["payload"]["text"], "Hello");
}

/// Sends a signed webhook; gives the status of the response.
async fn webhook(harness: &Harness<Definition>, delivery: &str, body: Value) -> StatusCode {
    let request = WebhookRequest::new("POST", "/")
        .with_header("x-acme-delivery", delivery)
        .with_body(body.to_string());
    let signed = verifier(&secrets()).sign(request).unwrap();
    harness.webhook(&signed).await.status()
}

#[tokio::test]
async fn a_closed_ticket_is_an_event() {
    let harness = harness();
    let ticket = json!({ "id": "7", "subject": "No tea", "status": "closed" });
    let body = json!({ "type": "closed", "ticket": ticket });
    assert_eq!(webhook(&harness, "d1", body).await, 200);
    let events = harness.botpress().all(Collection::Events);
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["payload"]["ticket"], ticket);
}

/// Sends a message of the bot.
async fn say(
    harness: &Harness<Definition>,
    conversation: &ConversationId,
    tags: &TicketConversationTags,
) {
    let url = "https://api.acme.example/comments";
    let comment = json!({ "id": "1" });
    harness
        .http()
        .respond(Method::POST, url, StatusCode::CREATED, &comment);
    let text = TextMessage::new("The tea is on its way");
    let sent = harness.channels().ticket().text(&text);
    let sent = sent.conversation_id(conversation).conversation_tags(tags);
    sent.send().await.unwrap();
}

#[tokio::test]
async fn an_assignment_of_an_older_version_is_still_read() {
    let harness = harness();
    let conversation = "conversation-1";
    let path = ["v1", "chat", "states", "conversation", conversation];
    let path = [&path[..], &["assignment"]].concat();
    let stored = json!({ "payload": { "name": "Grace" } });
    let client = harness.client();
    let set = client
        .untyped()
        .request(Method::POST, &path, &[], Some(stored));
    set.await.unwrap();
    let tags = TicketConversationTags::default().with_ticket_id("7");
    say(&harness, &ConversationId::new(conversation), &tags).await;
    assert_eq!(harness.log().text(), "the bot wrote in a ticket of Grace");
}

#[tokio::test]
async fn what_the_bot_says_becomes_a_comment_in_the_ticket_of_an_agent() {
    let harness = harness();
    let body = json!({ "type": "assigned", "ticketId": "7", "agent": "Grace" });
    assert_eq!(webhook(&harness, "d1", body).await, 200);
    let tags = TicketConversationTags::default().with_ticket_id("7");
    let conversations = harness.client().conversations();
    let conversation = conversations.get_or_create::<TicketChannel>(&tags);
    let conversation = conversation.send().await.unwrap();
    let url = "https://api.acme.example/comments";
    let rules = harness.http();
    rules.respond(
        Method::POST,
        url,
        StatusCode::CREATED,
        &json!({ "id": "1" }),
    );
    let text = TextMessage::new("The tea is on its way");
    let sent = harness.channels().ticket().text(&text);
    let sent = sent
        .conversation_id(&conversation.id)
        .conversation_tags(&tags);
    sent.send().await.unwrap();
    assert_eq!(harness.log().text(), "the bot wrote in a ticket of Grace");
    let messages = harness.botpress().all(Collection::Messages);
    assert_eq!(messages[0]["tags"]["commentId"], "1");
}

#[tokio::test]
async fn a_person_connects_the_help_desk_once() {
    let oauth = Configuration::Oauth(OauthConfiguration::new("an-app", "a secret"));
    let harness = Harness::new(desk::service(App::new()), oauth).secrets(secrets());
    let rules = harness.http();
    let tokens = json!({ "access_token": "a-token", "token_type": "bearer" });
    let url = "https://acme.example/oauth/token";
    rules.respond(Method::POST, url, StatusCode::OK, &tokens);

    let mut visitor = Visitor::new();
    let link = visitor.open("/oauth/wizard/start?state=webhook-1");
    let start = harness.webhook(&link).await;
    visitor.keep(&start);
    let provider = start.headers()["location"].to_str().unwrap();
    assert!(provider.starts_with("https://acme.example/oauth/authorize?"));
    let back = visitor.open("/oauth?code=a-code&state=webhook-1");
    let end = harness.webhook(&back).await;
    let end = end.headers()["location"].to_str().unwrap();
    assert!(end.ends_with("success=true"), "{end}");

    let ticket = json!({ "id": "7", "subject": "No tea", "status": "open" });
    let url = "https://api.acme.example/tickets";
    rules.respond(Method::POST, url, StatusCode::CREATED, &ticket);
    let input = CreateTicketInput::new("No tea", "ada@example.com");
    harness.actions().create_ticket(&input).await.unwrap();
    let again = harness.webhook(&link).await;
    let again = again.headers()["location"].to_str().unwrap();
    assert!(again.contains("success=false"), "{again}");
}
