//! What a server bears, and for how long.

use std::time::Duration;

use crate::call::BODY_LIMIT;

/// How many bytes may be buffered for a connection whose requests count as small.
pub(super) const SMALL: usize = 64 * 1024;

/// The limits of a server; the methods of [`Server`](super::Server) of the same names say what each does.
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

/// How many headers hyper reads without setting memory aside for them.
pub(super) const HEADER_COUNT: usize = 100;

/// The most headers that may be allowed: hyper sets memory aside for all of them with each request, and a
/// map of headers has room for about twice as many.
pub(super) const MOST_HEADERS: usize = 10_000;

/// The longest head that may be allowed.
pub(super) const LONGEST_HEAD: usize = 16 * 1024 * 1024;

/// The longest time that a limit can be. What is longer is never over, and added to the time of now it
/// could be more than the system can express.
const FOREVER: Duration = Duration::from_hours(24 * 365 * 30);

/// The most permits that a semaphore has, where that is less than a `u32` can say.
const MOST_PERMITS: usize = tokio::sync::Semaphore::MAX_PERMITS;

/// Takes a time that a limit is set to; any is safe.
pub(super) fn time(limit: Duration) -> Duration {
    limit.min(FOREVER)
}

/// Takes a number of calls or connections, which is to be that of the permits of a semaphore; any is safe.
/// None at all would be a server that answers nothing.
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
