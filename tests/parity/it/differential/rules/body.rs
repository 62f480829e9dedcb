//! Differences in the body of a call.

use serde_json::{Map, Number, Value};

use crate::differential::exchange::Exchange;
use crate::differential::request::{Request, text};

/// The maximum depth of JSON in `serde_json`.
const DEPTH: usize = 127;

/// Both reject invalid JSON.
pub(super) fn not_json(exchange: &Exchange) -> bool {
    exchange.official.is_refusal() && is_unreadable(exchange)
}

pub(super) fn not_utf8(exchange: &Exchange) -> bool {
    str::from_utf8(exchange.request.body()).is_err() && is_unreadable(exchange)
}

pub(super) fn lone_surrogate(exchange: &Exchange) -> bool {
    let text = String::from_utf8_lossy(exchange.request.body()).to_lowercase();
    [
        "\\ud8", "\\ud9", "\\uda", "\\udb", "\\udc", "\\udd", "\\ude", "\\udf",
    ]
    .iter()
    .any(|half| text.contains(half))
        && is_unreadable(exchange)
}

pub(super) fn infinite(exchange: &Exchange) -> bool {
    let text = String::from_utf8_lossy(exchange.request.body()).into_owned();
    let mut numbers =
        text.split(|character: char| !matches!(character, '0'..='9' | '.' | 'e' | 'E' | '+' | '-'));
    numbers.any(|number| number.parse().is_ok_and(f64::is_infinite)) && is_unreadable(exchange)
}

pub(super) fn too_deep(exchange: &Exchange) -> bool {
    let (mut depth, mut deepest) = (0_usize, 0);
    for byte in exchange.request.body() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest > DEPTH && is_unreadable(exchange)
}

/// We reject the body as invalid JSON.
fn is_unreadable(exchange: &Exchange) -> bool {
    exchange.request.json().is_none() && exchange.ours.refuses("the body is invalid: at the root: ")
}

/// The body has the required form of its operation.
pub(super) fn shape(exchange: &Exchange) -> bool {
    let Some(body) = exchange.request.json() else {
        return false;
    };
    let operation = exchange.request.operation();
    !has_shape(operation, &body)
        && (exchange.ours.refuses("the body") || exchange.ours.refuses("Missing action type"))
}

fn has_shape(operation: &str, body: &Value) -> bool {
    let has_id = |name: &str| body.get(name).is_some_and(is_entity);
    let has_channel = |name: &str| {
        body.get(name)
            .is_some_and(|value| is_entity(value) && text(value, "channel").is_some())
    };
    let has_text = |name: &str| text(body, name).is_some();
    match operation {
        "action_triggered" => has_text("type"),
        "webhook_received" => body.get("req").is_some_and(is_request),
        "register" | "unregister" => has_text("webhookUrl"),
        "create_user" => is_absent_or(body.get("tags"), Value::is_object) && body.is_object(),
        "create_conversation" => {
            has_text("channel") && is_absent_or(body.get("tags"), Value::is_object)
        }
        "message_created" => {
            has_text("type") && has_channel("conversation") && has_id("user") && has_id("message")
        }
        "message_updated" => {
            has_text("type")
                && has_channel("conversation")
                && ["user", "currentMessage", "previousMessage"]
                    .into_iter()
                    .all(has_id)
        }
        "conversation_updated" => {
            has_channel("currentConversation") && has_channel("previousConversation")
        }
        _ => true,
    }
}

/// A stored entity: an id, and fields of the declared types.
fn is_entity(value: &Value) -> bool {
    let texts = [
        "createdAt",
        "updatedAt",
        "type",
        "direction",
        "userId",
        "conversationId",
        "integration",
    ];
    text(value, "id").is_some()
        && texts
            .iter()
            .all(|name| is_absent_or(value.get(name), Value::is_string))
        && is_absent_or(value.get("tags"), Value::is_object)
}

fn is_request(request: &Value) -> bool {
    text(request, "path").is_some()
        && text(request, "method").is_some()
        && is_absent_or(request.get("query"), Value::is_string)
        && is_absent_or(request.get("headers"), Value::is_object)
        && is_absent_or(request.get("body"), Value::is_string)
}

