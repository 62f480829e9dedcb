//! Ids of errors: `err_20260102030405x0A1B2C3D`.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::random;

/// Creates the id of an error with the current time.
pub(super) fn new_error_id() -> String {
    // If the clock is before 1970, the random digits still distinguish the errors.
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |elapsed| elapsed.as_secs());
    let random = u32::from_ne_bytes(random::bytes());
    format!("err_{}x{random:08X}", timestamp(seconds))
}

/// Formats seconds since the Unix epoch as `yyyymmddhhmmss` in UTC.
fn timestamp(seconds: u64) -> String {
    let (year, month, day) = civil_date(seconds / 86_400);
    let (hour, minute, second) = (seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}")
}

/// Returns the Gregorian date of a number of days since 1970-01-01.
///
/// Years start in March, so that the leap day is the last day. 400 years have 146 097 days, and
/// from March on, every five months have 153 days.
fn civil_date(days: u64) -> (u64, u64, u64) {
    // There are 719 468 days between 0000-03-01 and 1970-01-01.
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    (era * 400 + year_of_era + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_written_as_a_date_and_a_time() {
        assert_eq!(timestamp(0), "19700101000000");
        assert_eq!(timestamp(951_782_399), "20000228235959");
        assert_eq!(timestamp(951_782_400), "20000229000000");
        assert_eq!(timestamp(1_767_225_599), "20251231235959");
        assert_eq!(timestamp(1_767_225_600), "20260101000000");
        assert_eq!(timestamp(4_107_542_400), "21000301000000");
    }

    #[test]
    fn an_id_has_a_timestamp_and_eight_hexadecimal_digits() {
        let id = new_error_id();
        let (timestamp, random) = id.strip_prefix("err_").unwrap().split_once('x').unwrap();
        assert!(timestamp.len() == 14 && timestamp.bytes().all(|byte| byte.is_ascii_digit()));
        assert!(
            random.len() == 8
                && random
                    .bytes()
                    .all(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'F'))
        );
    }
}
