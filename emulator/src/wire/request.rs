//! What an operation reads of a request.

use bytes::Bytes;
use http::header::HOST;
use http::{HeaderMap, Method, Request};
use serde_json::{Map, Value};

use super::failure::{Failure, Result};
use super::operation::Operation;
use super::query::Query;
use super::{router, shape};

/// What an operation reads of a request.
pub(crate) struct Read<'a, Run: 'static> {
    pub(crate) operation: &'static Operation<Run>,
    pub(crate) path: Vec<String>,
    pub(crate) query: Query,
    pub(crate) body: Map<String, Value>,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) base_url: String,
}

impl<'a, Run> Read<'a, Run> {
    /// Finds the operation, and checks the query and the body against it.
    pub(crate) fn of(
        operations: impl Iterator<Item = &'static Operation<Run>>,
        request: &'a Request<Bytes>,
    ) -> Result<Self> {
        let (operation, path) = router::route(operations, request.method(), request.uri().path())?;
        let query = Query::read(request.uri().query().unwrap_or_default(), operation.query)?;
        let body = read_body(operation, request.body())?;
        let headers = request.headers();
        Ok(Self {
            operation,
            path,
            query,
            body,
            headers,
            base_url: base_url(headers),
        })
    }
}

/// Clients send an empty object with requests that read or delete, which is not read.
fn read_body<Run>(operation: &Operation<Run>, body: &Bytes) -> Result<Map<String, Value>> {
    if [Method::GET, Method::DELETE].contains(&operation.method) && operation.body.is_empty() {
        return Ok(Map::new());
    }
    let body: &[u8] = if body.is_empty() { b"{}" } else { body };
    let body: Value = serde_json::from_slice(body)
        .map_err(|error| Failure::invalid(format!("the body is not JSON: {error}")))?;
    checked_body(operation, body)
}

/// Checks a body against the members of an operation.
pub(crate) fn checked_body<Run>(
    operation: &Operation<Run>,
    body: Value,
) -> Result<Map<String, Value>> {
    match body {
        Value::Object(body) => {
            shape::check_object("", operation.body, &body)?;
            Ok(body)
        }
        _ => Err(Failure::invalid("the body must be a JSON object")),
    }
}

/// The address by which the client reached the API.
fn base_url(headers: &HeaderMap) -> String {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    format!("http://{}", host.unwrap_or("localhost"))
}
