//! Days.

use super::{
    InvalidDate,
    calendar::{CivilDate, is_date},
    text::checked_text,
};

/// A day of the calendar: the format `date` of JSON Schema, `2026-01-31`.
///
/// The years are 0000 to 9999 of the Gregorian calendar. Earlier days are less than later ones.
///
/// It converts to the start of the day in UTC as a [`SystemTime`](std::time::SystemTime), and with the features `jiff`
/// and `chrono` to and from the dates of these crates.
///
/// ```
/// use contexture::Date;
///
/// let day: Date = "2024-02-29".parse()?;
/// assert!(day < Date::try_from("2024-03-01")?);
/// assert!("2025-02-29".parse::<Date>().is_err());
/// # Ok::<(), contexture::InvalidDate>(())
/// ```
// Each day has one text, and the texts are in the order of the days.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(String);

checked_text!(Date, is_date, InvalidDate::NOT_A_DATE);

impl Date {
    pub(super) fn new(day: CivilDate) -> Self {
        Self(day.to_string())
    }

    pub(super) fn day(&self) -> CivilDate {
        CivilDate::read(&self.0).expect("a date is checked when it is created")
    }
}
