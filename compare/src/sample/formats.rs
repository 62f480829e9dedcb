//! Strings of a format.

use super::{Random, words};

/// A string of a format: an edge case, or a random one.
pub(super) fn text(format: &str, random: &mut Random) -> String {
    let known = special(format);
    if !known.is_empty() && random.percent(40) {
        return (*random.pick(known)).to_owned();
    }
    let mut from = |least: usize, most: usize| least + random.below(most - least + 1);
    match format {
        "date-time" => format!("{}T{}Z", date(random), time(random)),
        "date" => date(random),
        "time" => format!("{}Z", time(random)),
        "email" => format!("user{}@example.org", from(0, 9999)),
        "uri" => format!("https://example.org/{}?page={}", from(0, 999), from(0, 99)),
        "uuid" => format!("2eb8aa08-aa98-11ea-b4aa-{:012x}", from(0, 0xffff_ffff)),
        "ipv4" => format!("10.{}.{}.{}", from(0, 255), from(0, 255), from(0, 255)),
        "ipv6" => format!("2001:db8::{:x}:{:x}", from(0, 0xffff), from(0, 0xffff)),
        "hostname" => format!("host{}.example.org", from(0, 9999)),
        _ => words::text(random),
    }
}

fn date(random: &mut Random) -> String {
    let (year, month, day) = (random.below(200), random.below(12), random.below(28));
    format!("{}-{:02}-{:02}", 1900 + year, 1 + month, 1 + day)
}

fn time(random: &mut Random) -> String {
    let (hour, minute, second) = (random.below(24), random.below(60), random.below(60));
    let fraction = match random.below(3) {
        0 => String::new(),
        1 => format!(".{:03}", random.below(1000)),
        _ => format!(".{:09}", random.below(1_000_000_000)),
    };
    format!("{hour:02}:{minute:02}:{second:02}{fraction}")
}

/// Edge cases of a format.
fn special(format: &str) -> &'static [&'static str] {
    match format {
        "date-time" => &[
            "2020-01-01T00:00:00Z",
            "2020-02-29T23:59:59.123456789+02:00",
            "1985-04-12T23:20:50.52Z",
            "2026-12-31T12:00:00-11:30",
            "1937-01-01T12:00:27.870+00:20",
            "2020-01-01t00:00:00z",
            "2016-12-31T23:59:60Z",
        ],
        "date" => &["2020-02-29", "1999-12-31", "2026-01-01"],
        "time" => &["08:30:06Z", "23:59:60Z", "12:00:00.25+01:00"],
        "email" => &[
            "a@example.com",
            "first.last+tag@sub.example.org",
            "\"joe bloggs\"@example.com",
        ],
        "uri" => &[
            "https://example.com/a?b=c#d",
            "urn:isbn:0451450523",
            "mailto:a@example.com",
            "http://[::1]:80/",
        ],
        "uuid" => &[
            "2eb8aa08-aa98-11ea-b4aa-73b441d16380",
            "2EB8AA08-AA98-11EA-B4AA-73B441D16380",
        ],
        "ipv4" => &["127.0.0.1", "255.255.255.255"],
        "ipv6" => &["::1", "2001:db8::ff00:42:8329"],
        "hostname" => &["example.com", "a", "xn--4gbwdl.xn--wgbh1c"],
        _ => &[],
    }
}
