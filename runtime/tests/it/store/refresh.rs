//! Refreshes of tokens by several processes.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use contexture::oauth::{OauthError, TokenManager, TokenSource, TokenStore, Tokens};
use contexture::store::{StateStore, Store as _, WhenDown};
use contexture::testing::{self, TestContext};
use contexture::{Context, Secret};
use tokio::sync::Notify;
use tokio::task::JoinSet;

use super::stub::{Mode, StubStore};
use crate::sample::Definition;
use crate::support::configuration;

const HOUR: Duration = Duration::from_hours(1);
const KEY: &str = "refresh:integration-1";

fn context() -> TestContext<Definition> {
    testing::context(configuration())
}

/// The tokens, which all processes read and write.
#[derive(Clone, Debug)]
struct Shared(Arc<Mutex<Tokens>>);

impl Shared {
    fn lasting(time: Duration) -> Self {
        Self(Arc::new(Mutex::new(tokens(0, time))))
    }
}

impl TokenStore for Shared {
    async fn load(&self) -> Result<Option<Tokens>, OauthError> {
        tokio::task::yield_now().await;
        Ok(Some(self.0.lock().unwrap().clone()))
    }

    async fn save(&self, tokens: &Tokens) -> Result<(), OauthError> {
        tokio::task::yield_now().await;
        *self.0.lock().unwrap() = tokens.clone();
        Ok(())
    }
}

fn tokens(number: usize, lasts: Duration) -> Tokens {
    let mut tokens = Tokens::new(format!("access-{number}"));
    tokens.refresh_token = Some(Secret::from(format!("refresh-{number}")));
    tokens.expires_at = Some(SystemTime::now() + lasts);
    tokens
}

/// A provider that accepts each refresh token once.
#[derive(Clone, Debug, Default)]
struct Rotating {
    issued: Arc<AtomicUsize>,
    reused: Arc<AtomicUsize>,
    asked: Arc<Notify>,
    /// The lifetime of its tokens; an hour by default.
    lasts: Option<Duration>,
    /// Whether requests wait.
    waits: bool,
    may_answer: Arc<Notify>,
}

impl TokenSource for Rotating {
    async fn renew<D: contexture::Definition>(
        &self,
        _: &Context<D>,
        stored: Option<&Tokens>,
    ) -> Result<Tokens, OauthError> {
        self.asked.notify_one();
        if self.waits {
            self.may_answer.notified().await;
        }
        let current = format!("refresh-{}", self.issued.load(Ordering::SeqCst));
        let sent = stored.and_then(|tokens| tokens.refresh_token.as_ref());
        if sent.map(Secret::expose) != Some(&current) {
            self.reused.fetch_add(1, Ordering::SeqCst);
            return Err(OauthError::NotAuthorized);
        }
        let number = self.issued.fetch_add(1, Ordering::SeqCst) + 1;
        Ok(tokens(number, self.lasts.unwrap_or(HOUR)))
    }
}

#[tokio::test]
async fn many_processes_refresh_once_and_the_others_read() {
    many_processes_refresh_once(Rotating::default()).await;
}

#[tokio::test]
async fn many_processes_refresh_tokens_of_a_short_lifetime_once() {
    let lasts = Some(Duration::from_secs(30));
    let provider = Rotating::default();
    many_processes_refresh_once(Rotating { lasts, ..provider }).await;
}

async fn many_processes_refresh_once(provider: Rotating) {
    let (ctx, claims) = (context(), StubStore::default());
    let store = Shared::lasting(Duration::ZERO);
    let mut asking = JoinSet::new();
    for _ in 0..50 {
        // Each process has its own manager.
        let manager = TokenManager::new().store(claims.clone());
        for _ in 0..4 {
            let ctx = Context::<Definition>::clone(&ctx);
            let (manager, provider, store) = (manager.clone(), provider.clone(), store.clone());
            asking.spawn(async move { manager.access_token(&ctx, &provider, &store).await });
        }
    }
    let tokens = asking.join_all().await;
    assert_eq!(tokens.len(), 200);
    for token in tokens {
        assert_eq!(token.unwrap(), Secret::from("access-1"));
    }
    assert_eq!(provider.issued.load(Ordering::SeqCst), 1);
    assert_eq!(provider.reused.load(Ordering::SeqCst), 0);
    assert!(claims.keys().is_empty(), "the claim is released");
}

#[tokio::test]
async fn processes_that_share_a_state_only_refresh_once_too() {
    let ctx = context();
    let (provider, store) = (Rotating::default(), Shared::lasting(Duration::ZERO));
    let mut asking = JoinSet::new();
    for _ in 0..10 {
        let ctx = Context::<Definition>::clone(&ctx);
        let (provider, store) = (provider.clone(), store.clone());
        asking.spawn(async move {
            let claims = StateStore::new(ctx.client().states().oauth());
            let manager = TokenManager::new().store(claims);
            manager.access_token(&ctx, &provider, &store).await
        });
    }
    for token in asking.join_all().await {
        assert_eq!(token.unwrap(), Secret::from("access-1"));
    }
    assert_eq!(provider.issued.load(Ordering::SeqCst), 1);
}

