//! Differences in the names of a call.

use serde_json::Value;

use crate::differential::exchange::Exchange;
use crate::differential::request::text;

/// The inherited properties of every JavaScript object.
const INHERITED: [&str; 12] = [
    "__defineGetter__",
    "__defineSetter__",
    "__lookupGetter__",
    "__lookupSetter__",
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "toString",
    "valueOf",
];

pub(super) fn of_every_object(exchange: &Exchange) -> bool {
    let names = names(exchange);
    let mut inherited = names
        .iter()
        .filter(|name| INHERITED.contains(&name.as_str()));
    inherited.next().is_some() && exchange.ours.refuses("not found")
}

/// The official SDK passes the name of any channel to the handler that creates a conversation.
pub(super) fn undeclared_channel(exchange: &Exchange) -> bool {
    let body = exchange.request.json().unwrap_or_default();
    let Some(channel) = text(&body, "channel").filter(|channel| *channel != "channel") else {
        return false;
    };
    exchange.request.operation() == "create_conversation"
        && exchange.official.status == 200
        && exchange
            .ours
            .refuses(&format!("Channel {} not found", shorten(channel)))
}

/// Our error messages show 64 characters of a name, and no control characters.
pub(super) fn shortened(exchange: &Exchange) -> bool {
    let (official, ours) = (&exchange.official, &exchange.ours);
    let message = names(exchange)
        .iter()
        .filter(|name| !name.is_empty())
        .fold(official.message().to_owned(), |message, name| {
            message.replace(name, &shorten(name))
        });
    official.is_refusal() && ours.is_refusal() && message == ours.message()
}

fn shorten(name: &str) -> String {
    let shown: String = name.chars().take(64).collect();
    let end = if shown.len() < name.len() { "…" } else { "" };
    shown.replace(char::is_control, "\u{fffd}") + end
}

/// The pointers to the names that a call looks up.
fn names(exchange: &Exchange) -> Vec<String> {
    let body = exchange.request.json().unwrap_or_default();
    let pointers = [
        "/type",
        "/conversation/channel",
        "/currentConversation/channel",
    ];
    let names = pointers.iter().filter_map(|pointer| body.pointer(pointer));
    names.filter_map(Value::as_str).map(str::to_owned).collect()
}
