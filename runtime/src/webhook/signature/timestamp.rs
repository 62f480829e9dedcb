//! The times of signatures.

use std::time::{Duration, SystemTime};

use super::SignatureError;
pub(super) use crate::unix_time::{milliseconds, seconds, to_milliseconds, to_seconds};

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
    use std::time::UNIX_EPOCH;

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
