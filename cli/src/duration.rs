//! Times as options and as parameters of the API.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use contexture::DateTime;

/// Reads a time with its unit: `30s`, `15m`, `2h`, `7d`.
pub(crate) fn parse(text: &str) -> Result<Duration, String> {
    let wrong = || "expected a number and a unit, as in 30s, 15m, 2h or 7d".to_owned();
    let (at, unit) = text.char_indices().next_back().ok_or_else(wrong)?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86_400,
        _ => return Err(wrong()),
    };
    let number: u32 = text[..at].parse().map_err(|_| wrong())?;
    Ok(Duration::from_secs(u64::from(number) * seconds))
}

/// A moment as RFC 3339 writes it, in UTC, to the millisecond.
pub(crate) fn rfc3339(moment: SystemTime) -> String {
    let since = moment.duration_since(UNIX_EPOCH).unwrap_or_default();
    let whole =
        UNIX_EPOCH + Duration::from_millis(u64::try_from(since.as_millis()).unwrap_or_default());
    DateTime::try_from(whole).map_or_else(|_| String::new(), |moment| moment.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_a_number_and_a_unit() {
        assert_eq!(parse("90s"), Ok(Duration::from_secs(90)));
        assert_eq!(parse("2d"), Ok(Duration::from_hours(48)));
        for wrong in ["", "1", "h", "1.5h", "-1h", "1w", "1ä"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_moment_has_milliseconds() {
        let moment = UNIX_EPOCH + Duration::from_micros(1_767_225_600_123_456);
        assert_eq!(rfc3339(moment), "2026-01-01T00:00:00.123Z");
    }
}
