//! Differences in names that a call carries.

use serde_json::Value;

use crate::differential::exchange::Exchange;
use crate::differential::request::text;

/// What every JavaScript object has, whether somebody declared it or not.
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
    let body = exchange.request.json().unwrap_or_default();
    let conversation = body
        .get("conversation")
        .or_else(|| body.get("currentConversation"));
    let names = [
        text(&body, "type"),
        conversation.and_then(|conversation| text(conversation, "channel")),
    ];
    let inherited = |name: &str| INHERITED.contains(&name);
    names.into_iter().flatten().any(inherited) && exchange.ours.refuses("not found")
}

/// A message of ours shows 64 characters of a name, and no control characters.
pub(super) fn shortened(exchange: &Exchange) -> bool {
    let odd = |name: &str| name.chars().count() > 64 || name.contains(char::is_control);
    let body = exchange.request.json().unwrap_or_default();
    let channel = body
        .pointer("/conversation/channel")
        .and_then(Value::as_str);
    let is_odd = [text(&body, "type"), channel]
        .into_iter()
        .flatten()
        .any(odd);
    let end = |reply: &str| reply.split(' ').next_back().map(str::to_owned);
    is_odd
        && exchange.official.is_refusal()
        && exchange.ours.is_refusal()
        && end(exchange.official.message()) == end(exchange.ours.message())
}
