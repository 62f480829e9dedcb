//! Fetched key sets.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use contexture::client::HttpTransport;
use contexture::testing::{ContextBuilder, TestContext, context};
use contexture::webhook::signature::SignatureError;
use contexture::webhook::signature::jwt::FetchingJwtVerifier;
use contexture::{ApiErrorKind, Context, Error, WebhookRequest};
use http::StatusCode;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::time::advance;

use super::jwt::{fixture, token};
use crate::sample::Definition;
use crate::support::configuration;

pub(super) const ADDRESS: &str = "https://issuer.test/keys";

pub(super) fn verifier(address: &str) -> FetchingJwtVerifier {
    FetchingJwtVerifier::new(address, "app-1", "https://issuer.test").unwrap()
}

pub(super) fn bot() -> TestContext<Definition> {
    context(configuration())
}

pub(super) fn serve(ctx: &TestContext<Definition>, keys: &Value) {
    ctx.answer(StatusCode::OK, keys);
}

/// The key set without the key of the token `rs256`.
pub(super) fn older_keys() -> Value {
    let mut keys = fixture()["keySet"].clone();
    let all = keys["keys"].as_array_mut().unwrap();
    all.retain(|key| key["kty"] != "RSA");
    assert!(!all.is_empty());
    keys
}

pub(super) async fn check(
    verifier: &FetchingJwtVerifier,
    ctx: &Context<Definition>,
    name: &str,
) -> Result<(), Error> {
    let header = format!("Bearer {}", token(name));
    let request = WebhookRequest::new("POST", "/").with_header("Authorization", header);
    verifier.verify(ctx, request).await.map(drop)
}

/// The error of a rejected token, as in the log.
async fn refusal(verifier: &FetchingJwtVerifier, ctx: &Context<Definition>, name: &str) -> String {
    check(verifier, ctx, name).await.unwrap_err().to_string()
}

#[tokio::test]
async fn keys_are_fetched_over_the_network_once_for_many() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/keys", listener.local_addr().unwrap());
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let keys = fixture()["keySet"].to_string();
    let issuer = tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                stream.read_buf(&mut request).await.unwrap();
            }
            assert!(request.starts_with(b"GET /keys HTTP/1.1\r\n"));
            assert!(!String::from_utf8_lossy(&request).contains("test-token"));
            count.fetch_add(1, Ordering::Relaxed);
            let head = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length:";
            let answer = format!("{head} {}\r\n\r\n{keys}", keys.len());
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    let ctx = ContextBuilder::<Definition>::new(configuration())
        .transport(Arc::new(HttpTransport::new()))
        .build();
    let verifier = Arc::new(verifier(&address));
    let mut checking = tokio::task::JoinSet::new();
    for name in ["rs256", "es256", "severalAudiences"].repeat(10) {
        let (verifier, ctx) = (Arc::clone(&verifier), Context::clone(&ctx));
        checking.spawn(async move { check(&verifier, &ctx, name).await });
    }
    for checked in checking.join_all().await {
        checked.unwrap();
    }
    assert_eq!(asked.load(Ordering::Relaxed), 1);
    assert_eq!(
        refusal(&verifier, &ctx, "expired").await,
        "invalid token: the token has expired"
    );
    issuer.abort();
}

