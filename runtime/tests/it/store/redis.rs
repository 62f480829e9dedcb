//! Claims in a real Redis.

use std::time::Duration;

use contexture::store::{Claim, RedisStore, Store as _};
use contexture::testing::{self, TestContext, check_store, check_store_is_exact};
use contexture::webhook::Deliveries;
use contexture::{Context, WebhookResponse};
use tokio::task::JoinSet;

use super::redis_server::RedisServer;
use crate::sample::Definition;
use crate::support::configuration;

const MINUTE: Duration = Duration::from_mins(1);

/// The maximum time until something happens that a test waits for.
const LIMIT: Duration = Duration::from_secs(30);

fn context() -> TestContext<Definition> {
    testing::context(configuration())
}

async fn handle(deliveries: &Deliveries, ctx: &Context<Definition>, id: &str) -> WebhookResponse {
    let work = async { Ok(WebhookResponse::text("work")) };
    deliveries.handle(ctx, id, work).await.unwrap()
}

#[tokio::test]
async fn redis_keeps_the_rules() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let store = RedisStore::new(&server.url()).unwrap();
    check_store(&store).await;
    check_store_is_exact(&store).await;
}

#[tokio::test]
async fn stores_with_other_prefixes_do_not_share_claims() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let store = RedisStore::new(&server.url()).unwrap();
    let other = store.clone().prefix("other:");
    assert_eq!(
        store.claim("a", "one", MINUTE).await.unwrap(),
        Claim::Claimed
    );
    assert_eq!(
        other.claim("a", "two", MINUTE).await.unwrap(),
        Claim::Claimed
    );
}

#[tokio::test]
async fn a_process_starts_and_answers_while_redis_is_stopped() {
    let Some(mut server) = RedisServer::start() else {
        return;
    };
    let (ctx, store) = (context(), RedisStore::new(&server.url()).unwrap());
    let deliveries = Deliveries::new(MINUTE).store(store);
    server.stop();
    for id in ["a", "b", "c"] {
        assert_eq!(handle(&deliveries, &ctx, id).await.status, 503);
    }
    server.start_again();
    assert_eq!(handle(&deliveries, &ctx, "a").await.body, "work");
    // The connection that was open is replaced within one operation.
    server.stop();
    server.start_again();
    assert_eq!(handle(&deliveries, &ctx, "b").await.body, "work");
    let log = ctx.log().text();
    assert!(
        log.starts_with("the store is down (cannot reach Redis: "),
        "{log}"
    );
    assert!(log.ends_with("; 3 operations failed"), "{log}");
    assert_eq!(ctx.log().lines().len(), 2, "{log}");
}

#[tokio::test]
async fn calls_are_answered_while_redis_hangs_and_nothing_stays_behind() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let (ctx, store) = (context(), RedisStore::new(&server.url()).unwrap());
    let deliveries = Deliveries::new(MINUTE).store(store);
    let deliveries = deliveries.lease(Duration::from_millis(500));
    assert_eq!(handle(&deliveries, &ctx, "a").await.body, "work");
    server.pause();
    let mut all = JoinSet::new();
    for number in 0..200 {
        let (deliveries, ctx) = (deliveries.clone(), Context::<Definition>::clone(&ctx));
        all.spawn(async move {
            handle(&deliveries, &ctx, &format!("b-{number}"))
                .await
                .status
        });
    }
    let statuses = tokio::time::timeout(LIMIT, all.join_all()).await.unwrap();
    assert_eq!(statuses, [503; 200]);
    server.resume();
    // Redis carries out what it had received: claims of calls that were answered long ago.
    let deliveries = deliveries.wait(LIMIT);
    for number in 0..200 {
        let response = handle(&deliveries, &ctx, &format!("b-{number}")).await;
        assert_eq!(response.body, "work", "{number}");
    }
    assert_eq!(
        handle(&deliveries, &ctx, "a").await.body,
        "the delivery was already handled"
    );
    let log = ctx.log().text();
    assert!(log.contains("Redis did not respond within 1 s"), "{log}");
    assert_eq!(ctx.log().lines().len(), 2, "{log}");
}

#[test]
fn an_address_that_cannot_work_is_refused_without_showing_its_password() {
    for (url, problem) in [
        ("", "malformed"),
        ("redis.internal:6379", "malformed"),
        ("http://:hunter2@redis.internal", "malformed"),
        ("redis://:hunter2@redis.internal:port", "malformed"),
        ("rediss://:hunter2@redis.internal", "TLS"),
    ] {
        let error = RedisStore::new(url).unwrap_err();
        assert!(error.to_string().contains(problem), "{url}: {error}");
        assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    }
    let store = RedisStore::new("redis://:hunter2@redis.internal:6379/3").unwrap();
    assert!(!format!("{store:?}").contains("hunter2"), "{store:?}");
}
