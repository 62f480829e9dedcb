//! When a request is sent again, and how long that waits.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode, header};

use super::send::TransportError;

/// The headers that say how long to wait, in the order in which they are believed.
const RESET_HEADERS: [&str; 3] = ["ratelimit-reset", "x-ratelimit-reset", "retry-after"];

/// How often, how long and which requests are sent again.
///
/// The rule is that of the official client, which sends a request up to three times more
///
/// - after a connection that failed or an answer that did not come,
/// - after the statuses 429 and 502,
/// - after any other status from 500 on when the method is idempotent,
///
/// with one difference. What may have been received is sent again only where that does no harm: a
/// message, an event or anything else that is created would be there twice. Such a request is sent
/// again only when it cannot have been received (no connection came about) or was turned away (429).
/// Requests that find what is there already (`get_or_create`, `get_or_set`), that set something to a
/// value, and all `GET`, `PUT` and `DELETE` do no harm. [`resending_always`](Self::resending_always)
/// takes the difference away.
///
/// How long to wait is told by the headers `RateLimit-Reset`, `X-RateLimit-Reset` or `Retry-After`, as
/// seconds or as a date; otherwise it is a second more each time. A random part of up to a quarter is
/// added, so that those who were turned away together do not come back together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    retries: u32,
    timeout: Duration,
    budget: Duration,
    longest_wait: Duration,
    resends_always: bool,
}

impl RetryPolicy {
    /// Starts with the default: 3 retries, a minute for each attempt, two minutes for the whole call,
    /// and no wait of more than half a minute.
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

    /// Sends every request once.
    #[must_use]
    pub const fn never() -> Self {
        Self::new().retries(0)
    }

    /// Sets how many times a request is sent again.
    #[must_use]
    pub const fn retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// Sets how long one attempt may take.
    #[must_use]
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets how long the whole call may take: attempts and waits. Where the next wait would end after
    /// it, the last answer is given at once.
    #[must_use]
    pub const fn budget(mut self, budget: Duration) -> Self {
        self.budget = budget;
        self
    }

    /// Sets how long to wait at most, whatever the API asks for; the random part comes on top.
    #[must_use]
    pub const fn longest_wait(mut self, longest_wait: Duration) -> Self {
        self.longest_wait = longest_wait;
        self
    }

    /// Sends again what may have been received, too, as the official client does.
    #[must_use]
    pub const fn resending_always(mut self) -> Self {
        self.resends_always = true;
        self
    }

    /// Returns how long an attempt may take that starts when so much time has passed.
    pub(crate) fn time_left(&self, passed: Duration) -> Duration {
        self.timeout.min(self.budget.saturating_sub(passed))
    }

    /// Returns how long to wait before the request is sent again; none when what came is the answer.
    ///
    /// `attempts` counts those that were made, `passed` is the time that the call took so far.
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
        let wait = wait.saturating_add(wait.mul_f64(rand::random_range(0.0..=0.25)));
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

/// Reads how long the API asks to wait.
fn asked_wait(headers: &HeaderMap) -> Option<Duration> {
    let text = RESET_HEADERS.iter().find_map(|name| headers.get(*name));
    let text = text?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds.max(0.0)).ok();
    }
    let until = httpdate::parse_http_date(text).ok()?;
    // By the clock of whoever set the date, if it tells the time; ours may be wrong.
    let date = headers
        .get(header::DATE)
        .and_then(|date| date.to_str().ok());
    let now = date.and_then(|date| httpdate::parse_http_date(date).ok());
    let now = now.unwrap_or_else(SystemTime::now);
    Some(until.duration_since(now).unwrap_or_default())
}
