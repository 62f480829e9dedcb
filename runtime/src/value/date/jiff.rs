//! Conversion to and from the types of the crate `jiff`.

use jiff::{Timestamp, civil};

use super::{Date, DateTime, InvalidDate, calendar::CivilDate};

/// Fails for the last hours of the year 9999, which `jiff` does not represent.
impl TryFrom<&DateTime> for Timestamp {
    type Error = InvalidDate;

    fn try_from(time: &DateTime) -> Result<Self, Self::Error> {
        let (seconds, nanoseconds) = time.unix_time();
        let nanoseconds = i32::try_from(nanoseconds).map_err(|_| InvalidDate::OUT_OF_RANGE)?;
        Self::new(seconds, nanoseconds).map_err(|_| InvalidDate::OUT_OF_RANGE)
    }
}

/// Fails for the last hours of the year 9999, which `jiff` does not represent.
impl TryFrom<DateTime> for Timestamp {
    type Error = InvalidDate;

    fn try_from(time: DateTime) -> Result<Self, Self::Error> {
        Self::try_from(&time)
    }
}

/// Creates the time in UTC. A fraction has 3, 6 or 9 digits.
impl TryFrom<Timestamp> for DateTime {
    type Error = InvalidDate;

    fn try_from(time: Timestamp) -> Result<Self, Self::Error> {
        let nanoseconds = time.as_nanosecond();
        let second = i64::try_from(nanoseconds.div_euclid(1_000_000_000));
        let rest = u32::try_from(nanoseconds.rem_euclid(1_000_000_000));
        match (second, rest) {
            (Ok(second), Ok(rest)) => Self::from_unix_time(second, rest),
            _ => Err(InvalidDate::OUT_OF_RANGE),
        }
    }
}

impl From<&Date> for civil::Date {
    fn from(date: &Date) -> Self {
        let CivilDate { year, month, day } = date.day();
        let parts = (i16::try_from(year), i8::try_from(month), i8::try_from(day));
        let (Ok(year), Ok(month), Ok(day)) = parts else {
            unreachable!("a year has four digits, a month and a day have two");
        };
        civil::date(year, month, day)
    }
}

impl From<Date> for civil::Date {
    fn from(date: Date) -> Self {
        Self::from(&date)
    }
}

/// Fails for years before 0000.
impl TryFrom<civil::Date> for Date {
    type Error = InvalidDate;

    fn try_from(date: civil::Date) -> Result<Self, Self::Error> {
        let parts = (
            u16::try_from(date.year()),
            u8::try_from(date.month()),
            u8::try_from(date.day()),
        );
        match parts {
            (Ok(year), Ok(month), Ok(day)) => Ok(Self::new(CivilDate { year, month, day })),
            _ => Err(InvalidDate::OUT_OF_RANGE),
        }
    }
}
