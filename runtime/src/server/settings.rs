//! What a server bears, and for how long.

use std::time::Duration;

use crate::request::BODY_LIMIT;

/// The limits of a server; the methods of [`Server`](super::Server) of the same names say what each does.
#[derive(Clone, Copy, Debug)]
pub(super) struct Settings {
    pub(super) body_limit: usize,
    pub(super) body_budget: usize,
    pub(super) header_limit: usize,
    pub(super) header_count: usize,
    pub(super) header_time: Duration,
    pub(super) body_time: Duration,
    pub(super) time_limit: Duration,
    pub(super) answer_time: Duration,
    pub(super) call_limit: u32,
    pub(super) connection_limit: u32,
    pub(super) unready_time: Duration,
    pub(super) drain_time: Duration,
}

/// How many headers hyper reads without setting memory aside for them.
pub(super) const HEADER_COUNT: usize = 100;

impl Default for Settings {
    fn default() -> Self {
        Self {
            body_limit: BODY_LIMIT,
            body_budget: 64 * 1024 * 1024,
            header_limit: 64 * 1024,
            header_count: HEADER_COUNT,
            header_time: Duration::from_secs(30),
            body_time: Duration::from_mins(1),
            time_limit: Duration::from_mins(5),
            answer_time: Duration::from_mins(1),
            call_limit: 1024,
            connection_limit: 8192,
            unready_time: Duration::ZERO,
            drain_time: Duration::from_secs(25),
        }
    }
}
