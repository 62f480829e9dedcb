//! Times in the format of RFC 3339.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::value::{DateTime, InvalidDate};

/// The last second of the year 9999, in seconds since the Unix epoch: 9999-12-31T23:59:59Z.
const LAST_SECOND: u64 = 253_402_300_799;

#[cfg(feature = "oauth")]
/// Formats a time in UTC with seconds. Times outside the supported range are clamped; see
/// [`writable`].
pub(crate) fn format_seconds(time: SystemTime) -> String {
    let since_1970 = writable(time).duration_since(UNIX_EPOCH);
    let seconds = since_1970.map_or(0, |since_1970| since_1970.as_secs());
    text(DateTime::try_from(
        UNIX_EPOCH + Duration::from_secs(seconds),
    ))
}

/// Formats a time in UTC with milliseconds. Times outside the supported range are clamped; see
/// [`writable`].
pub(crate) fn format_milliseconds(time: SystemTime) -> String {
    text(DateTime::from_milliseconds(writable(time)))
}

/// Clamps a time to the years 1970 to 9999.
fn writable(time: SystemTime) -> SystemTime {
    let last = UNIX_EPOCH.checked_add(Duration::from_secs(LAST_SECOND));
    time.clamp(UNIX_EPOCH, last.unwrap_or(UNIX_EPOCH))
}

fn text(time: Result<DateTime, InvalidDate>) -> String {
    let time = time.expect("the year is between 1970 and 9999");
    time.as_str().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    #[test]
    fn a_time_that_cannot_be_written_becomes_the_nearest_one_that_can() {
        let written = [
            (at(0), "1970-01-01T00:00:00Z"),
            (at(1_767_225_600), "2026-01-01T00:00:00Z"),
            (at(LAST_SECOND), "9999-12-31T23:59:59Z"),
            (at(LAST_SECOND + 1), "9999-12-31T23:59:59Z"),
            (at(i64::MAX as u64), "9999-12-31T23:59:59Z"),
            (UNIX_EPOCH - Duration::from_secs(1), "1970-01-01T00:00:00Z"),
        ];
        for (time, text) in written {
            #[cfg(feature = "oauth")]
            assert_eq!(format_seconds(time), text);
            assert_eq!(format_milliseconds(time), text.replace('Z', ".000Z"));
        }
    }
}
