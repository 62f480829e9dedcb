//! The retry policy: which requests are retried, and when.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode, header};

use super::send::TransportError;
use crate::random;

/// The headers with the retry delay. The first one that is present counts.
const RESET_HEADERS: [&str; 3] = ["ratelimit-reset", "x-ratelimit-reset", "retry-after"];

/// The policy for retries and timeouts.
///
/// Like the official client, it retries a request up to 3 times
///
/// - after a connection error or a timeout,
/// - after the statuses 429 and 502,
/// - after all other 5xx statuses if the request is idempotent,
///
/// but unlike the official client, it does not retry non-idempotent requests once they may have
/// reached the server, because a message, an event or another object could be created twice. Such
/// requests are retried only if they cannot have reached the server (no connection was established)
/// or were rejected with 429. Requests that find existing objects (`get_or_create`, `get_or_set`)
/// or set a value, and all `GET`, `PUT` and `DELETE` requests are idempotent.
/// [`resending_always`](Self::resending_always) restores the behavior of the official client.
///
/// The delay is given by the headers `RateLimit-Reset`, `X-RateLimit-Reset` or `Retry-After`, in
/// seconds or as a date. Otherwise it is 1 second after the first attempt and 1 second longer after
/// each further one. Jitter of up to a quarter of the delay is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    retries: u32,
    timeout: Duration,
    budget: Duration,
    longest_wait: Duration,
    resends_always: bool,
}

impl RetryPolicy {
    /// Creates the default policy: 3 retries, a timeout of 1 minute per attempt, a budget of 2
    /// minutes, and a maximum delay of 30 seconds.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            retries: 3,
            timeout: Duration::from_mins(1),
            budget: Duration::from_mins(2),
            longest_wait: Duration::from_secs(30),
            resends_always: false,
        }
    }

    /// Creates a policy without retries.
    #[must_use]
    pub const fn never() -> Self {
        Self::new().retries(0)
    }

    /// Sets the maximum number of retries.
    #[must_use]
    pub const fn retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// Sets the timeout of one attempt.
    #[must_use]
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the budget: the maximum time of all attempts and delays together. If the next delay
    /// would exceed it, the last result is returned immediately.
    #[must_use]
    pub const fn budget(mut self, budget: Duration) -> Self {
        self.budget = budget;
        self
    }

    /// Sets the maximum delay, regardless of the delay that the API requests. Jitter is added to
    /// it.
    #[must_use]
    pub const fn longest_wait(mut self, longest_wait: Duration) -> Self {
        self.longest_wait = longest_wait;
        self
    }

    /// Also retries non-idempotent requests that may have reached the server, as the official
    /// client does.
    #[must_use]
    pub const fn resending_always(mut self) -> Self {
        self.resends_always = true;
        self
    }

    /// Returns the timeout of an attempt that starts after `passed`.
    pub(crate) fn time_left(&self, passed: Duration) -> Duration {
        self.timeout.min(self.budget.saturating_sub(passed))
    }

    /// Returns the delay before the next attempt, or `None` if the request is not retried.
    ///
    /// `attempts` is the number of attempts so far, `passed` is the time since the start of the
    /// first one.
    pub(crate) fn wait_after(
        &self,
        outcome: &Result<Response<Bytes>, TransportError>,
        repeatable: bool,
        attempts: u32,
        passed: Duration,
    ) -> Option<Duration> {
        if attempts > self.retries || !self.is_worth_it(outcome, repeatable) {
            return None;
        }
        let asked = outcome
            .as_ref()
            .ok()
            .and_then(|answer| asked_wait(answer.headers()));
        let wait = asked.unwrap_or(Duration::from_secs(u64::from(attempts)));
        let wait = wait.min(self.longest_wait);
        let wait = wait.saturating_add(wait.mul_f64(0.25 * random::fraction()));
        (passed.saturating_add(wait) < self.budget).then_some(wait)
    }

    fn is_worth_it(
        &self,
        outcome: &Result<Response<Bytes>, TransportError>,
        repeatable: bool,
    ) -> bool {
        let may_come_twice = repeatable || self.resends_always;
        match outcome {
            Ok(answer) => match answer.status() {
                StatusCode::TOO_MANY_REQUESTS => true,
                StatusCode::BAD_GATEWAY => may_come_twice,
                status => repeatable && status.is_server_error(),
            },
            Err(error) => may_come_twice || !error.may_have_been_received(),
        }
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}

/// Reads the delay that the API requests.
fn asked_wait(headers: &HeaderMap) -> Option<Duration> {
    let text = RESET_HEADERS.iter().find_map(|name| headers.get(*name));
    let text = text?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds.max(0.0)).ok();
    }
    let until = httpdate::parse_http_date(text).ok()?;
    // Uses the server's clock if the response has a date, because the local clock may be wrong.
    let date = headers
        .get(header::DATE)
        .and_then(|date| date.to_str().ok());
    let now = date.and_then(|date| httpdate::parse_http_date(date).ok());
    let now = now.unwrap_or_else(SystemTime::now);
    Some(until.duration_since(now).unwrap_or_default())
}
