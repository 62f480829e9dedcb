//! Points in time.

use std::{
    cmp::Ordering,
    hash::{Hash, Hasher},
    time::SystemTime,
};

use super::{
    InvalidDate,
    calendar::{CivilDate, MINUTES_OF_DAY, Time, is_date_time, read_date_time},
    text::checked_text,
};

/// A point in time: the format `date-time` of JSON Schema, `2026-01-31T08:30:00.25+01:00`.
///
/// The text is kept as it was written: [`as_str`](Self::as_str), `Display`, `Debug` and JSON have its offset, its digits
/// and the case of its letters. `==`, `<` and `Hash` compare points in time, so two texts of one point in time are
/// equal. Compare the results of `as_str` to compare texts.
///
/// It converts to and from [`SystemTime`], and with the features `jiff` and `chrono` to and from the types of these
/// crates. Fractions of a nanosecond are dropped then. A leap second, `23:59:60`, becomes the start of the next second,
/// except in `chrono`, which has leap seconds.
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use contexture::DateTime;
///
/// let time: DateTime = "2026-01-31T08:30:00+01:00".parse()?;
/// assert_eq!(time.to_string(), "2026-01-31T08:30:00+01:00");
/// assert_eq!(time, "2026-01-31t07:30:00.000z".parse()?);
///
/// let later = DateTime::try_from(SystemTime::from(&time) + Duration::from_secs(90))?;
/// assert_eq!(later.as_str(), "2026-01-31T07:31:30Z");
/// assert!(later > time);
/// # Ok::<(), contexture::InvalidDate>(())
/// ```
#[derive(Clone)]
pub struct DateTime(String);

checked_text!(DateTime, is_date_time, InvalidDate::NOT_A_DATE_TIME);

impl DateTime {
    /// Returns the current time in UTC, with milliseconds.
    ///
    /// # Panics
    ///
    /// Panics if the clock of the system is outside of the years 0000 to 9999.
    #[must_use]
    pub fn now() -> Self {
        let now = SystemTime::now();
        Self::from_milliseconds(now).expect("the clock is between the years 0000 and 9999")
    }

    /// Creates a value from a text that is known to be valid.
    pub(super) const fn new(text: String) -> Self {
        Self(text)
    }

    pub(super) fn parts(&self) -> (CivilDate, Time<'_>) {
        read_date_time(&self.0).expect("a date and time is checked when it is created")
    }

    fn instant(&self) -> Instant<'_> {
        let (day, time) = self.parts();
        Instant {
            minute: day.since_epoch() * MINUTES_OF_DAY + time.utc_minute(),
            second: time.second,
            fraction: time.fraction.trim_end_matches('0'),
        }
    }

    /// Returns the seconds since 1970 and the nanoseconds after them. A leap second is the next second.
    pub(super) fn unix_time(&self) -> (i64, u32) {
        let Instant { minute, second, .. } = self.instant();
        let seconds = minute * 60 + i64::from(second);
        (seconds, if second == 60 { 0 } else { self.nanoseconds() })
    }

    pub(super) fn nanoseconds(&self) -> u32 {
        let (_, time) = self.parts();
        let digits = time.fraction.bytes().chain(std::iter::repeat(b'0')).take(9);
        digits.fold(0, |number, digit| number * 10 + u32::from(digit - b'0'))
    }
}

/// A point in time, in UTC. Its order is the order of time, also around leap seconds.
#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Instant<'a> {
    /// Since 1970.
    minute: i64,
    second: u8,
    /// The digits of the fraction, without zeros at the end. Their alphabetical order is that of the fractions.
    fraction: &'a str,
}

impl PartialEq for DateTime {
    fn eq(&self, other: &Self) -> bool {
        self.instant() == other.instant()
    }
}

impl Eq for DateTime {}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DateTime {
    fn cmp(&self, other: &Self) -> Ordering {
        self.instant().cmp(&other.instant())
    }
}

impl Hash for DateTime {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.instant().hash(state);
    }
}
