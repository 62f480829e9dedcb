//! Server limits and timeouts.

use std::time::Duration;

use crate::call::BODY_LIMIT;

/// A connection that buffers at most this many bytes counts as small.
pub(super) const SMALL: usize = 64 * 1024;

/// The settings of a server. The methods of [`Server`](super::Server) with the same names document
/// them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Settings {
    pub(super) body_limit: usize,
    pub(super) max_buffered_bytes: usize,
    pub(super) max_header_bytes: usize,
    pub(super) max_headers: usize,
    pub(super) header_read_timeout: Duration,
    pub(super) body_read_timeout: Duration,
    pub(super) request_timeout: Duration,
    pub(super) write_timeout: Duration,
    pub(super) max_concurrent_calls: u32,
    pub(super) max_connections: u32,
    pub(super) shutdown_delay: Duration,
    pub(super) drain_timeout: Duration,
    pub(super) start_timeout: Duration,
    pub(super) stop_timeout: Duration,
}

/// The number of headers that hyper parses without a heap allocation.
pub(super) const HEADER_COUNT: usize = 100;

/// The highest value for `max_headers`. hyper allocates space for all of them with each request,
/// and a header map has room for about twice as many.
pub(super) const MOST_HEADERS: usize = 10_000;

/// The highest value for `max_header_bytes`.
pub(super) const LONGEST_HEAD: usize = 16 * 1024 * 1024;

/// The longest duration of a limit. A longer duration could overflow an `Instant`, and it would
/// never elapse in practice.
const FOREVER: Duration = Duration::from_hours(24 * 365 * 30);

/// The maximum number of permits of a semaphore, which is below `u32::MAX` on some platforms.
const MOST_PERMITS: usize = tokio::sync::Semaphore::MAX_PERMITS;

/// Clamps a duration so that adding it to an `Instant` is safe.
pub(super) fn time(limit: Duration) -> Duration {
    limit.min(FOREVER)
}

/// Clamps a number of calls or connections to the valid permits of a semaphore. The minimum is 1,
/// since a server without permits could not answer.
pub(super) fn permits(number: u32) -> u32 {
    permits_of(number, MOST_PERMITS)
}

fn permits_of(number: u32, most: usize) -> u32 {
    number.clamp(1, u32::try_from(most).unwrap_or(u32::MAX))
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            body_limit: BODY_LIMIT,
            max_buffered_bytes: 64 * 1024 * 1024,
            max_header_bytes: 64 * 1024,
            max_headers: HEADER_COUNT,
            header_read_timeout: Duration::from_secs(30),
            body_read_timeout: Duration::from_mins(1),
            request_timeout: Duration::from_mins(5),
            write_timeout: Duration::from_mins(1),
            max_concurrent_calls: 1024,
            max_connections: 1024,
            shutdown_delay: Duration::ZERO,
            drain_timeout: Duration::from_secs(25),
            start_timeout: Duration::from_mins(5),
            stop_timeout: Duration::from_secs(3),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_permits_is_at_least_one_and_at_most_what_a_semaphore_of_32_bits_has() {
        const MOST: u32 = u32::MAX >> 3;

        let most = MOST as usize;
        let set = [0, 1, 1024, MOST, MOST + 1, u32::MAX];
        let taken = set.map(|number| permits_of(number, most));
        assert_eq!(taken, [1, 1, 1024, MOST, MOST, MOST]);
        assert_eq!(
            permits(u32::MAX) as usize,
            MOST_PERMITS.min(u32::MAX as usize)
        );
    }

    #[test]
    fn any_time_can_be_added_to_now() {
        for set in [
            Duration::ZERO,
            Duration::from_secs(30),
            FOREVER,
            Duration::MAX,
        ] {
            let taken = time(set);
            assert_eq!(taken, set.min(FOREVER));
            assert!(std::time::Instant::now().checked_add(taken).is_some());
        }
    }
}
