//! The way to a provider and back.

use super::*;

/// Begins, and goes to the provider. Returns its address.
async fn leave(setup: &Setup, visitor: &mut Visitor) -> String {
    setup.open(visitor, START).await;
    let left = setup
        .open(visitor, "/oauth/wizard/connect?state=webhook-1")
        .await;
    assert_eq!(left.status(), 303);
    header(&left, "location").to_owned()
}

fn field(url: &str, name: &str) -> String {
    let query = url.split_once('?').unwrap().1;
    let request = WebhookRequest::new("GET", "/").with_query(query);
    request.query_field(name).unwrap_or_default()
}

fn tokens(setup: &Setup) {
    let tokens = json!({ "access_token": "access-1", "token_type": "bearer" });
    setup.ctx.answer(StatusCode::OK, &tokens);
}

const BACK: &str = "/oauth?code=code-1&state=webhook-1";

#[tokio::test]
async fn the_state_is_the_webhook_and_the_redirect_is_shared() {
    let setup = Setup::new();
    let url = leave(&setup, &mut Visitor::new()).await;
    assert!(url.starts_with("https://provider.test/authorize?"), "{url}");
    assert_eq!(field(&url, "state"), "webhook-1");
    assert_eq!(
        field(&url, "redirect_uri"),
        "https://webhook.botpress.test/oauth"
    );
    assert_eq!(field(&url, "code_challenge").len(), 43);
}

#[tokio::test]
async fn the_answer_leads_to_its_step_with_the_verifier() {
    let setup = Setup::new();
    let mut visitor = Visitor::new();
    let url = leave(&setup, &mut visitor).await;
    tokens(&setup);
    let back = setup.open(&mut visitor, BACK).await;
    assert_eq!(
        header(&back, "location"),
        "https://webhook.botpress.test/oauth/wizard/later?state=webhook-1"
    );
    let requests = setup.ctx.requests();
    let sent = String::from_utf8(requests[0].bytes.to_vec()).unwrap();
    let verifier = field(&format!("?{sent}"), "code_verifier");
    let challenge = oauth_challenge(&verifier);
    assert_eq!(challenge, field(&url, "code_challenge"));
    let later = setup.open(&mut visitor, header(&back, "location")).await;
    assert_eq!(later.status(), 200, "the wizard goes on");
}

/// RFC 7636, section 4.2.
fn oauth_challenge(verifier: &str) -> String {
    use base64::Engine as _;
    use ring::digest::{SHA256, digest};
    base64::prelude::BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()))
}

#[tokio::test]
async fn an_answer_of_another_browser_or_webhook_is_refused() {
    let setup = Setup::new();
    let mut visitor = Visitor::new();
    is_refused(&setup.send(&visitor.open(BACK)).await, FOREIGN);
    setup.open(&mut visitor, START).await;
    is_refused(&setup.send(&visitor.open(BACK)).await, FOREIGN);
    assert!(
        setup.log().contains("no answer of a provider was expected"),
        "{}",
        setup.log()
    );
    leave(&setup, &mut visitor).await;
    is_refused(&setup.send(&Visitor::new().open(BACK)).await, FOREIGN);
    for other in ["/oauth?code=code-1&state=webhook-2", "/oauth?code=code-1"] {
        is_refused(&setup.send(&visitor.open(other)).await, FOREIGN);
    }
    assert!(setup.ctx.requests().is_empty());
    tokens(&setup);
    assert_eq!(setup.send(&visitor.open(BACK)).await.status(), 303);
}

#[tokio::test]
async fn an_answer_is_accepted_once() {
    let setup = Setup::new();
    let mut visitor = Visitor::new();
    leave(&setup, &mut visitor).await;
    tokens(&setup);
    let back = visitor.open(BACK);
    assert_eq!(setup.send(&back).await.status(), 303);
    is_refused(&setup.send(&back).await, USED);
    assert_eq!(setup.ctx.requests().len(), 1);
}

#[tokio::test]
async fn an_answer_that_failed_is_used_up_too() {
    let setup = Setup::new();
    let mut visitor = Visitor::new();
    leave(&setup, &mut visitor).await;
    let answer = visitor.open("/oauth?error=access_denied&state=webhook-1");
    let denied = setup.send(&answer).await;
    let location = header(&denied, "location");
    assert!(
        location.contains("success=false") && location.contains("access_denied"),
        "{location}"
    );
    assert!(header(&denied, "set-cookie").contains("Max-Age=0"));
    is_refused(&setup.send(&answer).await, USED);
    assert!(setup.ctx.requests().is_empty());
}

#[tokio::test]
async fn two_tabs_ask_the_provider_with_one_verifier() {
    let setup = Setup::new();
    let mut visitor = Visitor::new();
    let first = leave(&setup, &mut visitor).await;
    let second = leave(&setup, &mut visitor).await;
    assert_eq!(
        field(&first, "code_challenge"),
        field(&second, "code_challenge")
    );
    tokens(&setup);
    assert_eq!(setup.open(&mut visitor, BACK).await.status(), 303);
    is_refused(&setup.open(&mut visitor, BACK).await, FOREIGN);
}
