//! Exchanges in the storage.

use std::time::Duration;

use rusqlite::types::Value as SqlValue;
use rusqlite::{Connection, OptionalExtension as _, Row, named_params, params, params_from_iter};

use super::{
    Exchange, ExchangeFilter, ExchangeKind, RecordedBody, RecordedRequest, RecordedResponse,
};
use crate::storage::StorageError;

/// How an exchange ended.
pub(super) struct Ended {
    pub(super) duration: Duration,
    pub(super) response: Option<RecordedResponse>,
    pub(super) error: Option<String>,
}

/// Adds an exchange, and deletes the oldest ones beyond `keep`.
pub(super) fn insert(
    connection: &Connection,
    exchange: &Exchange,
    keep: u32,
) -> Result<(), StorageError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO exchanges (id, kind, name, subject, instance, parent, source, trace, started, method, path,
            request_headers, request_body, request_size, request_cut, note)
         VALUES (:id, :kind, :name, :subject, :instance, :parent, :source, :trace, :started, :method, :path,
            :headers, :body, :size, :cut, :note)",
    )?;
    let request = &exchange.request;
    statement.execute(named_params! {
        ":id": exchange.id,
        ":kind": exchange.kind.as_str(),
        ":name": exchange.name,
        ":subject": exchange.subject,
        ":instance": exchange.instance,
        ":parent": exchange.parent,
        ":source": exchange.source,
        ":trace": exchange.trace,
        ":started": signed(exchange.started),
        ":method": request.method,
        ":path": request.path,
        ":headers": headers_text(&request.headers),
        ":body": request.body.bytes(),
        ":size": signed(request.body.size()),
        ":cut": request.body.is_cut(),
        ":note": exchange.note,
    })?;
    let newest = connection.last_insert_rowid();
    connection
        .prepare_cached("DELETE FROM exchanges WHERE seq <= ?1")?
        .execute(params![newest.saturating_sub(i64::from(keep))])?;
    Ok(())
}

/// Writes how an exchange ended. One that has been deleted meanwhile stays deleted.
pub(super) fn finish(connection: &Connection, id: &str, ended: &Ended) -> Result<(), StorageError> {
    let response = ended.response.as_ref();
    let mut statement = connection.prepare_cached(
        "UPDATE exchanges SET microseconds = :microseconds, status = :status, response_headers = :headers,
            response_body = :body, response_size = :size, response_cut = :cut, error = :error
         WHERE id = :id",
    )?;
    statement.execute(named_params! {
        ":id": id,
        ":microseconds": i64::try_from(ended.duration.as_micros()).unwrap_or(i64::MAX),
        ":status": response.map(|response| response.status),
        ":headers": response.map(|response| headers_text(&response.headers)),
        ":body": response.map(|response| response.body.bytes()),
        ":size": response.map(|response| signed(response.body.size())),
        ":cut": response.map(|response| response.body.is_cut()),
        ":error": ended.error,
    })?;
    Ok(())
}

/// Deletes the oldest exchanges until their bodies have at most `limit` bytes. Returns how many they have.
pub(super) fn shrink(connection: &Connection, limit: u64) -> Result<u64, StorageError> {
    let mut statement = connection.prepare_cached(
        "SELECT seq, length(request_body) + ifnull(length(response_body), 0) FROM exchanges ORDER BY seq DESC",
    )?;
    let mut rows = statement.query([])?;
    let mut kept = 0;
    while let Some(row) = rows.next()? {
        let bodies: u64 = row.get(1)?;
        if kept + bodies > limit {
            let oldest: i64 = row.get(0)?;
            connection.execute("DELETE FROM exchanges WHERE seq <= ?1", params![oldest])?;
            break;
        }
        kept += bodies;
    }
    Ok(kept)
}

/// Ends the exchanges that a process has left behind.
pub(super) fn end_running(connection: &Connection, error: &str) -> Result<(), StorageError> {
    connection.execute(
        "UPDATE exchanges SET microseconds = 0, error = ?1 WHERE microseconds IS NULL",
        params![error],
    )?;
    Ok(())
}

