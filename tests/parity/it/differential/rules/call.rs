//! Differences in the headers of a call.

use serde_json::Value;

use crate::differential::exchange::Exchange;
use crate::differential::request::{Configuration, REQUIRED};

pub(super) fn missing_header(exchange: &Exchange) -> bool {
    let missing = REQUIRED.iter().find(|name| {
        let value = exchange.request.header(name).unwrap_or_default();
        value.trim_ascii().is_empty()
    });
    missing.is_some_and(|name| {
        exchange.official.is_bare_failure()
            && exchange.ours.refuses(&format!("the header {name} is"))
    })
}

pub(super) fn header_not_utf8(exchange: &Exchange) -> bool {
    let odd = REQUIRED.iter().find(|name| {
        let value = exchange.request.header(name).unwrap_or_default();
        str::from_utf8(value).is_err()
    });
    odd.is_some_and(|name| {
        exchange
            .ours
            .refuses(&format!("the header {name} is not UTF-8"))
    })
}

/// The official server decodes each byte of a header as a character.
pub(super) fn header_utf8(exchange: &Exchange) -> bool {
    let (official, ours) = (&exchange.official.body, &exchange.ours.body);
    let (Some(official), Some(ours)) = (official.as_object(), ours.as_object()) else {
        return false;
    };
    let latin = |value: &Value| {
        let text = value.as_str().unwrap_or_default();
        let bytes: Result<Vec<u8>, _> = text
            .chars()
            .map(|character| u8::try_from(u32::from(character)))
            .collect();
        bytes.ok().and_then(|bytes| String::from_utf8(bytes).ok())
    };
    official.len() == ours.len()
        && ours.iter().all(|(name, value)| {
            official.get(name).is_some_and(|theirs| {
                theirs == value || (value.is_string() && latin(theirs).as_deref() == value.as_str())
            })
        })
}

pub(super) fn unreadable_configuration(exchange: &Exchange) -> bool {
    exchange.request.configuration() == Configuration::Unreadable
        && exchange.official.is_bare_failure()
        && match exchange.request.operation() {
            "ping" | "unregister" => exchange.ours.is_empty(),
            _ => exchange.ours.refuses("configuration"),
        }
}

pub(super) fn unfit_configuration(exchange: &Exchange) -> bool {
    exchange.request.configuration() == Configuration::Unfit
        && match exchange.request.operation() {
            "unregister" => exchange.ours.is_empty(),
            _ => exchange.ours.refuses("configuration"),
        }
}

pub(super) fn empty_type(exchange: &Exchange) -> bool {
    let mut official = exchange.official.clone();
    let places = ["/configurationType", "/output/configurationType"];
    for place in places {
        if let Some(value) = official
            .body
            .pointer_mut(place)
            .filter(|value| *value == "")
        {
            *value = Value::Null;
        }
    }
    exchange.request.header("x-bp-configuration-type") == Some(b"") && official == exchange.ours
}

pub(super) fn older_name(exchange: &Exchange) -> bool {
    exchange.request.operation() == "webhook"
        && exchange.official.refuses("Unknown operation webhook")
}
