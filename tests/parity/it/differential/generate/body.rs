//! The body of a call: valid for its operation, or almost valid.

use serde_json::{Map, Value, json};

use super::{Draw, value};
use crate::requests::{conversation, message, user};

/// Draws an operation and a body.
pub(super) fn call(draw: &mut Draw) -> (&'static str, Value) {
    let (operation, mut body) = match draw.below(20) {
        0..=5 => ("action_triggered", action(draw)),
        6..=9 => ("webhook_received", webhook(draw)),
        10..=12 => ("message_created", message_created(draw)),
        13 => ("register", registration(draw)),
        14 => ("unregister", registration(draw)),
        15 => ("create_user", json!({ "tags": tags(draw) })),
        16 => {
            let channel = draw.pick(&["channel", "channel", "elsewhere"]);
            (
                "create_conversation",
                json!({ "channel": channel, "tags": tags(draw) }),
            )
        }
        17 => ("message_updated", message_updated(draw)),
        18 => ("conversation_updated", conversation_updated(draw)),
        _ => (
            draw.pick(&["ping", "PING", "frobnicate", "webhook"]),
            json!({}),
        ),
    };
    if draw.chance(20) {
        change(draw, &mut body);
    }
    (operation, body)
}

fn action(draw: &mut Draw) -> Value {
    let name = match draw.below(12) {
        0..=3 => "hello",
        4..=7 => "echo",
        8 | 9 => "fail",
        _ => draw.pick(&[
            "nope",
            "Hello",
            "toString",
            "constructor",
            "__proto__",
            "",
            "é\u{0}",
        ]),
    };
    let input = match name {
        "hello" => json!({ "name": value::text(draw) }),
        "fail" => {
            let how = draw.pick(&[
                "runtime",
                "invalidPayload",
                "forbidden",
                "unexpected",
                "else",
            ]);
            json!({ "how": how, "message": value::text(draw) })
        }
        _ => echo(draw),
    };
    let name = if draw.chance(2) {
        value::text(draw)
    } else {
        name.to_owned()
    };
    json!({ "type": name, "input": input })
}

/// An input for the echo: small, wide, large or deep.
fn echo(draw: &mut Draw) -> Value {
    let value = match draw.below(20) {
        0 => (0..2000).map(|_| value::value(draw, 1)).collect(),
        1 => Value::from("é✓ ".repeat(30_000)),
        2 => {
            let depth = draw.pick(&[60, 100, 120, 140, 1000]);
            (0..depth).fold(Value::Null, |inner, _| Value::Array(vec![inner]))
        }
        _ => value::value(draw, 4),
    };
    let mut input = value::object(draw, 3);
    input.insert("value".to_owned(), value);
    Value::Object(input)
}

fn webhook(draw: &mut Draw) -> Value {
    let path = draw.pick(&[
        "/none",
        "/created",
        "/body-only",
        "/fail/runtime",
        "/fail/unexpected",
        "/context",
        "/echo",
        "/",
        "",
        "//created",
        "/created/",
        "/é",
        "/%00",
    ]);
    let mut request = json!({
        "path": path,
        "query": draw.pick(&["", "a=1&b=%20", "é", "?"]),
        "method": draw.pick(&["GET", "POST", "get", "É"]),
        "headers": { "x-a": value::text(draw), "X-B": "1", "x-b": "2" },
    });
    if draw.chance(60) {
        request["body"] = json!(value::text(draw));
    }
    if draw.chance(20) {
        change(draw, &mut request);
    }
    json!({ "req": request })
}

fn message_created(draw: &mut Draw) -> Value {
    let channel = channel(draw);
    let message_type = draw.pick(&["text", "text", "text", "text", "hologram", "toString"]);
    json!({
        "type": message_type,
        "payload": { "text": value::text(draw) },
        "conversation": conversation(channel),
        "user": user(),
        "message": message(),
    })
}

