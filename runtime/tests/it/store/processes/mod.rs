//! Two processes of one integration, with one real Redis and one provider.

mod provider;
mod worker;

use std::net::SocketAddr;
use std::time::Duration;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use bytes::Bytes;
use contexture::client::{HttpTransport, Transport as _, TransportError};
use http::{Request, Response};
use serde_json::json;
use tokio::task::JoinSet;

use self::provider::Provider;
use super::redis_server::RedisServer;
use crate::process::Process;

const DELIVERIES: usize = 1000;

/// How many deliveries are under way at the same time.
const CONCURRENT: usize = 32;

/// The maximum time of a test, so that it fails instead of waiting for ever.
const LIMIT: Duration = Duration::from_secs(50);

/// A process of the integration.
struct Worker {
    process: Process,
    address: SocketAddr,
}

impl Worker {
    fn start(name: &str, redis: &RedisServer, provider: &Provider) -> Self {
        let mut command = Process::command("store::processes::worker::serve");
        command.env(worker::REDIS, redis.url());
        command.env(worker::PROVIDER, provider.url());
        command.env(worker::NAME, name);
        let mut process = Process::spawn(command);
        let address = process.wait_for_address();
        Self { process, address }
    }
}

/// Sends a webhook by way of Botpress. An error means that the process died.
async fn send(to: SocketAddr, path: &str) -> Result<Response<Bytes>, TransportError> {
    let call = json!({ "req": { "method": "POST", "path": path, "query": "", "headers": {} } });
    let request = Request::post(format!("http://{to}/"))
        .header("x-bot-id", "bot-1")
        .header("x-bot-user-id", "bot-user-1")
        .header("x-integration-id", "integration-1")
        .header("x-integration-alias", "sample")
        .header("x-webhook-id", "webhook-1")
        .header("x-bp-operation", "webhook_received")
        .header("x-bp-configuration-type", "personalAccessToken")
        .header(
            "x-bp-configuration",
            BASE64_STANDARD.encode(r#"{"token":"t"}"#),
        )
        .body(Bytes::from(call.to_string()))
        .unwrap();
    // A connection of its own, as from another machine.
    HttpTransport::new().send(request.map(Into::into)).await
}

/// Sends a delivery again, to the other process, until the response is a success. Returns whether a
/// process died meanwhile.
async fn deliver(to: [SocketAddr; 2], id: usize) -> bool {
    let mut is_interrupted = false;
    for to in to.iter().cycle() {
        match send(*to, &format!("/deliver/{id}")).await {
            Ok(response) if response.status().is_success() => break,
            Ok(_) => {}
            Err(error) => is_interrupted |= error.may_have_been_received(),
        }
    }
    is_interrupted
}

/// Sends a delivery to both processes at the same time. Returns whether a process died meanwhile.
async fn deliver_to_both(to: [SocketAddr; 2], id: usize) -> bool {
    let (one, two) = tokio::join!(deliver(to, id), deliver([to[1], to[0]], id));
    one || two
}

/// Runs each of these with a limited number at the same time. Returns the results in any order.
async fn each<F>(work: impl Iterator<Item = F>) -> Vec<F::Output>
where
    F: Future<Output: Send> + Send + 'static,
{
    let (mut running, mut results) = (JoinSet::new(), Vec::new());
    for one in work {
        if running.len() == CONCURRENT {
            results.push(running.join_next().await.unwrap().unwrap());
        }
        running.spawn(one);
    }
    results.extend(running.join_all().await);
    results
}

async fn in_time<T>(work: impl Future<Output = T>) -> T {
    let result = tokio::time::timeout(LIMIT, work).await;
    result.expect("the test did not end in time")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_redeliveries_to_two_processes_run_once() {
    let Some(redis) = RedisServer::start() else {
        return;
    };
    let provider = Provider::start().await;
    let workers = ["one", "two"].map(|name| Worker::start(name, &redis, &provider));
    let [one, two] = workers.each_ref().map(|worker| worker.address);
    // Each comes to both at the same time, and later again.
    in_time(each(
        (0..DELIVERIES).map(|id| deliver_to_both([one, two], id)),
    ))
    .await;
    assert_eq!(provider.handled(), vec![1; DELIVERIES]);
    in_time(each((0..DELIVERIES).map(|id| deliver([two, one], id)))).await;
    // A thousand times the same one.
    in_time(each((0..DELIVERIES).map(|time| {
        let to = if time % 2 == 0 {
            [one, two]
        } else {
            [two, one]
        };
        deliver(to, DELIVERIES)
    })))
    .await;
    assert_eq!(provider.handled(), vec![1; DELIVERIES + 1]);
    let by = provider.handled_by();
    assert!(by["one"] > 0 && by["two"] > 0, "both work: {by:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_is_killed_loses_no_delivery_and_repeats_none_that_was_done() {
    let Some(redis) = RedisServer::start() else {
        return;
    };
    let provider = Provider::start().await;
    let mut killed = Worker::start("killed", &redis, &provider);
    let other = Worker::start("other", &redis, &provider);
    provider.hold("killed", DELIVERIES / 3);
    let (one, two) = (killed.address, other.address);
    let sending = (0..DELIVERIES).map(move |id| deliver_to_both([one, two], id));
    let sending = tokio::spawn(each(sending));
    // All deliveries that are under way are in the middle of their work in this process.
    in_time(provider.has_held(CONCURRENT)).await;
    let before = provider.handled().iter().sum::<usize>();
    assert!((DELIVERIES / 3..DELIVERIES).contains(&before), "{before}");
    killed.process.kill();
    in_time(sending).await.unwrap();
    assert_eq!(provider.handled(), vec![1; DELIVERIES]);
    // Those that were held began twice: in the process that was killed, and in the other one.
    assert_eq!(provider.began(), DELIVERIES + CONCURRENT);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_is_killed_at_any_moment_repeats_at_most_what_was_under_way() {
    let Some(redis) = RedisServer::start() else {
        return;
    };
    let provider = Provider::start().await;
    let mut killed = Worker::start("killed", &redis, &provider);
    let other = Worker::start("other", &redis, &provider);
    let (one, two) = (killed.address, other.address);
    let sending =
        tokio::spawn(each((0..DELIVERIES).map(move |id| async move {
            (id, deliver_to_both([one, two], id).await)
        })));
    in_time(provider.has_handled(DELIVERIES / 3)).await;
    killed.process.kill();
    let mut delivered = in_time(sending).await.unwrap();
    delivered.sort_unstable();
    let handled = provider.handled();
    assert_eq!((handled.len(), delivered.len()), (DELIVERIES, DELIVERIES));
    for (times, (id, is_interrupted)) in handled.into_iter().zip(delivered) {
        // The process can die between the effect and the mark that it is done.
        let most = if is_interrupted { 2 } else { 1 };
        assert!(
            (1..=most).contains(&times),
            "{id} was handled {times} times"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_refresh_a_token_once() {
    let Some(redis) = RedisServer::start() else {
        return;
    };
    let provider = Provider::start().await;
    let workers = ["one", "two"].map(|name| Worker::start(name, &redis, &provider));
    let addresses = workers.each_ref().map(|worker| worker.address);
    let ask = |times| {
        let addresses = addresses.into_iter().cycle().take(times);
        let asking = addresses.map(|address| async move { send(address, "/token").await.unwrap() });
        in_time(each(asking))
    };
    let token = |response: Response<Bytes>| response.into_body();
    provider.wait_for_contention();
    let tokens: Vec<_> = ask(2).await.into_iter().map(token).collect();
    assert_eq!(tokens, ["access-1", "access-1"]);
    assert_eq!(provider.refreshes(), ["refresh-0"]);
    provider.end_tokens();
    let tokens: Vec<_> = ask(200).await.into_iter().map(token).collect();
    assert_eq!(tokens, vec![Bytes::from("access-2"); 200]);
    assert_eq!(provider.refreshes(), ["refresh-0", "refresh-1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_whose_process_is_killed_is_done_by_the_other() {
    let Some(redis) = RedisServer::start() else {
        return;
    };
    let provider = Provider::start().await;
    let mut killed = Worker::start("killed", &redis, &provider);
    let other = Worker::start("other", &redis, &provider);
    provider.hold("killed", 0);
    let address = killed.address;
    let lost = tokio::spawn(async move { send(address, "/token").await });
    in_time(provider.has_held(1)).await;
    let address = other.address;
    let waiting = tokio::spawn(async move { send(address, "/token").await });
    killed.process.kill();
    assert!(in_time(lost).await.unwrap().is_err());
    let response = in_time(waiting).await.unwrap().unwrap();
    assert_eq!(response.body(), "access-1");
    assert_eq!(provider.refreshes(), ["refresh-0"]);
}
