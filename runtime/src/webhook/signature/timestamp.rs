//! The times of signatures.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::SignatureError;

/// Parses whole seconds since the Unix epoch. Returns `None` if the text is not such a number, or
/// if `SystemTime` cannot represent the time.
pub(super) fn seconds(text: &str) -> Option<SystemTime> {
    digits(text).and_then(|seconds| UNIX_EPOCH.checked_add(Duration::from_secs(seconds)))
}

/// Parses whole milliseconds since the Unix epoch. Returns `None` in the same cases as [`seconds`].
pub(super) fn milliseconds(text: &str) -> Option<SystemTime> {
    digits(text).and_then(|millis| UNIX_EPOCH.checked_add(Duration::from_millis(millis)))
}

/// Returns whole seconds since the Unix epoch. A time before it counts as the epoch.
pub(super) fn to_seconds(time: SystemTime) -> String {
    since_epoch(time).as_secs().to_string()
}

/// Returns whole milliseconds since the Unix epoch. A time before it counts as the epoch.
pub(super) fn to_milliseconds(time: SystemTime) -> String {
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

/// Checks that a time is within `tolerance` of the current time, in both directions. Use it for
/// services that do not sign a timestamp but send one in the body, after the verification of the
/// body.
///
/// # Errors
///
/// Returns an error if the time differs from the current time by more than `tolerance`.
pub fn check_time(signed_at: SystemTime, tolerance: Duration) -> Result<(), SignatureError> {
    check(signed_at, SystemTime::now(), tolerance)
}

/// Checks that a time is within `tolerance` of `now`, in both directions.
pub(super) fn check(
    signed_at: SystemTime,
    now: SystemTime,
    tolerance: Duration,
) -> Result<(), SignatureError> {
    match now.duration_since(signed_at) {
        Ok(age) if age > tolerance => Err(SignatureError::TooOld {
            seconds: age.as_secs(),
        }),
        Err(ahead) if ahead.duration() > tolerance => Err(SignatureError::InTheFuture {
            seconds: ahead.duration().as_secs(),
        }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_digits_are_a_time() {
        assert_eq!(seconds("1531420618"), milliseconds("1531420618000"),);
        assert_eq!(seconds("0"), Some(UNIX_EPOCH));
        for text in [
            "",
            "+1",
            "-1",
            " 1",
            "1.5",
            "1e9",
            "01",
            "00",
            "99999999999999999999",
        ] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }
}