#[tokio::test(start_paused = true)]
async fn keys_expire_after_their_lifetime() {
    let ctx = bot();
    let verifier = verifier(ADDRESS).lifetime(Duration::from_hours(2));
    serve(&ctx, &fixture()["keySet"]);
    check(&verifier, &ctx, "rs256").await.unwrap();
    advance(Duration::from_mins(119)).await;
    check(&verifier, &ctx, "rs256").await.unwrap();
    assert_eq!(ctx.requests().len(), 1);
    advance(Duration::from_mins(1)).await;
    // The issuer has removed the key.
    serve(&ctx, &older_keys());
    assert_eq!(
        refusal(&verifier, &ctx, "rs256").await,
        "invalid token: the key is not in the key set"
    );
    assert_eq!(ctx.requests().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_new_key_is_fetched_when_a_token_names_it_and_not_too_often() {
    let ctx = bot();
    let verifier = verifier(ADDRESS);
    serve(&ctx, &older_keys());
    check(&verifier, &ctx, "es256").await.unwrap();
    // The set was fetched just now: an unknown key id triggers no new fetch.
    for _ in 0..10 {
        assert!(check(&verifier, &ctx, "unknownKey").await.is_err());
    }
    assert_eq!(ctx.requests().len(), 1);
    advance(Duration::from_mins(1)).await;
    serve(&ctx, &fixture()["keySet"]);
    check(&verifier, &ctx, "rs256").await.unwrap();
    assert_eq!(ctx.requests().len(), 2);
    for _ in 0..10 {
        assert!(check(&verifier, &ctx, "unknownKey").await.is_err());
    }
    assert_eq!(ctx.requests().len(), 2);
    check(&verifier, &ctx, "es256").await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn keys_that_cannot_be_fetched_are_a_failure_and_no_refusal() {
    let ctx = bot();
    let verifier = verifier(ADDRESS);
    ctx.answer(StatusCode::NOT_FOUND, &json!({}));
    let failed = check(&verifier, &ctx, "rs256").await.unwrap_err();
    assert!(failed.as_api().is_none());
    assert_eq!(
        failed.to_string(),
        "cannot fetch the key set: the response has the status 404 Not Found"
    );
    advance(Duration::from_secs(10)).await;
    serve(&ctx, &json!({ "no": "keys" }));
    let failed = refusal(&verifier, &ctx, "rs256").await;
    assert_eq!(failed, "the response is not a key set");
    advance(Duration::from_secs(10)).await;
    serve(&ctx, &fixture()["keySet"]);
    check(&verifier, &ctx, "rs256").await.unwrap();

    // The known set stays in use while a new fetch fails.
    advance(Duration::from_mins(1)).await;
    ctx.transport().go_down(ApiErrorKind::Forbidden, "no");
    assert!(check(&verifier, &ctx, "unknownKey").await.is_err());
    let asked = ctx.requests().len();
    for _ in 0..10 {
        assert!(check(&verifier, &ctx, "unknownKey").await.is_err());
        check(&verifier, &ctx, "rs256").await.unwrap();
    }
    assert_eq!(ctx.requests().len(), asked);
}

#[tokio::test]
async fn nothing_is_fetched_for_an_unacceptable_token() {
    let ctx = bot();
    let verifier = verifier(ADDRESS);
    for name in ["unsigned", "hmacWithPublicKey"] {
        assert!(check(&verifier, &ctx, name).await.is_err(), "{name}");
    }
    let requests = [
        WebhookRequest::new("POST", "/"),
        WebhookRequest::new("POST", "/").with_header("authorization", "Bearer x"),
        WebhookRequest::new("POST", "/").with_header("authorization", token("rs256")),
    ];
    for request in requests {
        assert!(verifier.verify(&ctx, request).await.is_err());
    }
    assert!(ctx.requests().is_empty());
}

#[test]
fn key_sets_are_fetched_over_https_or_loopback_only() {
    let issuer = "https://issuer.test";
    for address in [
        "",
        "keys",
        "http://issuer.test/keys",
        "ftp://127.0.0.1/keys",
    ] {
        let refused = FetchingJwtVerifier::new(address, "app-1", issuer).map(drop);
        let unusable = matches!(refused, Err(SignatureError::UnusableSecret { .. }));
        assert!(unusable, "{address}");
    }
    assert!(FetchingJwtVerifier::new(ADDRESS, "", issuer).is_err());
    assert!(FetchingJwtVerifier::new("http://127.0.0.1:1/k", "app-1", issuer).is_ok());
}
