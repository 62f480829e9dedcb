use std::{
    collections::HashSet,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use jsonschema::Validator;
use serde_json::{Value, json};

use super::{Date, DateTime};
use crate::{payload::Schema, value::json::Json};

/// Texts that are close to dates and times, valid and not.
const NEAR: &[&str] = &[
    "2026-01-31T08:30:00Z",
    "2026-01-31t08:30:00z",
    "2026-01-31T08:30:00.1Z",
    "2026-01-31T08:30:00.123456789012345+14:00",
    "2026-01-31T08:30:00-00:00",
    "0000-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59.999999999-23:59",
    "2016-12-31T23:59:60Z",
    "2016-12-31T23:59:60.5Z",
    "2017-01-01T00:59:60+01:00",
    "2016-12-31T18:29:60-05:30",
    "2000-02-29",
    "1900-02-28",
    "0000-01-01",
    "9999-12-31",
];

/// The characters that a text is changed with.
const SIGNS: &[u8] = b"0123456789:.-+TtZz Ww\xc3";

/// The formats, as payloads are validated.
static FORMATS: Schema = Schema::new(
    r#"{ "properties": { "date": { "format": "date" }, "dateTime": { "format": "date-time" } } }"#,
);

/// A pseudorandom number generator (`SplitMix64`).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % limit as u64).unwrap_or_default()
    }

    /// A text with some characters replaced, removed or added.
    fn near(&mut self) -> String {
        let mut text = NEAR[self.below(NEAR.len())].as_bytes().to_vec();
        for _ in 0..self.below(4) {
            let sign = SIGNS[self.below(SIGNS.len())];
            let at = self.below(text.len());
            match self.below(6) {
                0 => drop(text.remove(at)),
                1 => text.insert(at, sign),
                _ => text[at] = sign,
            }
        }
        String::from_utf8_lossy(&text).into_owned()
    }

    /// A valid date and time.
    fn date_time(&mut self) -> DateTime {
        let (days, seconds) = (self.below(3_652_425), self.below(86_400));
        let seconds = i64::try_from(days * 86_400 + seconds).unwrap() - 62_167_219_200;
        let nanoseconds = [0, 5_000_000, 7_000, 123_456_789][self.below(4)];
        DateTime::from_unix_time(seconds, nanoseconds).unwrap()
    }
}

fn validator(format: &str) -> Validator {
    let options = jsonschema::options().should_validate_formats(true);
    options.build(&json!({ "format": format })).unwrap()
}

/// Whether a text has digits where a date, a time or both have digits. The checks of `jsonschema` take some signs for
/// digits there, so these alone are no oracle.
fn has_digits(text: &str) -> bool {
    let digits_as_zeros: String = text
        .chars()
        .map(|sign| if sign.is_ascii_digit() { '0' } else { sign })
        .collect();
    let time = digits_as_zeros.strip_prefix("0000-00-00");
    let time = time.map_or(digits_as_zeros.as_str(), |time| {
        time.trim_start_matches(['T', 't'])
    });
    let zone = time.strip_prefix("00:00:00").unwrap_or(time);
    let zone = match zone.strip_prefix('.') {
        Some(fraction) => fraction.trim_start_matches('0'),
        None => zone,
    };
    matches!(zone, "" | "Z" | "z" | "+00:00" | "-00:00")
}

#[test]
fn the_types_accept_exactly_the_texts_that_the_validator_accepts() {
    let (dates, times) = (validator("date"), validator("date-time"));
    let random = &mut Random(1);
    let (mut valid, mut invalid) = (0, 0);
    for round in 0..50_000 {
        let text = NEAR
            .get(round)
            .map_or_else(|| random.near(), ToString::to_string);
        let value = Value::from(text.as_str());
        let has_digits = has_digits(&text);
        let is_date = dates.is_valid(&value) && has_digits;
        let is_time = times.is_valid(&value) && has_digits;
        assert_eq!(FORMATS.accepts(&json!({ "date": text })), is_date, "{text}");
        assert_eq!(
            FORMATS.accepts(&json!({ "dateTime": text })),
            is_time,
            "{text}"
        );
        let date = Date::from_json(value.clone());
        let time = DateTime::from_json(value.clone());
        assert_eq!(date.is_ok(), is_date, "{text}");
        assert_eq!(time.is_ok(), is_time, "{text}");
        let written = date.map(|date| date.to_json());
        let written = written.or_else(|_| time.map(|time| time.to_json()));
        valid += usize::from(written.is_ok());
        invalid += usize::from(written.is_err());
        assert!(written.is_err() || written == Ok(value), "{text}");
    }
    assert!(valid > 10_000 && invalid > 10_000, "{valid}, {invalid}");
}

#[test]
fn every_day_of_the_calendar_converts_to_its_number_and_back() {
    let mut date = Date::try_from("0000-01-01").unwrap();
    let first = date.day().since_epoch();
    assert_eq!(first, -719_528);
    for number in first..first + 3_652_425 {
        let next = super::calendar::CivilDate::at(number)
            .map(Date::new)
            .unwrap();
        assert_eq!(next.day().since_epoch(), number, "{next}");
        assert!(next.as_str().parse::<Date>().is_ok() && next >= date);
        date = next;
    }
    assert_eq!(date.as_str(), "9999-12-31");
}

