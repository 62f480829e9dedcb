//! Times, durations and sizes as texts.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use maud::{Markup, html};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::wire::time::format;

/// What a part of a path does not escape.
const PART: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// A text as a part of a path or a query.
pub(super) fn part(text: &str) -> String {
    utf8_percent_encode(text, PART).to_string()
}

/// A time of day. The script shows it in the zone of the browser.
pub(super) fn time(milliseconds: u64) -> Markup {
    let whole = format(milliseconds);
    let clock = whole.split('T').nth(1).and_then(|clock| clock.get(..8));
    html! {
        time datetime=(whole) title=(whole) data-local="time" { (clock.unwrap_or_default()) }
    }
}

/// A time with its day.
pub(super) fn moment(whole: &str) -> Markup {
    let shown = whole.get(..19).unwrap_or(whole).replace('T', " ");
    html! { time datetime=(whole) title=(whole) data-local="moment" { (shown) } }
}

/// Milliseconds since the Unix epoch.
pub(super) fn milliseconds(time: SystemTime) -> u64 {
    let since_epoch = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since_epoch.as_millis()).unwrap_or(u64::MAX)
}

/// A duration with two or three digits.
pub(super) fn duration(duration: Duration) -> String {
    let microseconds = duration.as_micros();
    match microseconds {
        0..1_000 => format!("{microseconds} µs"),
        1_000..10_000 => format!("{:.1} ms", duration.as_secs_f64() * 1e3),
        10_000..1_000_000 => format!("{} ms", duration.as_millis()),
        _ => format!("{:.1} s", duration.as_secs_f64()),
    }
}

/// A size in bytes.
pub(super) fn size(bytes: u64) -> String {
    let tenths = |unit: u64| {
        let tenths = bytes.saturating_mul(10) / unit;
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    match bytes {
        1 => "1 byte".to_owned(),
        0..1_024 => format!("{bytes} bytes"),
        1_024..1_048_576 => format!("{} KiB", tenths(1_024)),
        _ => format!("{} MiB", tenths(1_048_576)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_and_sizes_have_a_unit_that_suits_them() {
        let shown =
            [7, 1_540, 12_900, 59_949_000].map(|micros| duration(Duration::from_micros(micros)));
        assert_eq!(shown, ["7 µs", "1.5 ms", "12 ms", "59.9 s"]);
        let shown = [0, 1, 1_023, 1_536, 5 * 1_048_576].map(size);
        assert_eq!(
            shown,
            ["0 bytes", "1 byte", "1023 bytes", "1.5 KiB", "5.0 MiB"]
        );
    }

    #[test]
    fn a_time_has_its_whole_form_for_the_script() {
        let shown = time(1_700_000_000_120).into_string();
        assert!(shown.contains(">22:13:20<"), "{shown}");
        assert!(
            shown.contains("datetime=\"2023-11-14T22:13:20.120Z\""),
            "{shown}"
        );
    }
}
