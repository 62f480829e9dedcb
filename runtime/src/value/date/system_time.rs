//! Conversion to and from the time of the standard library.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::{
    Date, DateTime, InvalidDate,
    calendar::{CivilDate, MINUTES_OF_DAY},
};

const SECONDS_OF_DAY: i64 = MINUTES_OF_DAY * 60;

/// 1601-01-01, the first day of the clock of Windows.
const BEFORE_1970: Duration = Duration::from_hours(134_774 * 24);

impl DateTime {
    /// Creates the time in UTC, with as many groups of three digits after the second as it needs.
    pub(super) fn from_unix_time(seconds: i64, nanoseconds: u32) -> Result<Self, InvalidDate> {
        let (millis, micros) = (nanoseconds / 1_000_000, nanoseconds / 1_000);
        match nanoseconds {
            0 => Self::in_utc(seconds, format_args!("")),
            of if of.is_multiple_of(1_000_000) => {
                Self::in_utc(seconds, format_args!(".{millis:03}"))
            }
            of if of.is_multiple_of(1_000) => Self::in_utc(seconds, format_args!(".{micros:06}")),
            of => Self::in_utc(seconds, format_args!(".{of:09}")),
        }
    }

    /// Creates the time in UTC with milliseconds.
    pub(crate) fn from_milliseconds(time: SystemTime) -> Result<Self, InvalidDate> {
        let (seconds, nanoseconds) = unix_time(time)?;
        let milliseconds = nanoseconds / 1_000_000;
        Self::in_utc(seconds, format_args!(".{milliseconds:03}"))
    }

    fn in_utc(seconds: i64, fraction: fmt::Arguments<'_>) -> Result<Self, InvalidDate> {
        let day =
            CivilDate::at(seconds.div_euclid(SECONDS_OF_DAY)).ok_or(InvalidDate::OUT_OF_RANGE)?;
        let second = seconds.rem_euclid(SECONDS_OF_DAY);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        Ok(Self::new(format!(
            "{day}T{hour:02}:{minute:02}:{second:02}{fraction}Z"
        )))
    }
}

/// Creates the time in UTC. A fraction has 3, 6 or 9 digits.
impl TryFrom<SystemTime> for DateTime {
    type Error = InvalidDate;

    fn try_from(time: SystemTime) -> Result<Self, Self::Error> {
        let (seconds, nanoseconds) = unix_time(time)?;
        Self::from_unix_time(seconds, nanoseconds)
    }
}

/// A time before 1601 becomes the first one of 1601 on Windows, where no `SystemTime` is earlier.
impl From<&DateTime> for SystemTime {
    fn from(time: &DateTime) -> Self {
        let (seconds, nanoseconds) = time.unix_time();
        system_time(seconds, nanoseconds)
    }
}

/// A time before 1601 becomes the first one of 1601 on Windows, where no `SystemTime` is earlier.
impl From<DateTime> for SystemTime {
    fn from(time: DateTime) -> Self {
        Self::from(&time)
    }
}

/// Creates the day in UTC.
impl TryFrom<SystemTime> for Date {
    type Error = InvalidDate;

    fn try_from(time: SystemTime) -> Result<Self, Self::Error> {
        let (seconds, _) = unix_time(time)?;
        let day = CivilDate::at(seconds.div_euclid(SECONDS_OF_DAY));
        day.map(Self::new).ok_or(InvalidDate::OUT_OF_RANGE)
    }
}

/// The start of the day in UTC. A day before 1601 becomes the first one of 1601 on Windows, where no `SystemTime` is
/// earlier.
impl From<&Date> for SystemTime {
    fn from(date: &Date) -> Self {
        system_time(date.day().since_epoch() * SECONDS_OF_DAY, 0)
    }
}

/// The start of the day in UTC. A day before 1601 becomes the first one of 1601 on Windows, where no `SystemTime` is
/// earlier.
impl From<Date> for SystemTime {
    fn from(date: Date) -> Self {
        Self::from(&date)
    }
}

/// Returns the seconds since 1970 and the nanoseconds after them.
fn unix_time(time: SystemTime) -> Result<(i64, u32), InvalidDate> {
    let signed = |seconds| i64::try_from(seconds).map_err(|_| InvalidDate::OUT_OF_RANGE);
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => Ok((signed(after.as_secs())?, after.subsec_nanos())),
        Err(before) => {
            let before = before.duration();
            let seconds = -signed(before.as_secs())?;
            Ok(match before.subsec_nanos() {
                0 => (seconds, 0),
                nanoseconds => (seconds - 1, 1_000_000_000 - nanoseconds),
            })
        }
    }
}

fn system_time(seconds: i64, nanoseconds: u32) -> SystemTime {
    let whole = Duration::from_secs(seconds.unsigned_abs());
    let time = if seconds < 0 {
        UNIX_EPOCH.checked_sub(whole)
    } else {
        UNIX_EPOCH.checked_add(whole)
    };
    let time = time.and_then(|time| time.checked_add(Duration::from_nanos(nanoseconds.into())));
    time.or_else(|| UNIX_EPOCH.checked_sub(BEFORE_1970))
        .unwrap_or(UNIX_EPOCH)
}
