//! The handlers, called as Botpress calls them, with a Botpress in memory.

use contexture::WebhookRequest;
use contexture::testing::{Collection, Harness};
use http::{Method, StatusCode};
use serde_json::json;

use crate::App;
use crate::desk::actions::CreateTicketInput;
use crate::desk::{self, Configuration, Definition, Secrets, TokenConfiguration};
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
