//! Deliveries: once, again after a failure, and while the store is down.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use contexture::store::WhenDown;
use contexture::testing::{self, TestContext};
use contexture::webhook::{Deliveries, NotBegun};
use contexture::{Context, Result, WebhookResponse};
use tokio::sync::Notify;
use tokio::task::JoinSet;

use super::stub::{Mode, StubStore};
use crate::sample::Definition;
use crate::support::configuration;

const KEY: &str = "delivery:integration-1:a";
const HOUR: Duration = Duration::from_hours(1);

fn context() -> TestContext<Definition> {
    testing::context(configuration())
}

/// Two processes with one store.
fn two() -> (StubStore, [Deliveries; 2]) {
    let store = StubStore::default();
    let process = || Deliveries::new(HOUR).store(store.clone());
    (store.clone(), [process(), process()])
}

/// Work that is counted, and that waits until it may end.
#[derive(Clone, Debug, Default)]
struct Work {
    began: Arc<Notify>,
    may_end: Arc<Notify>,
    runs: Arc<AtomicUsize>,
    ends: Arc<AtomicUsize>,
}

impl Work {
    async fn run(self) -> Result<WebhookResponse> {
        self.runs.fetch_add(1, Ordering::SeqCst);
        self.began.notify_one();
        self.may_end.notified().await;
        self.ends.fetch_add(1, Ordering::SeqCst);
        Ok(WebhookResponse::text("work"))
    }

    fn counts(&self) -> (usize, usize) {
        let count = |counter: &AtomicUsize| counter.load(Ordering::SeqCst);
        (count(&self.runs), count(&self.ends))
    }
}

async fn at_once(deliveries: &Deliveries, ctx: &Context<Definition>) -> WebhookResponse {
    let work = async { Ok(WebhookResponse::text("work")) };
    deliveries.handle(ctx, "a", work).await.unwrap()
}

/// Starts work in a task of its own, and waits until it runs.
async fn begin(
    deliveries: &Deliveries,
    ctx: &Context<Definition>,
    work: &Work,
) -> tokio::task::JoinHandle<Result<WebhookResponse>> {
    let (deliveries, ctx) = (deliveries.clone(), ctx.clone());
    let running = work.clone();
    let task = tokio::spawn(async move { deliveries.handle(&ctx, "a", running.run()).await });
    work.began.notified().await;
    task
}

#[tokio::test]
async fn a_delivery_is_handled_once() {
    let (ctx, (_, [one, other])) = (context(), two());
    assert_eq!(at_once(&one, &ctx).await.body, "work");
    for deliveries in [&one, &other] {
        let again = at_once(deliveries, &ctx).await;
        assert_eq!(
            (again.status, &again.body[..]),
            (200, &b"the delivery was already handled"[..])
        );
    }
    // Another installation has other deliveries.
    let ctx = testing::ContextBuilder::<Definition>::new(configuration());
    let ctx = ctx.integration_id("integration-2").build();
    assert_eq!(at_once(&other, &ctx).await.body, "work");
}

#[tokio::test(start_paused = true)]
async fn what_is_remembered_ends_with_the_retention() {
    let (ctx, (_, [one, other])) = (context(), two());
    at_once(&one, &ctx).await;
    tokio::time::advance(HOUR / 2).await;
    assert_ne!(at_once(&other, &ctx).await.body, "work");
    tokio::time::advance(HOUR / 2).await;
    assert_eq!(at_once(&other, &ctx).await.body, "work");
}

#[tokio::test]
async fn a_delivery_that_failed_is_handled_when_it_comes_again() {
    let (ctx, (store, [one, other])) = (context(), two());
    let failed = one.handle(&ctx, "a", async { Err("no".into()) }).await;
    assert!(failed.is_err());
    for status in [500, 503, 429] {
        let work = async { Ok(WebhookResponse::ok().with_status(status)) };
        let response = other.handle(&ctx, "a", work).await.unwrap();
        assert_eq!(response.status, status);
    }
    assert!(store.keys().is_empty());
    // What is wrong with the delivery itself stays wrong.
    let work = async { Ok(WebhookResponse::ok().with_status(400)) };
    assert_eq!(one.handle(&ctx, "a", work).await.unwrap().status, 400);
    assert_eq!(at_once(&other, &ctx).await.status, 200);
}

