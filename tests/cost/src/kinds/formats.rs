//! String formats, each with strings that almost match it.

use super::schema::Validation;
use crate::inputs::{Input, list, string};

/// One long string, or many short ones, of a part that formats check.
macro_rules! texts {
    ($($unit:literal),* $(,)?) => {
        &[$(
            (concat!("a text of ", $unit), |size| string(size, $unit)),
            (concat!("short texts of ", $unit), |size| list(size, |_| string(60, $unit))),
        )*]
    };
}

const TEXTS: &[Input] = texts![
    "a.",
    "a",
    "1",
    ".",
    "-",
    ":",
    "/",
    "@",
    "a@",
    "é",
    "é.",
    "xn--a-",
    "xn--",
    "[",
    "(",
    "((a+)+)",
    "(?<a>b)|",
    "a|",
    "(?:",
    "a{9}",
    "[a-z]",
    "\\\\u0061",
    "%41",
    "{a}",
    "~0",
    "0:",
    "::",
    "2020-01-01",
    "T00",
    "\\\\1",
    "(?=",
    "ß",
    "א1",
    "<a>",
    "\\\"",
    "🎉",
    "\\u0300",
];

const CONTEXTS: &[Input] = &[
    ("a mail address with a long name", |size| {
        format!("\"{}@a.b\"", "a.".repeat(size / 2))
    }),
    ("a mail address with a long host", |size| {
        format!("\"a@{}b\"", "a.".repeat(size / 2))
    }),
    ("a mail address in quotes", |size| {
        format!("\"\\\"{}\\\"@a.b\"", "a".repeat(size))
    }),
    ("an encoded host label", |size| {
        format!("\"xn--{}\"", "a9".repeat(size / 2))
    }),
    ("an encoded host label that grows", |size| {
        format!("\"xn--{}-99zz\"", "a".repeat(size))
    }),
    ("encoded host labels", |size| {
        format!("\"{}b\"", "xn--bcher-kva.".repeat(size / 14))
    }),
    ("a host of long labels", |size| {
        format!(
            "\"{}b\"",
            format!("{}.", "é".repeat(1000)).repeat((size / 2002).max(1))
        )
    }),
    ("encoded labels of 1900 letters", |size| {
        list(size, |_| format!("\"xn--{}\"", "a9".repeat(950)))
    }),
    ("an address with a long path", |size| {
        format!("\"http://a.b/{}\"", "a/".repeat(size / 2))
    }),
    ("an address with a long query", |size| {
        format!("\"http://a.b/?{}\"", "%41&".repeat(size / 4))
    }),
    ("an address with a long host", |size| {
        format!("\"http://{}/\"", "a.".repeat(size / 2))
    }),
    ("an address of six", |size| {
        format!("\"http://[{}]/\"", "1:".repeat(size / 2))
    }),
    ("a time with a long fraction", |size| {
        format!("\"2020-01-01T00:00:00.{}Z\"", "1".repeat(size))
    }),
    ("times", |size| {
        list(size, |_| "\"2020-01-01T00:00:00.1Z\"".to_owned())
    }),
    ("a duration", |size| format!("\"P{}D\"", "1".repeat(size))),
    ("groups in groups", |size| {
        format!("\"{}{}\"", "(".repeat(size / 2), ")".repeat(size / 2))
    }),
    ("repetitions of repetitions", |size| {
        list(size, |index| {
            format!("\"((a{{1000}}){{1000}}){{{index}}}\"")
        })
    }),
    ("names of groups", |size| {
        let names: Vec<_> = (0..size / 14)
            .map(|index| format!("(?<n{index}>a)"))
            .collect();
        format!("\"{}\"", names.concat())
    }),
    ("names of groups in alternatives", |size| {
        let names: Vec<_> = (0..size / 14)
            .map(|index| format!("(?<n{index}>a)"))
            .collect();
        format!("\"{}\"", names.join("|"))
    }),
    ("references to names of groups", |size| {
        let names: Vec<_> = (0..size / 22)
            .map(|index| format!("(?<n{index}>a)\\\\k<n{index}>"))
            .collect();
        format!("\"{}\"", names.concat())
    }),
    ("classes of characters", |size| {
        format!("\"[{}]\"", "a-bc".repeat(size / 4))
    }),
    ("different expressions", |size| {
        list(size, |index| format!("\"[a-z]{{{index}}}(b|c)\""))
    }),
];

const FORMATS: &[&str] = &[
    "date",
    "date-time",
    "time",
    "duration",
    "email",
    "idn-email",
    "hostname",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "uri",
    "uri-reference",
    "uri-template",
    "iri",
    "iri-reference",
    "json-pointer",
    "relative-json-pointer",
    "regex",
    "uuid",
];

pub(super) fn validations() -> Vec<Validation> {
    let inputs = [TEXTS, CONTEXTS].concat();
    let formats = FORMATS.iter().map(|format| {
        let schema = format!(r#"{{"items":{{"format":"{format}"}},"format":"{format}"}}"#);
        Validation::of(format!("format {format}"), schema, &inputs)
    });
    let contents = [
        (
            "contentEncoding",
            r#"{"items":{"contentEncoding":"base64"},"contentEncoding":"base64"}"#,
        ),
        (
            "contentMediaType",
            r#"{"items":{"contentMediaType":"application/json"},"contentMediaType":"application/json"}"#,
        ),
        (
            "content in content",
            r#"{"contentMediaType":"application/json","contentEncoding":"base64"}"#,
        ),
    ];
    let contents = contents
        .into_iter()
        .map(|(name, schema)| Validation::of(name, schema.to_owned(), &inputs));
    formats.chain(contents).collect()
}