pub(super) fn find(connection: &Connection, id: &str) -> Result<Option<Exchange>, StorageError> {
    let mut statement = connection.prepare_cached("SELECT * FROM exchanges WHERE id = ?1")?;
    Ok(statement.query_row(params![id], read).optional()?)
}

/// Returns the id of the call with a trace.
pub(super) fn call_of_trace(
    connection: &Connection,
    trace: &str,
) -> Result<Option<String>, StorageError> {
    let mut statement = connection.prepare_cached(
        "SELECT id FROM exchanges WHERE trace = ?1 AND kind = 'call' ORDER BY seq DESC LIMIT 1",
    )?;
    let id = statement.query_row(params![trace], |row| row.get(0));
    Ok(id.optional()?)
}

/// Returns the newest exchanges of a filter first.
pub(crate) fn list(
    connection: &Connection,
    filter: &ExchangeFilter,
) -> Result<Vec<Exchange>, StorageError> {
    let mut conditions = vec!["1".to_owned()];
    let mut values = Vec::new();
    let mut equal = |column: &str, value: Option<&str>| {
        if let Some(value) = value {
            values.push(SqlValue::from(value.to_owned()));
            conditions.push(format!("{column} = ?{}", values.len()));
        }
    };
    equal("kind", filter.kind.map(ExchangeKind::as_str));
    equal("instance", filter.instance.as_deref());
    equal("parent", filter.parent.as_deref());
    if filter.without_parent {
        conditions.push("parent IS NULL".to_owned());
    }
    if let Some(before) = &filter.before {
        values.push(SqlValue::from(before.clone()));
        let place = values.len();
        conditions.push(format!(
            "seq < (SELECT seq FROM exchanges WHERE id = ?{place})"
        ));
    }
    values.push(SqlValue::from(i64::from(filter.limit)));
    let sql = format!(
        "SELECT * FROM exchanges WHERE {} ORDER BY seq DESC LIMIT ?{}",
        conditions.join(" AND "),
        values.len()
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let exchanges = statement.query_map(params_from_iter(values), read)?;
    Ok(exchanges.collect::<Result<_, _>>()?)
}

pub(super) fn clear(connection: &Connection) -> Result<(), StorageError> {
    connection.execute("DELETE FROM exchanges", [])?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<Exchange> {
    let kind: String = row.get("kind")?;
    let kind = ExchangeKind::from_name(&kind).unwrap_or(ExchangeKind::Call);
    let microseconds: Option<i64> = row.get("microseconds")?;
    Ok(Exchange {
        id: row.get("id")?,
        kind,
        name: row.get("name")?,
        subject: row.get("subject")?,
        instance: row.get("instance")?,
        parent: row.get("parent")?,
        source: row.get("source")?,
        trace: row.get("trace")?,
        started: unsigned(row.get("started")?),
        duration: microseconds.map(|time| Duration::from_micros(unsigned(time))),
        request: RecordedRequest {
            method: row.get("method")?,
            path: row.get("path")?,
            headers: read_headers(row.get_ref("request_headers")?.as_str()?),
            body: RecordedBody::stored(
                row.get("request_body")?,
                unsigned(row.get("request_size")?),
                row.get("request_cut")?,
            ),
        },
        response: read_response(row)?,
        error: row.get("error")?,
        note: row.get("note")?,
    })
}

fn read_response(row: &Row<'_>) -> rusqlite::Result<Option<RecordedResponse>> {
    let Some(status) = row.get("status")? else {
        return Ok(None);
    };
    Ok(Some(RecordedResponse {
        status,
        headers: read_headers(row.get_ref("response_headers")?.as_str()?),
        body: RecordedBody::stored(
            row.get("response_body")?,
            unsigned(row.get("response_size")?),
            row.get("response_cut")?,
        ),
    }))
}

/// Headers as JSON: a list of pairs, because a name can occur more than once.
fn headers_text(headers: &[(String, String)]) -> String {
    serde_json::to_string(headers).unwrap_or_default()
}

fn read_headers(text: &str) -> Vec<(String, String)> {
    serde_json::from_str(text).unwrap_or_default()
}

/// SQLite has signed numbers only.
fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}
