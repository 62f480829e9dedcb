//! What the integration says in the cases that the chapters show.

#[path = "../it/chapters.rs"]
#[expect(dead_code, reason = "other tests use the rest")]
mod chapters;
#[path = "../it/messages.rs"]
#[expect(dead_code, reason = "other tests use the rest")]
mod messages;

use axum::body::{Body, to_bytes};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use contexture::testing::Harness;
use contexture::{Operation, WebhookRequest};
use http::{HeaderValue, Method, Request, StatusCode};
use serde_json::json;
use tower::ServiceExt as _;

use self::messages::{OF_THE_INTEGRATION, shown};
use crate::App;
use crate::desk::actions::CreateTicketInput;
use crate::desk::{
    self, Configuration, Definition, OauthConfiguration, Secrets, TokenConfiguration,
};
use crate::variants::inside_axum::application;

fn secrets() -> Secrets {
    Secrets {
        webhook_secret: "a secret".into(),
    }
}

fn harness(configuration: Configuration) -> Harness<Definition> {
    Harness::new(desk::service(App::new()), configuration).secrets(secrets())
}

fn with_token() -> Harness<Definition> {
    harness(Configuration::Token(TokenConfiguration::new("a-token")))
}

/// What the integration says in a case: in a response, in its log, or at its start.
async fn said(case: &str) -> String {
    match case {
        "invalid-configuration" => invalid_configuration().await,
        "invalid-input" => {
            let input = json!({ "subject": "", "email": "ada" });
            let body = json!({ "type": "createTicket", "input": input });
            let response = with_token().call(Operation::ActionTriggered, &body).await;
            assert_eq!(response.status(), 400);
            String::from_utf8(response.into_body().into()).unwrap()
        }
        "refused-by-service" => refused().await.0,
        "failed-call" => refused().await.1,
        "unsigned-webhook" => {
            let harness = with_token();
            let request = WebhookRequest::new("POST", "/").with_body("{}");
            let response = harness.webhook(&request).await;
            assert_eq!(response.status(), 401);
            assert_eq!(response.body(), "invalid signature");
            harness.log().text()
        }
        "missing-secret" => {
            let service = desk::service(App::new());
            service.check().unwrap_err().to_string()
        }
        "not-authorized" => {
            let oauth = OauthConfiguration::new("an-app", "a secret");
            let harness = harness(Configuration::Oauth(oauth));
            let refusal = harness.actions().create_ticket(&ticket()).await;
            refusal.unwrap_err().error.message
        }
        "no-rule" => {
            let harness = with_token();
            let url = "https://api.acme.example/tickets";
            let rules = harness.http();
            rules.respond(Method::POST, url, StatusCode::OK, &json!({}));
            harness
                .register("https://webhook.example/1")
                .await
                .unwrap_err();
            harness.log().text()
        }
        "unsigned-call" => unsigned_call().await,
        _ => panic!("the case `{case}` is not known"),
    }
}

fn ticket() -> CreateTicketInput {
    CreateTicketInput::new("No tea", "ada@example.com")
}

async fn invalid_configuration() -> String {
    let harness = with_token();
    let body = json!({ "webhookUrl": "https://webhook.example/1" });
    let mut request = harness.request(Operation::Register, &body);
    let configuration = BASE64_STANDARD.encode(r#"{"team":7}"#);
    let configuration = HeaderValue::try_from(configuration).unwrap();
    request
        .headers_mut()
        .insert("x-bp-configuration", configuration);
    let response = harness.send(request).await;
    assert_eq!(response.status(), 400);
    harness.log().text()
}

/// The log and the message of `unwrap` after the service refused a ticket.
async fn refused() -> (String, String) {
    let harness = with_token();
    let url = "https://api.acme.example/tickets";
    let rules = harness.http();
    rules.respond(Method::POST, url, StatusCode::BAD_REQUEST, &json!({}));
    let refused = harness.actions().create_ticket(&ticket()).await;
    (harness.log().text(), format!("{:?}", refused.unwrap_err()))
}

/// The body of the response to a call that Botpress did not sign.
async fn unsigned_call() -> String {
    let application =
        application(desk::service(App::new()).secrets(secrets()), "c2VjcmV0").unwrap();
    let call = with_token().request(Operation::Ping, &json!({}));
    let call = call.map(Body::from);
    let (mut parts, body) = call.into_parts();
    parts.uri = "/botpress".parse().unwrap();
    let response = application.oneshot(Request::from_parts(parts, body)).await;
    let response = response.unwrap();
    assert_eq!(response.status(), 401);
    let body = to_bytes(response.into_body(), 1000).await.unwrap();
    String::from_utf8(body.into()).unwrap()
}

/// Replaces what differs from call to call: durations, and the ids of errors.
fn without_chance(said: &str) -> String {
    let words: Vec<_> = said.split(' ').collect();
    let kept = words.iter().enumerate().map(|(index, word)| {
        let is_duration = words.get(index + 1).is_some_and(|next| *next == "ms,");
        if is_duration || word.starts_with("err_") {
            "…"
        } else {
            word
        }
    });
    kept.collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn the_integration_says_what_the_chapters_show() {
    for case in OF_THE_INTEGRATION {
        let said = without_chance(&said(case).await);
        for shown in shown(case) {
            let shown = without_chance(&shown);
            assert!(said.contains(&shown), "{said}\n\nnot:\n\n{shown}");
        }
    }
}