#[tokio::test(start_paused = true)]
async fn a_refresh_longer_than_its_lease_is_not_taken_over() {
    let (ctx, claims) = (context(), StubStore::default());
    let provider = Rotating {
        waits: true,
        ..Rotating::default()
    };
    let store = Shared::lasting(Duration::ZERO);
    let ask = || {
        let manager = TokenManager::new().store(claims.clone());
        let ctx = Context::<Definition>::clone(&ctx);
        let (provider, store) = (provider.clone(), store.clone());
        tokio::spawn(async move { manager.access_token(&ctx, &provider, &store).await })
    };
    let one = ask();
    provider.asked.notified().await;
    let other = ask();
    tokio::time::sleep(Duration::from_mins(2)).await;
    provider.may_answer.notify_one();
    for token in [one, other] {
        assert_eq!(token.await.unwrap().unwrap(), Secret::from("access-1"));
    }
    assert_eq!(provider.reused.load(Ordering::SeqCst), 0);
}

#[tokio::test(start_paused = true)]
async fn a_process_that_died_during_a_refresh_is_replaced_after_its_lease() {
    let (ctx, claims) = (context(), StubStore::default());
    let lease = Duration::from_secs(30);
    claims
        .claim(KEY, "a process that died", lease)
        .await
        .unwrap();
    let (provider, store) = (Rotating::default(), Shared::lasting(Duration::ZERO));
    let manager = TokenManager::new().store(claims);
    let began = tokio::time::Instant::now();
    let token = manager.access_token(&ctx, &provider, &store).await;
    assert_eq!(token.unwrap(), Secret::from("access-1"));
    assert!(began.elapsed() >= lease);
}

#[tokio::test(start_paused = true)]
async fn tokens_that_the_holder_stored_before_it_died_are_used_at_once() {
    let (ctx, claims) = (context(), StubStore::default());
    claims
        .claim(KEY, "a process that dies", HOUR)
        .await
        .unwrap();
    let (provider, store) = (Rotating::default(), Shared::lasting(Duration::ZERO));
    let (manager, waiting) = (TokenManager::new().store(claims.clone()), store.clone());
    let (asking, source) = (Context::<Definition>::clone(&ctx), provider.clone());
    let token = tokio::spawn(async move { manager.access_token(&asking, &source, &waiting).await });
    tokio::task::yield_now().await;
    store.save(&tokens(7, HOUR)).await.unwrap();
    assert_eq!(token.await.unwrap().unwrap(), Secret::from("access-7"));
    assert_eq!(provider.issued.load(Ordering::SeqCst), 0);
}

#[tokio::test(start_paused = true)]
async fn without_the_store_a_token_is_used_to_its_end_and_then_an_error() {
    for mode in [Mode::Down, Mode::Hanging] {
        let (ctx, claims) = (context(), StubStore::default());
        claims.set(mode);
        let provider = Rotating::default();
        let manager = TokenManager::new().store(claims.clone());
        let near_its_end = Shared::lasting(Duration::from_secs(50));
        let token = manager.access_token(&ctx, &provider, &near_its_end).await;
        assert_eq!(token.unwrap(), Secret::from("access-0"));
        let ended = Shared::lasting(Duration::ZERO);
        let token = manager.access_token(&ctx, &provider, &ended).await;
        assert!(matches!(token, Err(OauthError::Lease { .. })), "{token:?}");
        assert_eq!(provider.issued.load(Ordering::SeqCst), 0);
        let log = ctx.log().text();
        assert!(
            log.ends_with("OAuth tokens are not refreshed until it answers"),
            "{log}"
        );
        assert_eq!(ctx.log().lines().len(), 1, "{log}");

        claims.set(Mode::Up);
        let token = manager.access_token(&ctx, &provider, &ended).await;
        assert_eq!(token.unwrap(), Secret::from("access-1"));
    }
}

#[tokio::test(start_paused = true)]
async fn without_the_store_a_token_is_refreshed_if_the_author_chose_it() {
    for mode in [Mode::Down, Mode::Hanging] {
        let (ctx, claims) = (context(), StubStore::default());
        claims.set(mode);
        let (provider, store) = (Rotating::default(), Shared::lasting(Duration::ZERO));
        let manager = TokenManager::new().store(claims);
        let manager = manager.when_store_is_down(WhenDown::Proceed);
        let token = manager.access_token(&ctx, &provider, &store).await;
        assert_eq!(token.unwrap(), Secret::from("access-1"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_store_that_goes_down_during_a_refresh_does_not_lose_its_tokens() {
    for mode in [Mode::Down, Mode::Hanging] {
        let (ctx, claims) = (context(), StubStore::default());
        let provider = Rotating {
            waits: true,
            ..Rotating::default()
        };
        let store = Shared::lasting(Duration::ZERO);
        let manager = TokenManager::new().store(claims.clone());
        let (asking, source) = (Context::<Definition>::clone(&ctx), provider.clone());
        let saved = store.clone();
        let token =
            tokio::spawn(async move { manager.access_token(&asking, &source, &saved).await });
        provider.asked.notified().await;
        claims.set(mode);
        tokio::time::sleep(Duration::from_mins(2)).await;
        provider.may_answer.notify_one();
        assert_eq!(token.await.unwrap().unwrap(), Secret::from("access-1"));
        let kept = store.load().await.unwrap().unwrap();
        assert_eq!(kept.refresh_token, Some(Secret::from("refresh-1")));
    }
}