#[tokio::test(start_paused = true)]
async fn a_delivery_waits_for_itself_and_then_asks_to_come_again() {
    let (ctx, (_, [one, other])) = (context(), two());
    let work = Work::default();
    let running = begin(&one, &ctx, &work).await;
    let busy = at_once(&other, &ctx).await;
    assert_eq!(busy.status, 503);
    let retry = busy.headers.iter().find(|(name, _)| name == "retry-after");
    // 30 seconds of the lease, less the 2 seconds that it waited.
    assert_eq!(retry.unwrap().1, "28");

    let (patient, asking) = (other.clone().wait(HOUR), ctx.clone());
    let waiting = tokio::spawn(async move { at_once(&patient, &asking).await });
    tokio::task::yield_now().await;
    work.may_end.notify_one();
    assert_eq!(running.await.unwrap().unwrap().body, "work");
    assert_eq!(
        waiting.await.unwrap().body,
        "the delivery was already handled"
    );
    assert_eq!(work.counts(), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn work_longer_than_its_lease_keeps_its_claim() {
    let (ctx, (_, [one, other])) = (context(), two());
    let work = Work::default();
    let running = begin(&one, &ctx, &work).await;
    for _ in 0..20 {
        tokio::time::sleep(Duration::from_secs(29)).await;
        let again = other.clone().wait(Duration::ZERO).begin(&ctx, "a").await;
        assert!(matches!(again, Err(NotBegun::Busy { .. })), "{again:?}");
    }
    work.may_end.notify_one();
    assert_eq!(running.await.unwrap().unwrap().status, 200);
}

#[tokio::test(start_paused = true)]
async fn a_claim_of_a_process_that_died_ends_with_its_lease() {
    let (ctx, (_, [one, other])) = (context(), two());
    let dead = one.begin(&ctx, "a").await.unwrap();
    // Neither renewed nor released.
    std::mem::forget(dead);
    assert_eq!(at_once(&other, &ctx).await.status, 503);
    assert_eq!(at_once(&other.wait(HOUR), &ctx).await.body, "work");
}

#[tokio::test(start_paused = true)]
async fn work_that_begins_after_its_lease_ended_runs_if_nobody_took_it() {
    let (ctx, (_, [one, other])) = (context(), two());
    let late = one.begin(&ctx, "a").await.unwrap();
    tokio::time::advance(HOUR).await;
    let work = Work::default();
    let running = tokio::spawn(late.run(work.clone().run()));
    work.began.notified().await;
    tokio::time::sleep(Duration::from_mins(1)).await;
    assert_eq!(at_once(&other, &ctx).await.status, 503);
    work.may_end.notify_one();
    assert_eq!(running.await.unwrap().unwrap().status, 200);
}

#[tokio::test(start_paused = true)]
async fn work_whose_claim_was_taken_over_is_canceled() {
    let (ctx, (store, [one, other])) = (context(), two());
    let work = Work::default();
    let running = begin(&one, &ctx, &work).await;
    // As if this process had been paused for longer than its lease.
    store.forget(KEY);
    let successor = other.begin(&ctx, "a").await.unwrap();
    let running = tokio::time::timeout(HOUR, running).await;
    assert_eq!(running.unwrap().unwrap().unwrap().status, 503);
    assert_eq!(work.counts(), (1, 0));
    assert!(
        ctx.log().text().contains("taken over"),
        "{}",
        ctx.log().text()
    );
    successor.run(async { Ok(()) }).await.unwrap();
    assert_eq!(
        at_once(&one, &ctx).await.body,
        "the delivery was already handled"
    );
}

#[tokio::test]
async fn a_canceled_or_panicking_handler_releases_its_delivery() {
    let (ctx, (store, [one, _])) = (context(), two());
    let work = Work::default();
    let running = begin(&one, &ctx, &work).await;
    assert_eq!(store.keys(), [KEY]);
    running.abort();
    assert!(running.await.unwrap_err().is_cancelled());
    assert!(store.keys().is_empty());

    let (deliveries, asking) = (one.clone(), ctx.clone());
    let work = async { panic!("in the handler") };
    let running = tokio::spawn(async move { deliveries.handle(&asking, "a", work).await.is_ok() });
    assert!(running.await.unwrap_err().is_panic());
    assert!(store.keys().is_empty());
}

#[tokio::test]
async fn a_thousand_concurrent_redeliveries_run_once() {
    let (ctx, (_, processes)) = (context(), two());
    let runs = Arc::new(AtomicUsize::new(0));
    let mut all = JoinSet::new();
    for deliveries in processes.iter().cycle().take(1000) {
        let (deliveries, ctx) = (deliveries.clone(), Context::<Definition>::clone(&ctx));
        let runs = Arc::clone(&runs);
        all.spawn(async move {
            let work = async {
                tokio::task::yield_now().await;
                runs.fetch_add(1, Ordering::SeqCst);
                Ok(WebhookResponse::ok())
            };
            deliveries.handle(&ctx, "a", work).await.unwrap().status
        });
    }
    let statuses = all.join_all().await;
    assert!(statuses.iter().all(|status| *status == 200));
    assert_eq!(runs.load(Ordering::SeqCst), 1);
}

#[tokio::test(start_paused = true)]
async fn deliveries_are_refused_while_the_store_is_down_and_the_log_says_it_once() {
    for mode in [Mode::Down, Mode::Hanging] {
        let (ctx, (store, [one, _])) = (context(), two());
        store.set(mode);
        let mut all = JoinSet::new();
        for _ in 0..100 {
            let (one, ctx) = (one.clone(), Context::<Definition>::clone(&ctx));
            all.spawn(async move { at_once(&one, &ctx).await });
        }
        for response in all.join_all().await {
            assert_eq!(response.status, 503);
            let retry = response
                .headers
                .iter()
                .find(|(name, _)| name == "retry-after");
            assert_eq!(retry.unwrap().1, "10");
        }
        store.set(Mode::Up);
        assert_eq!(at_once(&one, &ctx).await.body, "work");
        let lines = ctx.log().lines();
        assert_eq!(lines.len(), 2, "{}", ctx.log().text());
        let texts: Vec<_> = lines.iter().map(|line| line.text.as_str()).collect();
        let begin = "deliveries are answered with a 503 until it answers";
        assert!(texts[0].starts_with("the store is down (") && texts[0].ends_with(begin));
        assert!(
            texts[1].starts_with("the store answers again"),
            "{}",
            texts[1]
        );
        assert!(
            texts[1].ends_with("; 100 operations failed"),
            "{}",
            texts[1]
        );
    }
}

#[tokio::test(start_paused = true)]
async fn deliveries_are_handled_while_the_store_is_down_if_the_author_chose_it() {
    for mode in [Mode::Down, Mode::Hanging] {
        let (ctx, (store, [one, other])) = (context(), two());
        let one = one.when_store_is_down(WhenDown::Proceed);
        store.set(mode);
        assert_eq!(at_once(&one, &ctx).await.body, "work");
        // It is not remembered, but it is claimed as soon as the store answers.
        let work = Work::default();
        let running = begin(&one, &ctx, &work).await;
        store.set(Mode::Up);
        tokio::time::sleep(Duration::from_secs(30)).await;
        assert_eq!(at_once(&other, &ctx).await.status, 503);
        work.may_end.notify_one();
        assert_eq!(running.await.unwrap().unwrap().body, "work");
        assert_eq!(
            at_once(&other, &ctx).await.body,
            "the delivery was already handled"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_store_that_is_down_is_not_asked_all_the_time() {
    for mode in [Mode::Down, Mode::Hanging] {
        let (ctx, (store, [one, _])) = (context(), two());
        let one = one.when_store_is_down(WhenDown::Proceed);
        store.set(mode);
        let work = Work::default();
        let running = begin(&one, &ctx, &work).await;
        let before = store.asked();
        tokio::time::sleep(HOUR).await;
        // Every ten seconds.
        assert!(store.asked() - before <= 361, "{}", store.asked());
        work.may_end.notify_one();
        assert_eq!(running.await.unwrap().unwrap().body, "work");
    }
}

#[tokio::test(start_paused = true)]
async fn an_outage_shorter_than_the_lease_disturbs_no_work_and_a_longer_one_stops_it() {
    for mode in [Mode::Down, Mode::Hanging] {
        let (ctx, (store, [one, other])) = (context(), two());
        let work = Work::default();
        let running = begin(&one, &ctx, &work).await;
        store.set(mode);
        tokio::time::sleep(Duration::from_secs(20)).await;
        store.set(Mode::Up);
        tokio::time::sleep(Duration::from_mins(5)).await;
        assert_eq!(at_once(&other, &ctx).await.status, 503);
        store.set(mode);
        assert_eq!(running.await.unwrap().unwrap().status, 503);
        assert_eq!(work.counts(), (1, 0));
        store.set(Mode::Up);
        assert_eq!(at_once(&other.wait(HOUR), &ctx).await.body, "work");
    }
}

#[tokio::test(start_paused = true)]
async fn work_stops_at_the_end_of_a_lease_that_a_hanging_store_did_not_renew() {
    // Renewals of twelve seconds are asked for after four, and an operation takes up to five.
    let (ctx, (store, [one, _])) = (context(), two());
    let one = one.lease(Duration::from_secs(12));
    let running = begin(&one, &ctx, &Work::default()).await;
    store.set(Mode::Hanging);
    let began = tokio::time::Instant::now();
    assert_eq!(running.await.unwrap().unwrap().status, 503);
    assert_eq!(began.elapsed().as_secs(), 12);
}

#[tokio::test(start_paused = true)]
async fn work_that_is_done_is_answered_although_the_store_cannot_remember_it() {
    for mode in [Mode::Down, Mode::Hanging] {
        let (ctx, (store, [one, _])) = (context(), two());
        let work = Work::default();
        let running = begin(&one, &ctx, &work).await;
        store.set(mode);
        work.may_end.notify_one();
        assert_eq!(running.await.unwrap().unwrap().body, "work");
        // Its claim is not released, so that it is not handled again before the lease ends.
        assert_eq!(store.keys(), [KEY]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_waiting_delivery_does_not_ask_the_store_all_the_time() {
    let (ctx, (store, [one, other])) = (context(), two());
    let _running = begin(&one, &ctx, &Work::default()).await;
    let before = store.asked();
    at_once(&other.wait(Duration::from_secs(10)), &ctx).await;
    // Twice a second, after some at the begin, and the renewals of the other process.
    assert!(store.asked() - before <= 30, "{}", store.asked() - before);
}

#[tokio::test]
async fn work_after_the_response_is_handled_once() {
    let (ctx, (_, [one, other])) = (context(), two());
    let delivery = one.begin(&ctx, "a").await.unwrap();
    assert!(
        delivery
            .run(async { Err::<(), _>("no".into()) })
            .await
            .is_err()
    );
    let delivery = other.begin(&ctx, "a").await.unwrap();
    delivery.run(async { Ok(()) }).await.unwrap();
    let again = one.begin(&ctx, "a").await;
    assert_eq!(again.unwrap_err(), NotBegun::Handled);
}
