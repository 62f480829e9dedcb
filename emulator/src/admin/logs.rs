//! Logs of an integration: a line for each call of it.

use http::Method;
use serde_json::{Value, json};

use super::call::{Call, Operation};
use super::integrations;
use crate::exchange::{Exchange, ExchangeFilter, ExchangeKind, list_in};
use crate::wire::answer::Answer;
use crate::wire::failure::Result;
use crate::wire::query::{Kind, NEXT_TOKEN, parameter, required};
use crate::wire::time;

/// The number of lines on a page.
const PAGE: usize = 100;

pub(super) const OPERATIONS: &[Operation] = &[Operation {
    name: "getIntegrationLogs",
    method: Method::GET,
    path: "/v1/admin/integrations/{id}/logs",
    query: &[
        required("timeStart", Kind::DateTime),
        parameter("timeEnd", Kind::DateTime),
        parameter("level", Kind::Text),
        parameter("userId", Kind::Text),
        parameter("conversationId", Kind::Text),
        parameter("messageContains", Kind::Text),
        NEXT_TOKEN,
    ],
    body: &[],
    run: logs,
}];

/// A line, with the id of its exchange.
struct Line {
    exchange: String,
    shown: Value,
}

/// The lines of a time range, the oldest first. `nextToken` is the last exchange of the page before.
fn logs(call: &mut Call<'_>) -> Result<Answer> {
    let record = integrations::own(call, call.parameter(0))?;
    let from = call.query.time("timeStart").unwrap_or_default();
    let to = call.query.time("timeEnd").unwrap_or(u64::MAX);
    let after = call.query.text("nextToken").unwrap_or_default();
    let calls = calls(call, &record.id, from)?.into_iter();
    let in_range = calls.filter(|one| one.started <= to && one.id.as_str() > after);
    let lines = in_range.map(line).filter(|line| is_wanted(call, line));
    let lines: Vec<_> = lines.take(PAGE + 1).collect();
    let has_more = lines.len() > PAGE;
    let page = &lines[..lines.len().min(PAGE)];
    let shown: Vec<_> = page.iter().map(|line| &line.shown).collect();
    let mut answer = json!({ "logs": shown });
    if let (true, Some(last)) = (has_more, page.last()) {
        answer["nextToken"] = last.exchange.as_str().into();
    }
    Ok(Answer::ok(answer))
}

/// The ended calls of an integration since a time, the oldest first.
fn calls(call: &Call<'_>, integration_id: &str, from: u64) -> Result<Vec<Exchange>> {
    let sql = "SELECT webhook_id FROM platform_instances WHERE integration_id = ?1";
    let mut statement = call.database.prepare_cached(sql)?;
    let instances = statement.query_map([integration_id], |row| row.get::<_, String>(0))?;
    let mut calls = Vec::new();
    for instance in instances {
        calls.extend(calls_of(call, &instance?, from)?);
    }
    calls.retain(|one| !one.is_running());
    calls.sort_by(|one, other| one.id.cmp(&other.id));
    Ok(calls)
}

/// The calls of an instance since a time, the newest first.
fn calls_of(call: &Call<'_>, instance: &str, from: u64) -> Result<Vec<Exchange>> {
    let mut filter = ExchangeFilter {
        kind: Some(ExchangeKind::Call),
        instance: Some(instance.to_owned()),
        ..ExchangeFilter::default()
    };
    let mut calls = Vec::new();
    loop {
        let found = list_in(call.database, &filter)?;
        let is_last = found.last().is_none_or(|oldest| oldest.started < from);
        filter.before = found.last().map(|oldest| oldest.id.clone());
        calls.extend(found.into_iter().take_while(|one| one.started >= from));
        if is_last {
            return Ok(calls);
        }
    }
}

fn is_wanted(call: &Call<'_>, line: &Line) -> bool {
    let is = |parameter: &str, member: &str| {
        let wanted = call.query.text(parameter);
        wanted.is_none_or(|wanted| line.shown[member] == wanted)
    };
    let contains = |part: &str| {
        let message = line.shown["message"].as_str();
        message.is_some_and(|message| message.contains(part))
    };
    is("level", "level")
        && is("userId", "userId")
        && is("conversationId", "conversationId")
        && call.query.text("messageContains").is_none_or(contains)
}

fn line(exchange: Exchange) -> Line {
    let status = exchange.response.as_ref().map(|response| response.status);
    let level = match status {
        _ if exchange.error.is_some() => "error",
        Some(500..) | None => "error",
        Some(400..) => "warn",
        Some(_) => "info",
    };
    let about = exchange
        .subject
        .as_deref()
        .map(|subject| format!(" {subject}"));
    let ended = match (&exchange.error, status) {
        (Some(error), _) => error.clone(),
        (None, Some(status)) => format!("status {status}"),
        (None, None) => "no answer".to_owned(),
    };
    let milliseconds = exchange.duration.unwrap_or_default().as_millis();
    let message = format!(
        "{}{}: {ended} after {milliseconds} ms",
        exchange.name,
        about.unwrap_or_default()
    );
    let mut shown = json!({
        "timestamp": time::format(exchange.started),
        "level": level,
        "message": message,
    });
    let body: Value = serde_json::from_slice(exchange.request.body.bytes()).unwrap_or_default();
    for (member, owner) in [("conversationId", "conversation"), ("userId", "user")] {
        if let Some(id) = body[owner]["id"].as_str() {
            shown[member] = id.into();
        }
    }
    Line {
        exchange: exchange.id,
        shown,
    }
}
