//! Values of any kind.

use super::{Random, words};
use crate::json::Json;

/// A value of any kind.
pub(super) fn any(random: &mut Random, depth: usize) -> Json {
    let kinds = if depth > 2 { 8 } else { 11 };
    match random.below(kinds) {
        0 => Json::Null,
        1 => Json::Bool(random.percent(50)),
        2 => number("0"),
        3 => number(&format!("-{}", 1 + random.below(1000))),
        4 => number(&format!("{}.25", random.below(1000))),
        5 => number("9007199254740993"),
        6 => Json::text(""),
        7 => Json::String(words::text(random)),
        8 => Json::Array(
            (0..random.below(3))
                .map(|_| any(random, depth + 1))
                .collect(),
        ),
        9 => Json::Array(Vec::new()),
        _ => {
            let names = (0..random.below(3))
                .map(|_| name(random))
                .collect::<Vec<_>>();
            let mut fields: Vec<(String, Json)> = Vec::new();
            for name in names {
                if fields.iter().all(|(other, _)| *other != name) {
                    fields.push((name, any(random, depth + 1)));
                }
            }
            Json::Object(fields)
        }
    }
}

/// A property name that a schema is unlikely to declare.
pub(super) fn name(random: &mut Random) -> String {
    let names = [
        "undeclared",
        "größe",
        "a b",
        "",
        "x/y~z",
        "self",
        "extra",
        "Type",
        "0",
        "__proto__",
    ];
    (*random.pick(&names)).to_owned()
}

pub(super) fn number(text: &str) -> Json {
    Json::Number(text.to_owned())
}
