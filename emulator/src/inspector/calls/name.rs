//! What an exchange is called.

use std::borrow::Cow;

use crate::exchange::{Exchange, ExchangeKind};

/// The name of an exchange in two parts: what it is about, and what it was.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::inspector) struct Name<'a> {
    pub(in crate::inspector) about: Cow<'a, str>,
    pub(in crate::inspector) kind: &'a str,
}

impl<'a> Name<'a> {
    pub(in crate::inspector) fn of(exchange: &'a Exchange) -> Self {
        match (exchange.kind, exchange.subject.as_deref()) {
            (ExchangeKind::Call, Some(subject)) => Self {
                about: subject.into(),
                kind: operation(&exchange.name),
            },
            (ExchangeKind::Call, None) => Self {
                about: operation(&exchange.name).into(),
                kind: "",
            },
            (ExchangeKind::Webhook, _) => Self {
                about: behind_webhook(&exchange.name),
                kind: "Webhook request",
            },
            (ExchangeKind::Api, _) => Self {
                about: exchange.name.as_str().into(),
                kind: "Request to the API",
            },
        }
    }
}

/// The method and the path of a webhook request, without the address of the instance.
fn behind_webhook(name: &str) -> Cow<'_, str> {
    let parts = name.split_once(" /webhook/webhook_");
    match parts.and_then(|(method, rest)| Some((method, rest.split_once('/')?.1))) {
        Some((method, path)) => format!("{method} /{path}").into(),
        None => name.into(),
    }
}

/// An operation in words.
fn operation(name: &str) -> &str {
    match name {
        "register" => "Register",
        "unregister" => "Unregister",
        "ping" => "Ping",
        "action_triggered" => "Action",
        "message_created" => "Message",
        "message_updated" => "Updated message",
        "conversation_updated" => "Updated conversation",
        "create_user" => "Create a user",
        "create_conversation" => "Create a conversation",
        "webhook_received" => "Webhook",
        other => other,
    }
}

/// The end of an id, which tells it apart from others.
pub(in crate::inspector) fn short_id(id: &str) -> &str {
    id.get(id.len().saturating_sub(6)..).unwrap_or(id)
}
