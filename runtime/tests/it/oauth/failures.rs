//! Providers and stores that hang, send unusual responses, or have no https.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use contexture::Secret;
use contexture::client::{RequestBody, SendFuture, Transport};
use contexture::oauth::{OauthApp, OauthError, Provider, TokenManager, TokenStore, Tokens};
use contexture::testing::{ContextBuilder, TestContext};
use http::StatusCode;
use serde_json::json;

use super::{Memory, PROVIDER, REDIRECT, app, back, context, state_of};
use crate::sample::{Configuration, Definition, OauthConfiguration};

/// Hangs on the first save, like a database whose connection was lost.
#[derive(Clone)]
struct HangsOnce(Memory, Arc<AtomicBool>);

impl TokenStore for HangsOnce {
    async fn load(&self) -> Result<Option<Tokens>, OauthError> {
        self.0.load().await
    }

    async fn save(&self, tokens: &Tokens) -> Result<(), OauthError> {
        if !self.1.swap(true, Ordering::Relaxed) {
            std::future::pending::<()>().await;
        }
        self.0.save(tokens).await
    }
}

/// A provider that responds to no request before the request with this number.
#[derive(Debug)]
struct HangsUntil {
    request: usize,
    asked: AtomicUsize,
}

impl HangsUntil {
    fn new(request: usize) -> Arc<Self> {
        let asked = AtomicUsize::new(0);
        Arc::new(Self { request, asked })
    }

    fn context(self: &Arc<Self>) -> TestContext<Definition> {
        let configuration = Configuration::Oauth(OauthConfiguration {
            client_id: "app-1".to_owned(),
            client_secret: Secret::from("app-secret"),
        });
        let provider = Arc::<Self>::clone(self);
        ContextBuilder::new(configuration)
            .transport(provider)
            .build()
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }
}

impl Transport for HangsUntil {
    fn send(&self, _: http::Request<RequestBody>) -> SendFuture {
        if self.asked.fetch_add(1, Ordering::Relaxed) + 1 < self.request {
            return Box::pin(std::future::pending());
        }
        let answer = json!({ "access_token": "access-2", "token_type": "bearer" });
        let answer = http::Response::new(Bytes::from(answer.to_string()));
        Box::pin(std::future::ready(Ok(answer)))
    }
}

/// Panics if the future never completes. The clock of the test is paused, so that this takes no real time.
async fn sometime<T>(work: impl Future<Output = T>) -> T {
    let limit = Duration::from_hours(24);
    let result = tokio::time::timeout(limit, work).await;
    result.expect("the future never completed")
}

/// Requests a token this many times concurrently.
async fn ask_at_once(
    times: usize,
    ctx: &TestContext<Definition>,
    manager: &Arc<TokenManager>,
    store: &Memory,
) -> Vec<Result<Secret, OauthError>> {
    let mut asking = tokio::task::JoinSet::new();
    for _ in 0..times {
        let (manager, app, store) = (Arc::clone(manager), app(), store.clone());
        let ctx = contexture::Context::<Definition>::clone(ctx);
        asking.spawn(async move { manager.access_token(&ctx, &app, &store).await });
    }
    asking.join_all().await
}

#[tokio::test(start_paused = true)]
async fn a_hanging_provider_fails_waiting_callers_together_and_no_later_ones() {
    let provider = HangsUntil::new(2);
    let ctx = provider.context();
    let manager = Arc::new(TokenManager::new());
    let store = Memory::with("access-1", Some("refresh-1"), Duration::ZERO);
    let tokens = sometime(ask_at_once(50, &ctx, &manager, &store)).await;
    assert_eq!(tokens.len(), 50);
    for token in tokens {
        assert!(matches!(&token, Err(OauthError::Unreachable(error)) if error.is_timeout()));
    }
    assert_eq!(provider.asked(), 1);
    let token = manager.access_token(&ctx, &app(), &store).await;
    assert_eq!(token.unwrap(), Secret::from("access-2"));
}

#[tokio::test(start_paused = true)]
async fn the_tokens_of_two_stores_do_not_share_an_error() {
    let provider = HangsUntil::new(2);
    let ctx = provider.context();
    let manager = Arc::new(TokenManager::new());
    let first = Memory::with("access-1", Some("refresh-1"), Duration::ZERO);
    let second = Memory::with("access-9", Some("refresh-9"), Duration::ZERO);
    let (first, second) = sometime(async {
        tokio::join!(
            ask_at_once(1, &ctx, &manager, &first),
            ask_at_once(1, &ctx, &manager, &second),
        )
    })
    .await;
    // The one that comes first waits for a provider that hangs, and the other one asks for itself.
    let mut results = [&first[0], &second[0]];
    results.sort_by_key(|result| result.is_ok());
    assert!(matches!(results[0], Err(OauthError::Unreachable(_))));
    assert!(matches!(results[1], Ok(token) if *token == Secret::from("access-2")));
}

