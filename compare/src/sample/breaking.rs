//! Values that are changed in one place.

use super::Random;
use super::any::{any, name, number};
use crate::json::Json;

/// Changes a value in one place, so that it may no longer fit its schema.
#[must_use]
pub fn break_in_one_place(value: &Json, random: &mut Random) -> Json {
    let mut value = value.clone();
    let mut place = random.below(count(&value));
    if let Some(found) = node(&mut value, &mut place) {
        change(found, random);
    }
    value
}

/// How often another place is tried, if a value in the first one has no length.
const PLACES: usize = 8;

/// Gives one text or list of a value another length.
#[must_use]
pub fn stretch_in_one_place(value: &Json, length: usize, random: &mut Random) -> Json {
    let mut value = value.clone();
    for _ in 0..PLACES {
        let mut place = random.below(count(&value));
        match node(&mut value, &mut place) {
            Some(Json::String(text)) => {
                let padding = std::iter::repeat('x');
                *text = text.chars().chain(padding).take(length).collect();
                break;
            }
            Some(Json::Array(items)) => {
                let item = items.first().cloned().unwrap_or(Json::Null);
                items.resize(length, item);
                break;
            }
            _ => {}
        }
    }
    value
}

/// The number of values, including the value itself and those inside it.
fn count(value: &Json) -> usize {
    let inner: usize = match value {
        Json::Array(items) => items.iter().map(count).sum(),
        Json::Object(fields) => fields.iter().map(|(_, value)| count(value)).sum(),
        _ => 0,
    };
    1 + inner
}

/// The value with an index, counted from the outside inwards.
fn node<'a>(value: &'a mut Json, place: &mut usize) -> Option<&'a mut Json> {
    if *place == 0 {
        return Some(value);
    }
    *place -= 1;
    match value {
        Json::Array(items) => items.iter_mut().find_map(|item| node(item, place)),
        Json::Object(fields) => fields.iter_mut().find_map(|(_, value)| node(value, place)),
        _ => None,
    }
}

fn change(value: &mut Json, random: &mut Random) {
    if random.percent(40) {
        *value = other(random);
        return;
    }
    match value {
        Json::Object(fields) => match random.below(3) {
            0 => fields.push((name(random), other(random))),
            1 if !fields.is_empty() => {
                let index = random.below(fields.len());
                let (name, _) = &mut fields[index];
                *name = match random.below(3) {
                    0 => name.to_uppercase(),
                    1 => format!("{name}_"),
                    _ => format!(" {name}"),
                };
            }
            _ if !fields.is_empty() => {
                fields.remove(random.below(fields.len()));
            }
            _ => *value = other(random),
        },
        Json::Array(items) => match random.below(4) {
            0 => items.push(other(random)),
            1 => items.clear(),
            2 if !items.is_empty() => {
                items.remove(random.below(items.len()));
            }
            _ => match items.first().cloned() {
                Some(first) => items.extend(std::iter::repeat_n(first, 1 + random.below(60))),
                None => *value = other(random),
            },
        },
        Json::String(text) => match random.below(5) {
            0 => text.clear(),
            1 => text.push('~'),
            2 => *text = text.to_uppercase(),
            3 => *text = text.chars().skip(1).collect(),
            _ => *text = text.repeat(300),
        },
        Json::Number(text) => {
            *text = match random.below(6) {
                // Beyond these digits, a validator that reads floats rounds the half away.
                0 if text.len() < 12 => half(text),
                1 => "-1".to_owned(),
                2 => "100000000000000000000".to_owned(),
                3 => "0".to_owned(),
                4 => "-1000000".to_owned(),
                _ => "1e9".to_owned(),
            };
        }
        Json::Bool(_) | Json::Null => *value = other(random),
    }
}

fn other(random: &mut Random) -> Json {
    match random.below(12) {
        0 => Json::Null,
        1 => Json::Bool(true),
        2 => number("0"),
        3 => number("1.5"),
        4 => Json::text("x"),
        5 => Json::text(""),
        6 => Json::Array(Vec::new()),
        7 => Json::Array(vec![Json::Null]),
        8 => Json::Object(Vec::new()),
        _ => any(random, 0),
    }
}

/// A number between two integers.
fn half(text: &str) -> String {
    format!("{}.5", text.split(['.', 'e', 'E']).next().unwrap_or("0"))
}
