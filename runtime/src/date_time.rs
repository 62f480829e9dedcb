//! Times as RFC 3339 writes them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The last second that has a year of four digits, in seconds since 1970: 9999-12-31T23:59:59Z.
const LAST_SECOND: u64 = 253_402_300_799;

#[cfg(feature = "oauth")]
/// Writes a time in UTC with seconds. See [`writable`] for times that have no such form.
pub(crate) fn format_seconds(time: SystemTime) -> String {
    humantime::format_rfc3339_seconds(writable(time)).to_string()
}

/// Writes a time in UTC with milliseconds. See [`writable`] for times that have no such form.
pub(crate) fn format_milliseconds(time: SystemTime) -> String {
    humantime::format_rfc3339_millis(writable(time)).to_string()
}

/// The nearest time between 1970 and 9999: `humantime` cannot write others, and panics.
fn writable(time: SystemTime) -> SystemTime {
    let last = UNIX_EPOCH.checked_add(Duration::from_secs(LAST_SECOND));
    time.clamp(UNIX_EPOCH, last.unwrap_or(UNIX_EPOCH))
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