#[tokio::test(start_paused = true)]
async fn an_exchange_without_a_response_times_out() {
    let provider = HangsUntil::new(usize::MAX);
    let ctx = provider.context();
    let request = back(&state_of(&app().authorize("webhook-1")));
    let app = app();
    let tokens = sometime(app.exchange(&ctx, &request)).await;
    assert!(matches!(tokens, Err(OauthError::Unreachable(error)) if error.is_timeout()));
    let refresh_token = Secret::from("refresh-1");
    let tokens = sometime(app.refresh(&ctx, &refresh_token)).await;
    assert!(matches!(tokens, Err(OauthError::Unreachable(error)) if error.is_timeout()));
    assert_eq!(provider.asked(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_hanging_store_releases_the_lock() {
    let ctx = context();
    let memory = Memory::with("access-1", Some("refresh-1"), Duration::ZERO);
    let store = HangsOnce(memory, Arc::default());
    let answer = json!({ "access_token": "access-2", "token_type": "bearer" });
    for _ in 0..2 {
        ctx.answer(StatusCode::OK, &answer);
    }
    let (manager, app) = (TokenManager::new(), app());
    let late = sometime(manager.access_token(&ctx, &app, &store)).await;
    assert!(matches!(late, Err(OauthError::Store(_))), "{late:?}");
    let token = manager.access_token(&ctx, &app, &store).await;
    assert_eq!(token.unwrap(), Secret::from("access-2"));
}

#[tokio::test]
async fn short_lived_tokens_are_refreshed_once_for_all_waiting_callers() {
    let ctx = context();
    let store = Memory::with("access-1", Some("refresh-1"), Duration::ZERO);
    let answer = json!({ "access_token": "access-2", "token_type": "bearer", "expires_in": 30 });
    ctx.answer(StatusCode::OK, &answer);
    let manager = Arc::new(TokenManager::new());
    for token in ask_at_once(20, &ctx, &manager, &store).await {
        assert_eq!(token.unwrap(), Secret::from("access-2"));
    }
    assert_eq!(ctx.requests().len(), 1);
}

#[tokio::test]
async fn tokens_with_any_lifetime_are_stored() {
    for lasts in [
        json!(0),
        json!(-1),
        json!(3599.5),
        json!("3600"),
        json!("soon"),
        json!(300_000_000_000_u64),
        json!(i64::MAX),
        json!(u64::MAX),
    ] {
        let ctx = context();
        ctx.answer(
            StatusCode::OK,
            &json!({ "access_token": "access-2", "token_type": "bearer", "expires_in": lasts }),
        );
        let tokens = app().refresh(&ctx, &Secret::from("refresh-1")).await;
        let tokens = tokens.unwrap();
        let kept = serde_json::to_value(&tokens).unwrap();
        let kept: Tokens = serde_json::from_value(kept).unwrap();
        assert_eq!(kept.access_token, Secret::from("access-2"), "{lasts}");
    }
}

#[test]
fn holds_for_accepts_the_maximum_duration() {
    let mut tokens = Tokens::new("access-1");
    tokens.expires_at = Some(SystemTime::now() + Duration::from_hours(1));
    assert!(!tokens.holds_for(Duration::MAX));
    tokens.expires_at = None;
    assert!(tokens.holds_for(Duration::MAX));
}

#[test]
fn times_before_1970_are_kept_as_the_nearest_time() {
    let mut tokens = Tokens::new("access-1");
    tokens.expires_at = Some(SystemTime::UNIX_EPOCH - Duration::from_secs(1));
    let kept = serde_json::to_value(&tokens).unwrap();
    assert_eq!(kept["expiresAt"], "1970-01-01T00:00:00Z");
}

#[tokio::test]
async fn a_secret_is_sent_over_https_alone() {
    let app = |token_url| {
        let provider = Provider {
            token_url,
            ..PROVIDER
        };
        OauthApp::new(&provider, "app-1", &Secret::from("app-secret"), REDIRECT).unwrap()
    };
    let ctx = context();
    let refresh_token = Secret::from("refresh-1");
    for address in [
        "http://provider.test/token",
        "http://10.0.0.1/token",
        "http://localhost.provider.test/token",
    ] {
        let refused = app(address).refresh(&ctx, &refresh_token).await;
        assert!(matches!(refused, Err(OauthError::PlainHttp { .. })));
        let request = back(&state_of(&app(address).authorize("webhook-1")));
        let refused = app(address).exchange(&ctx, &request).await.unwrap_err();
        assert!(refused.to_string().contains("https"), "{refused}");
    }
    assert!(ctx.requests().is_empty());
    let answer = json!({ "access_token": "access-2", "token_type": "bearer" });
    for address in ["http://localhost:1/token", "http://127.0.0.2/token"] {
        ctx.answer(StatusCode::OK, &answer);
        let tokens = app(address).refresh(&ctx, &refresh_token).await;
        assert!(tokens.is_ok(), "{address}");
    }
}
