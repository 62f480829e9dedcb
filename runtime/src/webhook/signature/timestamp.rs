//! When a request says that it was signed.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::SignatureError;

/// Reads whole seconds since 1970; `None` when it is none, or no time that this machine can hold.
pub(super) fn seconds(text: &str) -> Option<SystemTime> {
    digits(text).and_then(|seconds| UNIX_EPOCH.checked_add(Duration::from_secs(seconds)))
}

/// Reads whole milliseconds since 1970; `None` as for [`seconds`].
pub(super) fn milliseconds(text: &str) -> Option<SystemTime> {
    digits(text).and_then(|millis| UNIX_EPOCH.checked_add(Duration::from_millis(millis)))
}

/// Reads a number in its one canonical form. `parse` takes a sign and leading zeros, too, which no sender
/// writes: by them a digit of another signed part could count as one of the time.
fn digits(text: &str) -> Option<u64> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
    let is_canonical = is_plain && (text == "0" || !text.starts_with('0'));
    is_canonical.then(|| text.parse().ok())?
}

/// Refuses what was signed at a time that is too far from now, in either direction: for a service that signs no time
/// but tells one in the body, once that was verified.
///
/// # Errors
///
/// The time is further from now than this.
pub fn check_time(signed_at: SystemTime, tolerance: Duration) -> Result<(), SignatureError> {
    check(signed_at, SystemTime::now(), tolerance)
}

/// Refuses what was signed too far from now, in either direction.
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