fn is_absent_or(value: Option<&Value>, is: impl Fn(&Value) -> bool) -> bool {
    value.is_none_or(|value| value.is_null() || is(value))
}

/// A payload that is invalid against its schema is rejected by name.
pub(super) fn payload(exchange: &Exchange) -> bool {
    let body = exchange.request.json().unwrap_or_default();
    let name = text(&body, "type").unwrap_or_default();
    let (payload, subject) = match exchange.request.operation() {
        "action_triggered" => (
            &body["input"],
            format!("the input of the action {name} is invalid"),
        ),
        "message_created" => (
            &body["payload"],
            format!("the {name} message in channel is invalid"),
        ),
        _ => return false,
    };
    let fits = match name {
        "hello" => text(payload, "name").is_some(),
        "echo" => payload.is_object(),
        "fail" => {
            let how = text(payload, "how");
            text(payload, "message").is_some()
                && matches!(
                    how,
                    Some("runtime" | "invalidPayload" | "forbidden" | "unexpected")
                )
        }
        "text" => text(payload, "text").is_some_and(|text| !text.is_empty()),
        _ => true,
    };
    !fits && exchange.ours.refuses(&subject)
}

/// The official SDK accepts any value as tags.
pub(super) fn tags(exchange: &Exchange) -> bool {
    let request = &exchange.request;
    let (mut official, body) = (
        exchange.official.clone(),
        request.json().unwrap_or_default(),
    );
    let Some(answer) = official.body.as_object_mut() else {
        return false;
    };
    let mut tags = body["tags"].as_object().cloned().unwrap_or_default();
    tags.retain(|name, value| name == "id" && value.is_string());
    answer.insert("tags".to_owned(), Value::Object(tags));
    matches!(request.operation(), "create_user" | "create_conversation")
        && official == exchange.ours
}

/// The official SDK accepts any value as a webhook request.
pub(super) fn webhook_request(exchange: &Exchange) -> bool {
    let Some(sent) = exchange.request.json().map(|mut body| body["req"].take()) else {
        return false;
    };
    let field = |name: &str| sent.get(name).filter(|value| !value.is_null()).cloned();
    let mut request = Map::new();
    request.extend(["method", "path"].map(|name| (name.to_owned(), sent[name].clone())));
    request.insert(
        "query".to_owned(),
        field("query").unwrap_or_else(|| "".into()),
    );
    let headers = sent["headers"].as_object().cloned().unwrap_or_default();
    request.insert("headers".to_owned(), Value::Object(read_headers(&headers)));
    request.extend(field("body").map(|body| ("body".to_owned(), body)));
    exchange.request.operation() == "webhook_received"
        && rounded(&exchange.official.body) == rounded(&sent)
        && exchange.ours.body == Value::Object(request)
}

fn read_headers(headers: &Map<String, Value>) -> Map<String, Value> {
    headers
        .iter()
        .filter_map(|(name, value)| Some((name.clone(), read_header(value)?.into())))
        .collect()
}

fn read_header(value: &Value) -> Option<String> {
    match value {
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Array(values) => {
            let texts: Vec<_> = values.iter().filter_map(read_header).collect();
            Some(texts.join(", "))
        }
        Value::String(text) => Some(text.clone()),
        Value::Null | Value::Object(_) => None,
    }
}

/// JavaScript reads all numbers as floats.
pub(super) fn exact_numbers(exchange: &Exchange) -> bool {
    let (official, ours) = (&exchange.official, &exchange.ours);
    has_number(&exchange.request)
        && (official.status, &official.headers) == (ours.status, &ours.headers)
        && rounded(&official.body) == rounded(&ours.body)
}

fn has_number(request: &Request) -> bool {
    request.body().iter().any(u8::is_ascii_digit)
}

/// A value after JavaScript has read it.
fn rounded(value: &Value) -> Value {
    let mut value = value.clone();
    round_numbers(&mut value);
    value
}

fn round_numbers(value: &mut Value) {
    match value {
        Value::Number(number) => {
            let float = number.as_f64().and_then(Number::from_f64);
            *number = float.unwrap_or_else(|| number.clone());
        }
        Value::Array(items) => items.iter_mut().for_each(round_numbers),
        Value::Object(fields) => fields.values_mut().for_each(round_numbers),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}
