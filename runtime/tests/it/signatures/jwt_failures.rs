//! Key sets that cannot be fetched.

use std::sync::Arc;
use std::time::Duration;

use contexture::testing::TestContext;
use contexture::webhook::signature::jwt::FetchingJwtVerifier;
use contexture::{ApiErrorKind, Context};
use tokio::task::JoinSet;
use tokio::time::advance;

use super::jwt::fixture;
use super::jwt_fetching::{ADDRESS, bot, check, older_keys, serve, verifier};
use crate::sample::Definition;

/// Verifies a token this many times concurrently; returns the number of successes.
async fn held(
    times: usize,
    verifier: &Arc<FetchingJwtVerifier>,
    ctx: &TestContext<Definition>,
) -> usize {
    let mut checking = JoinSet::new();
    for _ in 0..times {
        let (verifier, ctx) = (Arc::clone(verifier), Context::clone(ctx));
        checking.spawn(async move { check(&verifier, &ctx, "rs256").await.is_ok() });
    }
    let held = checking.join_all().await;
    held.into_iter().filter(|held| *held).count()
}

#[tokio::test(start_paused = true)]
async fn a_hanging_address_fails_all_waiting_callers_together() {
    let ctx = bot();
    ctx.transport().hang();
    let verifier = Arc::new(verifier(ADDRESS));
    assert_eq!(held(50, &verifier, &ctx).await, 0);
    // One fetch, with retries within its timeout.
    assert!(ctx.requests().len() <= 2, "{}", ctx.requests().len());
}

#[tokio::test(start_paused = true)]
async fn after_a_failure_nothing_is_fetched_for_ten_seconds() {
    let ctx = bot();
    let verifier = verifier(ADDRESS);
    ctx.transport().go_down(ApiErrorKind::Forbidden, "no");
    let failed = check(&verifier, &ctx, "rs256").await.unwrap_err();
    assert!(failed.as_api().is_none());
    let asked = ctx.requests().len();
    ctx.transport().come_back();
    serve(&ctx, &fixture()["keySet"]);
    for _ in 0..9 {
        advance(Duration::from_secs(1)).await;
        let remembered = check(&verifier, &ctx, "rs256").await.unwrap_err();
        assert_eq!(remembered.to_string(), failed.to_string());
    }
    assert_eq!(ctx.requests().len(), asked);
    advance(Duration::from_secs(1)).await;
    check(&verifier, &ctx, "rs256").await.unwrap();
    assert_eq!(ctx.requests().len(), asked + 1);
}

#[tokio::test(start_paused = true)]
async fn an_old_set_is_used_for_a_bounded_time_while_fetches_fail() {
    let ctx = bot();
    let verifier = verifier(ADDRESS)
        .lifetime(Duration::from_hours(2))
        .stale_time(Duration::from_mins(30));
    serve(&ctx, &fixture()["keySet"]);
    check(&verifier, &ctx, "rs256").await.unwrap();
    ctx.transport().go_down(ApiErrorKind::Forbidden, "no");
    advance(Duration::from_mins(149)).await;
    check(&verifier, &ctx, "rs256").await.unwrap();
    let asked = ctx.requests().len();
    check(&verifier, &ctx, "rs256").await.unwrap();
    assert_eq!(ctx.requests().len(), asked);
    advance(Duration::from_mins(1)).await;
    assert!(check(&verifier, &ctx, "rs256").await.is_err());
}

#[tokio::test(start_paused = true)]
async fn an_old_set_is_used_while_a_newer_one_is_on_its_way() {
    let ctx = bot();
    let verifier = Arc::new(verifier(ADDRESS).lifetime(Duration::from_hours(2)));
    serve(&ctx, &fixture()["keySet"]);
    check(&verifier, &ctx, "rs256").await.unwrap();
    advance(Duration::from_hours(2)).await;
    ctx.transport().hang();
    assert_eq!(held(50, &verifier, &ctx).await, 50);
    assert!(ctx.requests().len() <= 3, "{}", ctx.requests().len());
}

#[tokio::test(start_paused = true)]
async fn an_old_set_does_not_help_a_token_whose_key_it_lacks() {
    let ctx = bot();
    let verifier = verifier(ADDRESS).pause(Duration::ZERO);
    serve(&ctx, &older_keys());
    check(&verifier, &ctx, "es256").await.unwrap();
    ctx.transport().go_down(ApiErrorKind::Forbidden, "no");
    assert!(check(&verifier, &ctx, "rs256").await.is_err());
    let asked = ctx.requests().len();
    for _ in 0..10 {
        assert!(check(&verifier, &ctx, "rs256").await.is_err());
        check(&verifier, &ctx, "es256").await.unwrap();
    }
    assert_eq!(ctx.requests().len(), asked);
}