#[test]
fn a_time_of_the_system_comes_back_and_keeps_its_order() {
    let random = &mut Random(2);
    let mut previous = random.date_time();
    for _ in 0..10_000 {
        let time = random.date_time();
        let system = SystemTime::from(&time);
        assert_eq!(DateTime::try_from(system).unwrap().as_str(), time.as_str());
        assert_eq!(
            time.cmp(&previous),
            system.cmp(&SystemTime::from(&previous)),
            "{time} {previous}"
        );
        previous = time;
    }
}

#[test]
fn texts_of_one_point_in_time_are_equal() {
    let same = [
        "2026-01-31T08:30:00Z",
        "2026-01-31t08:30:00.00z",
        "2026-02-01T08:29:00+23:59",
        "2026-01-31T03:00:00-05:30",
    ];
    let same: HashSet<DateTime> = same.iter().map(|text| text.parse().unwrap()).collect();
    assert_eq!(same.len(), 1);
    let ordered = [
        "0000-01-01T00:00:00+23:59",
        "0000-01-01T00:00:00Z",
        "2016-12-31T23:59:59.95Z",
        "2016-12-31T23:59:60Z",
        "2016-12-31T23:59:60.000000000000000000001Z",
        "2016-12-31T18:29:60.9-05:30",
        "2017-01-01T00:00:00Z",
        "9999-12-31T23:59:59-23:59",
    ];
    let times = ordered.map(|text| DateTime::try_from(text).unwrap());
    assert!(times.is_sorted_by(|earlier, later| earlier < later));
}

#[test]
fn times_that_no_text_represents_are_refused() {
    let last = SystemTime::from(DateTime::try_from("9999-12-31T23:59:59.999999999Z").unwrap());
    assert!(DateTime::try_from(last).is_ok() && Date::try_from(last).is_ok());
    let after = last + Duration::from_micros(1);
    assert!(DateTime::try_from(after).is_err() && Date::try_from(after).is_err());
    if let Some(before) = UNIX_EPOCH.checked_sub(Duration::from_secs(62_167_219_201)) {
        assert!(DateTime::try_from(before).is_err() && Date::try_from(before).is_err());
    }
}

#[test]
fn a_leap_second_is_the_next_second_of_the_system() {
    let leap: DateTime = "2016-12-31T23:59:60.5Z".parse().unwrap();
    let next = DateTime::try_from(SystemTime::from(leap)).unwrap();
    assert_eq!(next.as_str(), "2017-01-01T00:00:00Z");
}

#[test]
fn the_current_time_has_milliseconds() {
    assert_eq!(
        DateTime::now().as_str().len(),
        "2026-01-31T08:30:00.123Z".len()
    );
}

#[test]
fn an_error_does_not_quote_the_text() {
    let error = "hunter2".parse::<DateTime>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "not a date and time of RFC 3339, such as `2026-01-31T08:30:00Z`"
    );
}

#[test]
fn serde_reads_and_writes_the_text() {
    let text = "\"2026-01-31t08:30:00.000-00:00\"";
    let time: DateTime = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&time).unwrap(), text);
    assert!(serde_json::from_str::<Date>(text).is_err());
}

#[cfg(feature = "jiff")]
#[test]
fn jiff_has_the_same_points_in_time() {
    let random = &mut Random(3);
    for _ in 0..10_000 {
        let time = random.date_time();
        let Ok(stamp) = jiff::Timestamp::try_from(&time) else {
            assert!(time.as_str() > "9999-12-30T22");
            continue;
        };
        assert_eq!(stamp, time.as_str().parse().unwrap());
        assert_eq!(DateTime::try_from(stamp).unwrap().as_str(), time.as_str());
    }
    let date = Date::try_from("2024-02-29").unwrap();
    assert_eq!(jiff::civil::Date::from(&date).to_string(), "2024-02-29");
    assert_eq!(Date::try_from(jiff::civil::date(2024, 2, 29)), Ok(date));
    assert!(Date::try_from(jiff::civil::date(-1, 1, 1)).is_err());
    assert!(DateTime::try_from(jiff::Timestamp::MIN).is_err());
}

#[cfg(feature = "chrono")]
#[test]
fn chrono_has_the_same_points_in_time() {
    use chrono::{FixedOffset, NaiveDate, Utc};

    let random = &mut Random(4);
    for round in 0..10_000 {
        let text = NEAR.get(round).copied();
        let time = text.and_then(|text| text.parse().ok());
        let time = time.unwrap_or_else(|| random.date_time());
        let converted = chrono::DateTime::<FixedOffset>::from(&time);
        let read = chrono::DateTime::parse_from_rfc3339(time.as_str());
        assert_eq!(Ok(converted), read, "{time}");
        let back = DateTime::try_from(converted).unwrap();
        let is_exact = time.parts().1.fraction.len() <= 9;
        assert!(back == time || !is_exact, "{time} {back}");
        assert_eq!(chrono::DateTime::<Utc>::from(time), converted);
    }
    let date = Date::try_from("2024-02-29").unwrap();
    assert_eq!(NaiveDate::from(&date).to_string(), "2024-02-29");
    assert_eq!(Date::try_from(NaiveDate::from(&date)), Ok(date));
    assert!(Date::try_from(NaiveDate::MAX).is_err());
    assert!(DateTime::try_from(chrono::DateTime::<Utc>::MAX_UTC).is_err());
}
