//! The grammar of RFC 3339, and days of the Gregorian calendar.

use std::fmt;

/// A day in the years 0000 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CivilDate {
    pub(super) year: u16,
    pub(super) month: u8,
    pub(super) day: u8,
}

/// A time of day with its distance from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Time<'a> {
    pub(super) hour: u8,
    pub(super) minute: u8,
    /// 60 is a leap second.
    pub(super) second: u8,
    /// The digits of the fraction. There may be any number of them.
    pub(super) fraction: &'a str,
    /// In minutes, positive to the east.
    pub(super) offset: i16,
}

impl CivilDate {
    /// Reads `YYYY-MM-DD`.
    pub(super) fn read(text: &str) -> Option<Self> {
        let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
            return None;
        };
        let day = Self {
            year: u16::from(two_digits(y1, y2)?) * 100 + u16::from(two_digits(y3, y4)?),
            month: two_digits(m1, m2)?,
            day: two_digits(d1, d2)?,
        };
        day.exists().then_some(day)
    }

    fn exists(self) -> bool {
        let is_leap_year = self.year.is_multiple_of(4)
            && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400));
        let length = match self.month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if is_leap_year => 29,
            2 => 28,
            _ => 0,
        };
        (1..=length).contains(&self.day)
    }

    /// Returns the days since 1970-01-01.
    ///
    /// The year is counted from March, so that a leap day is its last day. <https://howardhinnant.github.io/date_algorithms.html>
    pub(super) fn since_epoch(self) -> i64 {
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        let year = i64::from(self.year) - i64::from(month <= 2);
        let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// Returns the day that many days after 1970-01-01.
    pub(super) fn at(since_epoch: i64) -> Option<Self> {
        let days = since_epoch.checked_add(719_468)?;
        let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let months = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * months + 2) / 5 + 1;
        let month = (months + 2) % 12 + 1;
        let year = era * 400 + year_of_era + i64::from(month <= 2);
        Some(Self {
            year: u16::try_from(year).ok().filter(|year| *year <= 9999)?,
            month: u8::try_from(month).ok()?,
            day: u8::try_from(day).ok()?,
        })
    }
}

impl fmt::Display for CivilDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{:04}-{:02}-{:02}",
            self.year, self.month, self.day
        )
    }
}

impl<'a> Time<'a> {
    /// Reads `HH:MM:SS`, a fraction if there is one, and `Z` or an offset.
    fn read(text: &'a str) -> Option<Self> {
        let (clock, rest) = text.split_at_checked(8)?;
        let &[h1, h2, b':', m1, m2, b':', s1, s2] = clock.as_bytes() else {
            return None;
        };
        let (fraction, zone) = match rest.strip_prefix('.') {
            Some(rest) => {
                let end = rest.find(|sign: char| !sign.is_ascii_digit())?;
                rest.split_at_checked(end).filter(|_| end > 0)?
            }
            None => ("", rest),
        };
        let time = Self {
            hour: two_digits(h1, h2)?,
            minute: two_digits(m1, m2)?,
            second: two_digits(s1, s2)?,
            fraction,
            offset: offset(zone)?,
        };
        let is_on_clock = time.hour <= 23 && time.minute <= 59;
        let is_second = time.second <= 59 || (time.second == 60 && time.ends_utc_day());
        (is_on_clock && is_second).then_some(time)
    }

    /// Leap seconds are inserted at the end of a day of UTC.
    fn ends_utc_day(&self) -> bool {
        self.utc_minute().rem_euclid(MINUTES_OF_DAY) == MINUTES_OF_DAY - 1
    }

    /// Returns the minutes since the start of the day, in UTC. The day may be the one before or after.
    pub(super) fn utc_minute(&self) -> i64 {
        i64::from(self.hour) * 60 + i64::from(self.minute) - i64::from(self.offset)
    }
}

/// Whether a text has the format `date` of JSON Schema.
pub(crate) fn is_date(text: &str) -> bool {
    CivilDate::read(text).is_some()
}

/// Whether a text has the format `time` of JSON Schema.
pub(crate) fn is_time(text: &str) -> bool {
    Time::read(text).is_some()
}

/// Whether a text has the format `date-time` of JSON Schema.
pub(crate) fn is_date_time(text: &str) -> bool {
    read_date_time(text).is_some()
}

pub(super) const MINUTES_OF_DAY: i64 = 24 * 60;

/// Reads a day, `T`, and a time.
pub(super) fn read_date_time(text: &str) -> Option<(CivilDate, Time<'_>)> {
    let (day, time) = text.split_at_checked(10)?;
    let time = time.strip_prefix(['T', 't'])?;
    Some((CivilDate::read(day)?, Time::read(time)?))
}

/// Reads `Z`, or hours and minutes with a sign.
fn offset(zone: &str) -> Option<i16> {
    let &[sign, h1, h2, b':', m1, m2] = zone.as_bytes() else {
        return zone.eq_ignore_ascii_case("z").then_some(0);
    };
    let (hours, minutes) = (two_digits(h1, h2)?, two_digits(m1, m2)?);
    let minutes =
        (hours <= 23 && minutes <= 59).then(|| i16::from(hours) * 60 + i16::from(minutes))?;
    match sign {
        b'+' => Some(minutes),
        b'-' => Some(-minutes),
        _ => None,
    }
}

fn two_digits(tens: u8, ones: u8) -> Option<u8> {
    let is_number = tens.is_ascii_digit() && ones.is_ascii_digit();
    is_number.then(|| (tens - b'0') * 10 + (ones - b'0'))
}
