//! The measurements, one file each.

mod alternate;
pub(crate) mod count;
pub(crate) mod edit;
pub(crate) mod hostile;
pub(crate) mod latency;
pub(crate) mod message;
pub(crate) mod rate;
pub(crate) mod soak;
pub(crate) mod start;
pub(crate) mod stop;

/// The places of the servers with the action: see `contestants`.
const OURS: usize = 0;
const HYPER: usize = 1;
const AXUM: usize = 2;
const OFFICIAL: usize = 3;

/// The default number of connections.
pub(crate) const CONNECTIONS: usize = 64;

/// The maximum resident memory of a server of actions and of one of large messages, in MB. Code that was built without
/// optimization is larger.
const MEMORY: f64 = if cfg!(debug_assertions) { 32.0 } else { 8.0 };
const MESSAGE_MEMORY: f64 = if cfg!(debug_assertions) { 32.0 } else { 16.0 };

/// The median.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
