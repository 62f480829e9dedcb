//! Times of the API: milliseconds since the Unix epoch, and texts of RFC 3339.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use contexture::DateTime;

/// Formats a time with milliseconds. A time that RFC 3339 cannot express is the epoch.
pub(crate) fn format(milliseconds: u64) -> String {
    let time = UNIX_EPOCH.checked_add(Duration::from_millis(milliseconds));
    let time = time.and_then(|time| DateTime::try_from(time).ok());
    let text = time.map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), String::from);
    match text.strip_suffix('Z') {
        Some(whole) if !whole.contains('.') => format!("{whole}.000Z"),
        _ => text,
    }
}

/// Reads a time. Returns `None` if the text is no time of RFC 3339.
pub(crate) fn parse(text: &str) -> Option<u64> {
    let time = SystemTime::from(DateTime::try_from(text).ok()?);
    let since_epoch = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since_epoch.as_millis()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_three_digits_after_the_second() {
        assert_eq!(format(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(format(1_700_000_000_120), "2023-11-14T22:13:20.120Z");
        assert_eq!(format(1_700_000_000_000), "2023-11-14T22:13:20.000Z");
        assert_eq!(format(u64::MAX), "1970-01-01T00:00:00.000Z");
    }

    #[test]
    fn a_time_is_read_in_any_zone() {
        assert_eq!(parse("2023-11-14T22:13:20.120Z"), Some(1_700_000_000_120));
        assert_eq!(parse("2023-11-14T23:13:20+01:00"), Some(1_700_000_000_000));
        assert_eq!(parse("yesterday"), None);
    }
}