fn message_updated(draw: &mut Draw) -> Value {
    json!({
        "type": draw.pick(&["text", "hologram"]),
        "payload": value::value(draw, 2),
        "conversation": conversation(channel(draw)),
        "user": user(),
        "currentMessage": message(),
        "previousMessage": message(),
    })
}

fn conversation_updated(draw: &mut Draw) -> Value {
    json!({
        "currentConversation": conversation(channel(draw)),
        "previousConversation": conversation("channel"),
    })
}

fn channel(draw: &mut Draw) -> &'static str {
    draw.pick(&[
        "channel",
        "channel",
        "channel",
        "channel",
        "elsewhere",
        "",
        "constructor",
        "é",
    ])
}

fn registration(draw: &mut Draw) -> Value {
    let last = draw.pick(&["wh_1", "refuse", "refuse/", "é"]);
    json!({ "webhookUrl": format!("https://webhook.example/{last}") })
}

fn tags(draw: &mut Draw) -> Value {
    let mut tags = if draw.chance(30) {
        value::object(draw, 2)
    } else {
        Map::new()
    };
    if draw.chance(80) {
        tags.insert("id".to_owned(), json!(value::text(draw)));
    }
    Value::Object(tags)
}

/// Removes, replaces or adds one member, anywhere in an object.
fn change(draw: &mut Draw, value: &mut Value) {
    let Value::Object(fields) = value else {
        *value = value::value(draw, 2);
        return;
    };
    let names: Vec<_> = fields.keys().cloned().collect();
    let Some(name) = (!names.is_empty()).then(|| names[draw.below(names.len())].clone()) else {
        fields.insert("added".to_owned(), value::value(draw, 2));
        return;
    };
    match draw.below(5) {
        0 => {
            fields.shift_remove(&name);
        }
        1 => {
            fields.insert(name, value::value(draw, 2));
        }
        2 => {
            fields.insert("added".to_owned(), value::value(draw, 2));
        }
        _ => change(draw, &mut fields[&name]),
    }
}

/// Writes a body in one of the notations of JSON.
pub(super) fn write(draw: &mut Draw, body: &Value) -> Vec<u8> {
    match draw.below(10) {
        0 => serde_json::to_vec_pretty(body).unwrap(),
        1 => escaped(&body.to_string()).into_bytes(),
        _ => body.to_string().into_bytes(),
    }
}

/// Escapes all characters beyond ASCII.
fn escaped(json: &str) -> String {
    use std::fmt::Write as _;

    let mut text = String::new();
    for character in json.chars() {
        if character.is_ascii() {
            text.push(character);
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(text, "\\u{unit:04x}").unwrap();
            }
        }
    }
    text
}

/// Makes a body almost valid JSON, or replaces it by unrelated JSON.
pub(super) fn spoil(draw: &mut Draw, body: &mut Vec<u8>) {
    let at = draw.below(body.len().max(1));
    match draw.below(14) {
        0 => body.clear(),
        1 => body.truncate(at),
        2 => body.splice(0..0, *b"\xef\xbb\xbf").for_each(drop),
        3 => body.extend_from_slice(b" \n\t"),
        4 => body.extend_from_slice(b"x"),
        5 => body.splice(at..at, *b"\xff").for_each(drop),
        6 => *body = br#"{"type":"hello","input":{"name":"half \ud83d"}}"#.to_vec(),
        7 => *body = br#"{"type":"echo","input":{"value":1e400}}"#.to_vec(),
        8 => *body = br#"{"type":"hello","type":"echo","input":{"value":1,"value":2}}"#.to_vec(),
        9 => *body = format!(r#"{{"type":"{}","input":{{}}}}"#, "long".repeat(40)).into_bytes(),
        10 => *body = b"{\"type\":\"echo\",\"input\":{\"value\":\"caf\xc3\"}}".to_vec(),
        11 => *body = b"{\"type\":\"line\\nbreak\",\"input\":{}}".to_vec(),
        _ => *body = value::value(draw, 2).to_string().into_bytes(),
    }
}
