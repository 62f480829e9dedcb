//! Retries: a table of statuses, methods and headers, with a paused clock.

use std::time::Duration;

use contexture::ClientError;
use contexture::client::{RetryPolicy, TransportError};
use contexture::testing::TestContext;
use http::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::{context, last_webhook};
use crate::sample::Definition;

/// The outcome of every attempt.
#[derive(Clone, Copy, Debug)]
enum Outcome {
    Status(u16, &'static [(&'static str, &'static str)]),
    Unreached,
    Lost,
    TimedOut,
}

use Outcome::{Lost, Status, TimedOut, Unreached};

const DATE: (&str, &str) = ("date", "Wed, 25 Nov 2026 08:00:00 GMT");

impl Outcome {
    fn script(self, ctx: &TestContext<Definition>) {
        match self {
            Status(status, headers) => {
                let status = StatusCode::from_u16(status).unwrap();
                ctx.transport().answer_with(status, headers, &json!({}));
            }
            Unreached => ctx.transport().fail(TransportError::unreached("no route")),
            Lost => ctx.transport().fail(TransportError::new("reset")),
            TimedOut => ctx.transport().fail(TransportError::timeout("late")),
        }
    }
}

/// Sends a request whose attempts all have the same outcome; returns the number of attempts and the
/// seconds waited between them.
async fn send(policy: RetryPolicy, method: Method, outcome: Outcome) -> (usize, f64) {
    let ctx = context();
    for _ in 0..5 {
        outcome.script(&ctx);
    }
    let client = ctx.client().retries(policy);
    let start = Instant::now();
    let sent = client
        .untyped()
        .request(method, &["v1", "x"], &[], None)
        .await;
    assert!(
        sent.is_err() || matches!(outcome, Status(200, _)),
        "{sent:?}"
    );
    (ctx.requests().len(), start.elapsed().as_secs_f64())
}

/// Returns whether a wait took this many seconds, or up to a quarter more.
fn is_about(waited: f64, seconds: f64) -> bool {
    // The clock has a resolution of one millisecond.
    (seconds - 0.01..=seconds * 1.25 + 0.01).contains(&waited)
}

#[tokio::test(start_paused = true)]
async fn only_idempotent_requests_are_retried_once_the_server_may_have_them() {
    const IDEMPOTENT: [Method; 5] = [
        Method::GET,
        Method::HEAD,
        Method::OPTIONS,
        Method::PUT,
        Method::DELETE,
    ];
    const OTHER: [Method; 2] = [Method::POST, Method::PATCH];
    // The number of attempts: idempotent methods, other methods by default, other methods by the official rule.
    let table = [
        (Status(200, &[]), 1, 1, 1),
        (Status(400, &[]), 1, 1, 1),
        (Status(401, &[]), 1, 1, 1),
        (Status(404, &[]), 1, 1, 1),
        (Status(408, &[]), 1, 1, 1),
        (Status(409, &[]), 1, 1, 1),
        (Status(429, &[]), 4, 4, 4),
        (Status(500, &[]), 4, 1, 1),
        (Status(501, &[]), 4, 1, 1),
        (Status(502, &[]), 4, 1, 4),
        (Status(503, &[]), 4, 1, 1),
        (Status(504, &[]), 4, 1, 1),
        (Status(599, &[]), 4, 1, 1),
        (Unreached, 4, 4, 4),
        (Lost, 4, 1, 4),
        (TimedOut, 4, 1, 4),
    ];
    let (ours, official) = (RetryPolicy::new(), RetryPolicy::new().resending_always());
    for (outcome, idempotent, other, other_officially) in table {
        for method in IDEMPOTENT {
            let (sent, waited) = send(ours, method.clone(), outcome).await;
            assert_eq!(sent, idempotent, "{method} {outcome:?}");
            assert!(
                is_about(waited, if sent == 4 { 6.0 } else { 0.0 }),
                "{method} {waited}"
            );
            let (sent, _) = send(official, method.clone(), outcome).await;
            assert_eq!(sent, idempotent, "{method} {outcome:?} officially");
        }
        for method in OTHER {
            let (sent, _) = send(ours, method.clone(), outcome).await;
            assert_eq!(sent, other, "{method} {outcome:?}");
            let (sent, _) = send(official, method.clone(), outcome).await;
            assert_eq!(sent, other_officially, "{method} {outcome:?} officially");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_headers_tell_how_long_to_wait() {
    // The wait in seconds before the one retry.
    let table: [(&[(&str, &str)], f64); 12] = [
        (&[], 1.0),
        (&[("retry-after", "7")], 7.0),
        (&[("x-ratelimit-reset", "8")], 8.0),
        (&[("ratelimit-reset", "9")], 9.0),
        (
            &[
                ("retry-after", "7"),
                ("x-ratelimit-reset", "8"),
                ("ratelimit-reset", "9"),
            ],
            9.0,
        ),
        (&[("retry-after", "7"), ("x-ratelimit-reset", "8")], 8.0),
        (&[("retry-after", "0.5")], 0.5),
        (
            &[("retry-after", "Wed, 25 Nov 2026 08:00:12 GMT"), DATE],
            12.0,
        ),
        (
            &[("retry-after", "Wed, 25 Nov 2026 07:00:00 GMT"), DATE],
            0.0,
        ),
        (&[("retry-after", "soon")], 1.0),
        (&[("retry-after", "-3")], 0.0),
        // A Unix timestamp instead of a delay.
        (&[("x-ratelimit-reset", "1795593600")], 30.0),
    ];
    for (headers, seconds) in table {
        let once = RetryPolicy::new().retries(1);
        let headers: &'static [_] = Box::leak(headers.to_vec().into_boxed_slice());
        let (sent, waited) = send(once, Method::POST, Status(429, headers)).await;
        assert_eq!(sent, 2, "{headers:?}");
        assert!(is_about(waited, seconds), "{headers:?}: {waited}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_ends_within_its_budget() {
    let policy = RetryPolicy::new().budget(Duration::from_secs(10));
    let (sent, waited) = send(policy, Method::GET, Status(503, &[("retry-after", "6")])).await;
    assert_eq!(sent, 2);
    assert!(is_about(waited, 6.0), "{waited}");
    let (sent, waited) = send(policy, Method::GET, Status(503, &[("retry-after", "11")])).await;
    assert_eq!((sent, waited), (1, 0.0));
}

#[tokio::test(start_paused = true)]
async fn a_policy_is_that_of_a_call() {
    let (sent, _) = send(RetryPolicy::never(), Method::GET, Status(503, &[])).await;
    assert_eq!(sent, 1);
    let (sent, _) = send(RetryPolicy::new().retries(1), Method::GET, Unreached).await;
    assert_eq!(sent, 2);
    let capped = RetryPolicy::new()
        .longest_wait(Duration::from_secs(2))
        .retries(1);
    let (_, waited) = send(capped, Method::GET, Status(429, &[("retry-after", "20")])).await;
    assert!(is_about(waited, 2.0), "{waited}");
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_takes_too_long_times_out() {
    let ctx = context();
    ctx.transport().hang();
    let get = ctx
        .client()
        .retries(RetryPolicy::new().retries(0))
        .states()
        .last_webhook();
    let start = Instant::now();
    let error = get.get().await.unwrap_err();
    let ClientError::Transport(error) = error else {
        panic!("{error:?}")
    };
    assert!(error.is_timeout());
    assert_eq!(start.elapsed().as_secs(), 60);
}

#[tokio::test(start_paused = true)]
async fn setters_are_retried_and_creations_are_not() {
    let ctx = context();
    let client = ctx.client();
    let stored = json!({ "state": { "payload": { "botId": "b", "timestamp": "now" } } });
    let failing = |answer: &Value| {
        Lost.script(&ctx);
        ctx.answer(StatusCode::OK, answer);
    };
    failing(&stored);
    client
        .states()
        .last_webhook()
        .set(&last_webhook())
        .await
        .unwrap();
    failing(&stored);
    client
        .states()
        .last_webhook()
        .patch(&json!({ "timestamp": "now" }))
        .await
        .unwrap();
    failing(&json!({}));
    client.configure().clear_identifier().send().await.unwrap();
    assert_eq!(ctx.requests().len(), 6);
    failing(&json!({}));
    assert!(client.track("a", 1).await.is_err());
    assert_eq!(ctx.requests().len(), 7);
}

#[tokio::test(start_paused = true)]
async fn no_wait_is_too_long_to_be_counted() {
    let patient = RetryPolicy::new()
        .longest_wait(Duration::MAX)
        .budget(Duration::MAX);
    let waits: [&[(&str, &str)]; 5] = [
        &[("retry-after", "18446744073709550000")],
        &[("retry-after", "1e400")],
        &[("retry-after", "-1")],
        &[("retry-after", "NaN")],
        &[("retry-after", "inf")],
    ];
    for headers in waits {
        // The wait has random jitter.
        for _ in 0..20 {
            let (sent, _) = send(patient, Method::GET, Status(429, headers)).await;
            assert!((1..=4).contains(&sent), "{headers:?}: {sent}");
        }
    }
}
