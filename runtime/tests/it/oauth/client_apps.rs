//! How applications prove their identity, and applications that act for themselves.

use std::time::Duration;

use contexture::Secret;
use contexture::oauth::{ClientApp, OauthApp, OauthError, TokenManager, TokenStore as _};
use http::StatusCode;
use serde_json::json;

use super::{Memory, PROVIDER, REDIRECT, context, form_of};

const TOKEN_URL: &str = "https://provider.test/token";

fn client_app() -> ClientApp {
    ClientApp::new(TOKEN_URL, "app-1", &Secret::from("app-secret"))
        .unwrap()
        .scope("calls:write")
        .parameter("audience", "https://provider.test/api")
}

#[tokio::test]
async fn an_application_gets_tokens_for_itself_and_new_ones_when_they_expire() {
    let ctx = context();
    let (manager, store) = (TokenManager::new(), Memory::default());
    for (token, lasts) in [("token-1", 30), ("token-2", 3600)] {
        ctx.answer(
            StatusCode::OK,
            &json!({ "access_token": token, "expires_in": lasts }),
        );
        let got = manager.access_token(&ctx, &client_app(), &store).await;
        assert_eq!(got.unwrap(), Secret::from(token));
    }
    let got = manager.access_token(&ctx, &client_app(), &store).await;
    assert_eq!(got.unwrap(), Secret::from("token-2"));
    let requests = ctx.requests();
    assert_eq!(requests.len(), 2);
    let body = form_of(&requests[0]);
    for part in [
        "grant_type=client_credentials",
        "scope=calls%3Awrite",
        "audience=https%3A%2F%2Fprovider.test%2Fapi",
    ] {
        assert!(body.contains(part), "{body}");
    }
    let authorization = requests[0].header("authorization").unwrap_or_default();
    assert!(authorization.starts_with("Basic "), "{authorization}");
    assert!(
        store
            .load()
            .await
            .unwrap()
            .unwrap()
            .holds_for(Duration::from_mins(50))
    );
}

#[tokio::test]
async fn credentials_are_sent_in_the_body_if_the_provider_wants_it() {
    let ctx = context();
    ctx.answer(StatusCode::OK, &json!({ "access_token": "t" }));
    client_app()
        .credentials_in_body()
        .request(&ctx)
        .await
        .unwrap();
    let request = ctx.requests().remove(0);
    assert_eq!(request.header("authorization"), None);
    let body = form_of(&request);
    assert!(
        body.contains("client_id=app-1") && body.contains("client_secret=app-secret"),
        "{body}"
    );
}

#[tokio::test]
async fn a_signed_token_takes_the_place_of_the_client_secret() {
    let sign = |audience: &str| Ok(Secret::from(format!("signed-for {audience}")));
    let app = ClientApp::with_assertion(TOKEN_URL, "app-1", sign).unwrap();
    let ctx = context();
    ctx.answer(StatusCode::OK, &json!({ "access_token": "t" }));
    app.request(&ctx).await.unwrap();
    let acting_for_a_user = OauthApp::public(&PROVIDER, "app-1", &Secret::from("key"), REDIRECT)
        .unwrap()
        .client_assertion(sign);
    ctx.answer(StatusCode::OK, &json!({ "access_token": "t" }));
    acting_for_a_user
        .refresh(&ctx, &Secret::from("r"))
        .await
        .unwrap();
    for request in ctx.requests() {
        let body = form_of(&request);
        assert_eq!(request.header("authorization"), None);
        for part in [
            "client_id=app-1",
            "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer",
            "client_assertion=signed-for+https%3A%2F%2Fprovider.test%2Ftoken",
        ] {
            assert!(body.contains(part), "{body}");
        }
    }
}

#[tokio::test]
async fn a_failed_signature_sends_no_request() {
    let ctx = context();
    let app = ClientApp::with_assertion(TOKEN_URL, "app-1", |_| Err("no key")?).unwrap();
    let error = app.request(&ctx).await.unwrap_err();
    assert!(matches!(error, OauthError::Assertion { .. }));
    assert_eq!(
        error.to_string(),
        "cannot sign the client assertion: no key"
    );
    assert!(ctx.requests().is_empty());
}

#[test]
fn a_client_app_that_cannot_work_is_refused_at_once() {
    let secret = Secret::from("s");
    assert!(ClientApp::new("provider", "a", &secret).is_err());
    assert!(ClientApp::new(TOKEN_URL, " ", &secret).is_err());
    assert!(ClientApp::new(TOKEN_URL, "a", &Secret::from("")).is_err());
    assert!(!format!("{:?}", client_app()).contains("app-secret"));
}
