//! The result of a call, for people or as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::Format;
use crate::Outcome;
use crate::dev::{Style, show_line};

/// How much of a request's body is shown on its line.
const SHOWN: usize = 120;

/// Shows what became of a call. The status is 1 if it failed.
pub(crate) fn called(result: &Value, format: Format, color: bool) -> Result<Outcome, Outcome> {
    let outcome = match format {
        Format::Json => Outcome {
            output: format!("{:#}\n", as_json(result)),
            ..Outcome::default()
        },
        Format::Human => Outcome {
            output: answer(&result["exchange"]),
            errors: around(result, Style::new(color)),
            status: 0,
        },
    };
    if result["error"].is_null() {
        Ok(outcome)
    } else {
        Err(Outcome {
            status: 1,
            ..outcome
        })
    }
}

fn as_json(result: &Value) -> Value {
    let exchange = &result["exchange"];
    json!({
        "exchange": exchange["id"],
        "operation": exchange["name"],
        "subject": exchange["subject"],
        "status": exchange["response"]["status"],
        "durationMs": exchange["durationMs"],
        "answer": body(exchange),
        "error": result["error"],
        "requests": requests(exchange).iter().map(|request| json!({
            "exchange": request["id"],
            "name": request["name"],
            "status": request["response"]["status"],
            "durationMs": request["durationMs"],
        })).collect::<Vec<_>>(),
        "log": exchange["lines"],
    })
}

/// The answer of an exchange: JSON if it is, or its text.
fn body(exchange: &Value) -> Value {
    let text = exchange["response"]["body"]["text"]
        .as_str()
        .unwrap_or_default();
    serde_json::from_str(text).unwrap_or_else(|_| text.into())
}

fn answer(exchange: &Value) -> String {
    match body(exchange) {
        Value::String(text) if text.is_empty() => text,
        Value::String(text) => format!("{text}\n"),
        json => format!("{json:#}\n"),
    }
}

/// What is said about a call beside its answer: its status and time, its requests, its log.
fn around(result: &Value, style: Style) -> String {
    let exchange = &result["exchange"];
    let mut text = String::new();
    if !exchange.is_null() {
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{}: {} in {}{}",
            style.bold(&subject(exchange)),
            status(exchange, style),
            duration(exchange),
            // A direct call is not recorded.
            exchange["id"]
                .as_str()
                .map_or_else(String::new, |id| format!(" ({id})"))
        );
    }
    let requests = requests(exchange);
    if !requests.is_empty() {
        text.push_str("requests to the API:\n");
    }
    for request in requests {
        let _ = writeln!(
            text,
            "  {} {} in {}{}",
            request["name"].as_str().unwrap_or_default(),
            status(request, style),
            duration(request),
            style.dim(&sent(request))
        );
    }
    let lines = exchange["lines"].as_array();
    if lines.is_some_and(|lines| !lines.is_empty()) {
        text.push_str("log:\n");
    }
    for line in lines.into_iter().flatten() {
        let (level, message) = (line["level"].as_str(), line["message"].as_str());
        text.push_str(&show_line(
            level,
            message.unwrap_or_default(),
            Some(&line["fields"]),
            style,
        ));
    }
    if let Some(note) = exchange["note"].as_str() {
        let _ = writeln!(text, "note: {note}");
    }
    if let Some(error) = result["error"].as_str() {
        let _ = writeln!(text, "{} {error}", style.red("error:"));
    }
    text
}

/// The operation and what it is about.
pub(crate) fn subject(exchange: &Value) -> String {
    let name = exchange["name"].as_str().unwrap_or_default();
    match exchange["subject"].as_str() {
        Some(subject) => format!("{name} {subject}"),
        None => name.to_owned(),
    }
}

pub(crate) fn status(exchange: &Value, style: Style) -> String {
    match (
        exchange["response"]["status"].as_u64(),
        exchange["isOk"] == true,
    ) {
        (Some(status), true) => style.green(&status.to_string()),
        (Some(status), false) => style.red(&status.to_string()),
        (None, _) if exchange["durationMs"].is_null() => style.yellow("running"),
        (None, _) => style.red("no answer"),
    }
}

/// How long an exchange took.
pub(crate) fn duration(exchange: &Value) -> String {
    match exchange["durationMs"].as_f64() {
        Some(time) if time >= 1000.0 => format!("{:.1} s", time / 1000.0),
        Some(time) => format!("{time:.1} ms"),
        None => "…".to_owned(),
    }
}

/// The API requests of an exchange, also of the call that a webhook has.
pub(crate) fn requests(exchange: &Value) -> Vec<&Value> {
    let children = exchange["children"].as_array().into_iter().flatten();
    let mut requests = Vec::new();
    for child in children {
        if child["kind"] == "api" {
            requests.push(child);
        } else {
            requests.extend(self::requests(child));
        }
    }
    requests
}

/// What a request sent, in one line.
fn sent(request: &Value) -> String {
    let text = request["request"]["body"]["text"]
        .as_str()
        .unwrap_or_default();
    if text.is_empty() {
        return String::new();
    }
    let shown: String = text.chars().take(SHOWN).collect();
    let rest = if shown.len() < text.len() { "…" } else { "" };
    format!(" {}{rest}", shown.replace('\n', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result() -> Value {
        let request = json!({
            "kind": "api", "name": "POST /v1/chat/messages", "durationMs": 0.25, "isOk": true,
            "response": { "status": 201 }, "request": { "body": { "text": "{\"a\":1}" } },
        });
        let call = json!({ "kind": "call", "children": [request] });
        json!({ "error": null, "exchange": {
            "id": "exch_1", "name": "POST /webhook/w", "subject": null, "durationMs": 1200.0, "isOk": true,
            "response": { "status": 200, "body": { "text": "thanks" } },
            "children": [call],
            "lines": [{ "level": "info", "message": "hi", "fields": null }],
        } })
    }

    #[test]
    fn the_answer_is_apart_from_what_is_said_about_it() {
        let outcome = called(&result(), Format::Human, false).unwrap();
        assert_eq!(outcome.output, "thanks\n");
        assert_eq!(
            outcome.errors,
            "POST /webhook/w: 200 in 1.2 s (exch_1)\nrequests to the API:\n  \
             POST /v1/chat/messages 201 in 0.2 ms {\"a\":1}\nlog:\n  info  hi\n"
        );
    }

    #[test]
    fn a_failure_has_its_error_and_status() {
        let mut result = result();
        result["error"] = json!("no key");
        let failed = called(&result, Format::Human, false).unwrap_err();
        assert!(failed.errors.ends_with("error: no key\n"));
        let failed = called(&result, Format::Json, false).unwrap_err();
        let json: Value = serde_json::from_str(&failed.output).unwrap();
        assert_eq!(
            (&json["error"], &json["answer"]),
            (&json!("no key"), &json!("thanks"))
        );
        assert_eq!(json["requests"][0]["status"], 201);
        assert_eq!(failed.status, 1);
    }
}
