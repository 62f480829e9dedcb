//! The time that a call has.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::Response;
use tokio::time::{Instant, timeout_at};

use crate::after_response::take_work;
use crate::call::{ResponseFuture, cancel_call, out_of_time};
use crate::error::ErrorResponse;

/// The most time that is kept for sending the response.
const MARGIN: Duration = Duration::from_millis(500);

/// The longest time of a call. A function may run for 15 minutes, and a longer time could overflow an `Instant`.
const LONGEST: Duration = Duration::from_hours(24);

/// Returns how long a call may take, in whole milliseconds. `deadline` is the time at which Lambda ends the function, in
/// milliseconds since 1970.
pub(super) fn time_limit(deadline: u64, now: SystemTime) -> Duration {
    let now = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    let left = Duration::from_millis(deadline).saturating_sub(now);
    let left = left.min(LONGEST);
    let limit = left.saturating_sub(MARGIN.min(left / 10));
    Duration::from_millis(limit.as_millis().try_into().unwrap_or(u64::MAX))
}

/// Runs a call and its work after the response. The call is canceled when the time is over. Its work is canceled, too, but
/// the response stays.
pub(super) async fn run_within(
    limit: Duration,
    mut call: ResponseFuture,
    warn_about_work: impl FnOnce(),
) -> Response<Bytes> {
    let end = Instant::now() + limit;
    let Ok(mut response) = timeout_at(end, &mut call).await else {
        let error = out_of_time(limit);
        cancel_call(&error, || drop(call));
        return ErrorResponse::of(error).into_response();
    };
    if let Some(work) = take_work(&mut response) {
        warn_about_work();
        if timeout_at(end, work).await.is_err() {
            tracing::error!("work after a response did not end within {limit:?} and was canceled");
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_has_the_time_to_the_deadline_less_a_tenth_and_at_most_half_a_second_less() {
        let now = UNIX_EPOCH + Duration::from_micros(1_000_000_500);
        let limits = [0, 999_999, 1_000_001, 1_001_000, 1_003_000, 1_060_000]
            .map(|deadline| time_limit(deadline, now).as_millis());
        assert_eq!(limits, [0, 0, 0, 899, 2_699, 59_499]);
        assert!(time_limit(u64::MAX, UNIX_EPOCH) < LONGEST);
    }
}
