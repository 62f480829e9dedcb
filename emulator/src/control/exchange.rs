//! Exchanges and log lines as JSON.

use std::time::{Duration, UNIX_EPOCH};

use serde_json::{Value, json};

use crate::exchange::{Exchange, RecordedBody};
use crate::program::{LogLevel, LogLine};

/// An exchange.
pub(super) fn exchange_json(exchange: &Exchange) -> Value {
    let request = &exchange.request;
    let response = exchange.response.as_ref();
    json!({
        "id": exchange.id,
        "kind": exchange.kind.as_str(),
        "name": exchange.name,
        "subject": exchange.subject,
        "instance": exchange.instance,
        "parent": exchange.parent,
        "source": exchange.source,
        "trace": exchange.trace,
        "started": exchange.started,
        "durationMs": exchange.duration.map(milliseconds),
        "isOk": exchange.is_ok(),
        "request": {
            "method": request.method,
            "path": request.path,
            "headers": request.headers,
            "body": body_json(&request.body),
        },
        "response": response.map(|response| json!({
            "status": response.status,
            "headers": response.headers,
            "body": body_json(&response.body),
        })),
        "error": exchange.error,
        "note": exchange.note,
    })
}

/// The time in milliseconds, as it was recorded: to the microsecond.
fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1_000_000.0).round() / 1000.0
}

/// A body. Its text is null if it is not UTF-8.
fn body_json(body: &RecordedBody) -> Value {
    json!({ "text": body.text(), "size": body.size(), "note": body.note() })
}

/// A log line.
pub(super) fn line_json(line: &LogLine) -> Value {
    let time = line.time.duration_since(UNIX_EPOCH).unwrap_or_default();
    json!({
        "time": u64::try_from(time.as_millis()).unwrap_or(u64::MAX),
        "level": line.level.map(level_name),
        "message": line.message,
        "trace": line.trace_id,
        "fields": line.fields,
    })
}

fn level_name(level: LogLevel) -> &'static str {
    match level {
        LogLevel::Debug => "debug",
        LogLevel::Info => "info",
        LogLevel::Warn => "warn",
        LogLevel::Error => "error",
    }
}
