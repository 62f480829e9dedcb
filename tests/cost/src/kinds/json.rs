//! Parsing a body into a value, and serializing a value.

use serde_json::Value;

use crate::Kind;
use crate::inputs::COMMON;
use crate::measure::Outcome;

pub(super) fn kinds() -> Vec<Kind> {
    let parsing = COMMON
        .iter()
        .fold(Kind::new("parsing JSON"), |kind, (name, input)| {
            kind.candidate(
                name,
                Box::new(move |size| {
                    let text = input(size);
                    Box::new(move || {
                        let value: Result<Value, _> = serde_json::from_str(&text);
                        drop(value);
                        Outcome::default()
                    })
                }),
            )
        });
    let writing = COMMON
        .iter()
        .fold(Kind::new("writing JSON"), |kind, (name, input)| {
            kind.candidate(
                name,
                Box::new(move |size| {
                    let value: Value = serde_json::from_str(&input(size)).unwrap_or_default();
                    Box::new(move || {
                        drop(value.to_string());
                        Outcome::default()
                    })
                }),
            )
        });
    vec![parsing, writing]
}
