//! A transport that keeps what it is given.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response, StatusCode};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};

use super::stand_in;
use crate::client::{RequestBody, SendFuture, Transport, TransportError};
use crate::{ApiError, ApiErrorKind};

type Answer = Result<Response<Bytes>, TransportError>;

/// Keeps the requests that are made to the API, and answers them. Clones share both.
///
/// Answers that were queued are given in their order. After them, whatever is written is answered
/// with what was written and an id made up, whatever is deleted with `{}`, and whatever is read
/// with a 404.
#[derive(Clone, Debug, Default)]
pub struct RecordingTransport {
    exchange: Arc<Mutex<Exchange>>,
}

#[derive(Debug, Default)]
struct Exchange {
    requests: Vec<RecordedRequest>,
    answers: VecDeque<Answer>,
}

/// A request as it would have gone to the API.
///
/// Its display form is the method, the path and the body: `PUT /v1/chat/messages/m1
/// {"tags":{"id":"x"}}`.
#[derive(Clone, Debug)]
pub struct RecordedRequest {
    /// The method.
    pub method: Method,
    /// The path and the query, escaped.
    pub path: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The JSON of the body; none when it is no JSON.
    pub body: Option<Value>,
    /// The bytes of the body.
    pub bytes: Bytes,
}

impl RecordedRequest {
    /// Gives the text of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

impl fmt::Display for RecordedRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.method, self.path)?;
        match &self.body {
            Some(body) => write!(formatter, " {body}"),
            None => Ok(()),
        }
    }
}

impl RecordingTransport {
    /// Makes a transport that was asked nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives the requests in their order.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.exchange().requests.clone()
    }

    /// Queues an answer.
    pub fn answer(&self, status: StatusCode, body: &Value) {
        self.exchange().answers.push_back(Ok(respond(status, body)));
    }

    /// Queues a refusal of the API.
    pub fn refuse(&self, kind: ApiErrorKind, message: &str) {
        let refusal = refuse(kind, message);
        self.exchange().answers.push_back(Ok(refusal));
    }

    /// Queues a failure to reach the API.
    pub fn fail(&self, error: TransportError) {
        self.exchange().answers.push_back(Err(error));
    }

    fn exchange(&self) -> MutexGuard<'_, Exchange> {
        // A test that panics while it asks still wants to see what was asked.
        self.exchange.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for RecordingTransport {
    fn send(&self, request: Request<RequestBody>) -> SendFuture {
        let (parts, body) = request.into_parts();
        if let Some(bytes) = body.as_bytes() {
            let request = Request::from_parts(parts, bytes.clone());
            return Box::pin(std::future::ready(self.exchange_one(&request)));
        }
        let transport = self.clone();
        Box::pin(async move {
            let bytes = body.collect().await.map_err(|error| {
                TransportError::new("the content cannot be read").with_source(error)
            })?;
            transport.exchange_one(&Request::from_parts(parts, bytes.to_bytes()))
        })
    }
}

impl RecordingTransport {
    fn exchange_one(&self, request: &Request<Bytes>) -> Answer {
        let request = record(request);
        let mut exchange = self.exchange();
        let count = exchange.requests.len() + 1;
        let queued = exchange.answers.pop_front();
        let answer = queued.unwrap_or_else(|| {
            Ok(match stand_in::answer(&request, count) {
                Some(body) => respond(StatusCode::OK, &body),
                None => refuse(
                    ApiErrorKind::ResourceNotFound,
                    "nothing is stored in a test",
                ),
            })
        });
        exchange.requests.push(request);
        answer
    }
}

fn record(request: &Request<Bytes>) -> RecordedRequest {
    let path = request.uri().path_and_query();
    RecordedRequest {
        method: request.method().clone(),
        path: path.map_or_else(String::new, ToString::to_string),
        headers: request.headers().clone(),
        body: serde_json::from_slice(request.body()).ok(),
        bytes: request.body().clone(),
    }
}

fn respond(status: StatusCode, body: &Value) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(body.to_string()));
    *response.status_mut() = status;
    response
}

fn refuse(kind: ApiErrorKind, message: &str) -> Response<Bytes> {
    let status = StatusCode::from_u16(kind.code()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    respond(status, &json!(ApiError::new(kind, message)))
}
