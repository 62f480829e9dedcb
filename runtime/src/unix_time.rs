//! Times since the Unix epoch, as signatures have them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

#[cfg(feature = "webhook-signatures")]
/// Parses whole seconds since the Unix epoch. Returns `None` if the text is not such a number, or
/// if `SystemTime` cannot represent the time.
pub(crate) fn seconds(text: &str) -> Option<SystemTime> {
    digits(text).and_then(|seconds| UNIX_EPOCH.checked_add(Duration::from_secs(seconds)))
}

/// Parses whole milliseconds since the Unix epoch. Returns `None` if the text is not such a number,
/// or if `SystemTime` cannot represent the time.
pub(crate) fn milliseconds(text: &str) -> Option<SystemTime> {
    digits(text).and_then(|millis| UNIX_EPOCH.checked_add(Duration::from_millis(millis)))
}

#[cfg(feature = "webhook-signatures")]
/// Returns whole seconds since the Unix epoch. A time before it counts as the epoch.
pub(crate) fn to_seconds(time: SystemTime) -> String {
    since_epoch(time).as_secs().to_string()
}

/// Returns whole milliseconds since the Unix epoch. A time before it counts as the epoch.
pub(crate) fn to_milliseconds(time: SystemTime) -> String {
    since_epoch(time).as_millis().to_string()
}

fn since_epoch(time: SystemTime) -> Duration {
    time.duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// Parses a number in canonical form. `parse` also accepts a sign and leading zeros, which no
/// service sends. With them, a digit of another signed part could be taken for a digit of the time.
fn digits(text: &str) -> Option<u64> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
    let is_canonical = is_plain && (text == "0" || !text.starts_with('0'));
    is_canonical.then(|| text.parse().ok())?
}
