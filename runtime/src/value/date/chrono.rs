//! Conversion to and from the types of the crate `chrono`.

use chrono::{Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};

use super::{Date, DateTime, InvalidDate, calendar::CivilDate};

/// Keeps the offset, and a leap second.
impl From<&DateTime> for chrono::DateTime<FixedOffset> {
    fn from(time: &DateTime) -> Self {
        let (day, clock) = time.parts();
        let leap = if clock.second == 60 { 1_000_000_000 } else { 0 };
        let clock_time = NaiveTime::from_hms_nano_opt(
            clock.hour.into(),
            clock.minute.into(),
            clock.second.min(59).into(),
            leap + time.nanoseconds(),
        );
        let clock_time = clock_time.expect("a date and time has a valid time of day");
        let offset = FixedOffset::east_opt(i32::from(clock.offset) * 60);
        let offset = offset.expect("an offset is shorter than a day");
        NaiveDateTime::new(naive(day), clock_time)
            .and_local_timezone(offset)
            .single()
            .expect("a time with an offset is one point in time")
    }
}

/// Keeps the offset, and a leap second.
impl From<DateTime> for chrono::DateTime<FixedOffset> {
    fn from(time: DateTime) -> Self {
        Self::from(&time)
    }
}

/// Keeps a leap second.
impl From<&DateTime> for chrono::DateTime<Utc> {
    fn from(time: &DateTime) -> Self {
        chrono::DateTime::<FixedOffset>::from(time).to_utc()
    }
}

/// Keeps a leap second.
impl From<DateTime> for chrono::DateTime<Utc> {
    fn from(time: DateTime) -> Self {
        Self::from(&time)
    }
}

/// Keeps the offset, unless it has seconds. Fails outside of the years 0000 to 9999, and for a leap second that does not
/// end a day.
impl<Z: TimeZone> TryFrom<chrono::DateTime<Z>> for DateTime {
    type Error = InvalidDate;

    fn try_from(time: chrono::DateTime<Z>) -> Result<Self, Self::Error> {
        let fixed = time.fixed_offset();
        let text = if fixed.offset().local_minus_utc() % 60 == 0 {
            fixed.to_rfc3339()
        } else {
            fixed.to_utc().to_rfc3339()
        };
        text.replace("+00:00", "Z")
            .try_into()
            .map_err(|_| InvalidDate::OUT_OF_RANGE)
    }
}

impl From<&Date> for NaiveDate {
    fn from(date: &Date) -> Self {
        naive(date.day())
    }
}

impl From<Date> for NaiveDate {
    fn from(date: Date) -> Self {
        Self::from(&date)
    }
}

/// Fails outside of the years 0000 to 9999.
impl TryFrom<NaiveDate> for Date {
    type Error = InvalidDate;

    fn try_from(date: NaiveDate) -> Result<Self, Self::Error> {
        let parts = (
            u16::try_from(date.year()),
            u8::try_from(date.month()),
            u8::try_from(date.day()),
        );
        match parts {
            (Ok(year), Ok(month), Ok(day)) if year <= 9999 => {
                Ok(Self::new(CivilDate { year, month, day }))
            }
            _ => Err(InvalidDate::OUT_OF_RANGE),
        }
    }
}

fn naive(day: CivilDate) -> NaiveDate {
    NaiveDate::from_ymd_opt(day.year.into(), day.month.into(), day.day.into())
        .expect("a date is a day of the calendar")
}
