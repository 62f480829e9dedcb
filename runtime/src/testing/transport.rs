//! A transport that keeps what it is given.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{HeaderValue, Request, Response, StatusCode};
use serde_json::Value;

use super::botpress::Botpress;
use super::recorded_request::{RecordedRequest, answer_of, gather, record, refuse, respond};
use crate::ApiErrorKind;
use crate::client::{RequestBody, SendFuture, Transport, TransportError};

type Answer = Result<Response<Bytes>, TransportError>;

/// Keeps the requests that are made to the API, and answers them. Clones share both.
///
/// Answers that were queued are given in their order, before those that were set for an address. What
/// has no such answer is answered by a [`Botpress`] in memory, which keeps what it is given.
#[derive(Clone, Debug, Default)]
pub struct RecordingTransport {
    exchange: Arc<Mutex<Exchange>>,
    botpress: Botpress,
}

#[derive(Debug, Default)]
struct Exchange {
    requests: Vec<RecordedRequest>,
    answers: VecDeque<Answer>,
    /// Answers that are always given, by method and path.
    routes: HashMap<String, Response<Bytes>>,
    /// What everything is answered with that has no queued answer.
    down: Option<Response<Bytes>>,
    hangs: bool,
    /// What carries the requests to others than Botpress.
    elsewhere: Option<Arc<dyn Transport>>,
}

/// The hosts of the API and of the content of files, in a test.
const HOSTS: [&str; 2] = ["botpress.test", "upload.test"];

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

    /// Queues an answer with headers.
    ///
    /// # Panics
    ///
    /// When a header is none.
    pub fn answer_with(&self, status: StatusCode, headers: &[(&'static str, &str)], body: &Value) {
        let mut answer = respond(status, body);
        for (name, value) in headers {
            let value = HeaderValue::from_str(value).expect("a header of a test is plain text");
            answer.headers_mut().insert(*name, value);
        }
        self.exchange().answers.push_back(Ok(answer));
    }

    /// Answers every request to an address that has no queued answer: `GET /v1/chat/users`, without a
    /// query.
    pub fn answer_to(&self, address: impl Into<String>, status: StatusCode, body: &Value) {
        let answer = respond(status, body);
        self.exchange().routes.insert(address.into(), answer);
    }

    /// Gives what is kept, and answers where no answer is scripted.
    #[must_use]
    pub fn botpress(&self) -> &Botpress {
        &self.botpress
    }

    /// Refuses everything from now on that has no queued answer.
    pub fn go_down(&self, kind: ApiErrorKind, message: &str) {
        self.exchange().down = Some(refuse(kind, message));
    }

    /// Answers again, after [`go_down`](Self::go_down).
    pub fn come_back(&self) {
        self.exchange().down = None;
    }

    /// Answers nothing any more: requests wait for ever.
    pub fn hang(&self) {
        self.exchange().hangs = true;
    }

    /// Has requests to others than Botpress carried by this transport, without a record of them: to a
    /// stand-in for somebody else's API, such as that of a provider of OAuth.
    pub fn pass_on(&self, transport: Arc<dyn Transport>) {
        self.exchange().elsewhere = Some(transport);
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

    fn elsewhere(&self) -> Option<Arc<dyn Transport>> {
        self.exchange().elsewhere.clone()
    }

    fn exchange(&self) -> MutexGuard<'_, Exchange> {
        // A test that panics while it asks still wants to see what was asked.
        self.exchange.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for RecordingTransport {
    fn send(&self, request: Request<RequestBody>) -> SendFuture {
        let is_ours = request
            .uri()
            .host()
            .is_some_and(|host| HOSTS.contains(&host));
        if let Some(elsewhere) = self.elsewhere().filter(|_| !is_ours) {
            return elsewhere.send(request);
        }
        let (parts, body) = request.into_parts();
        if let Some(bytes) = body.as_bytes() {
            let request = Request::from_parts(parts, bytes.clone());
            return self.exchange_one(record(&request));
        }
        let transport = self.clone();
        Box::pin(async move {
            let request = gather(Request::from_parts(parts, body)).await?;
            transport.exchange_one(request).await
        })
    }
}

impl RecordingTransport {
    fn exchange_one(&self, request: RecordedRequest) -> SendFuture {
        let mut exchange = self.exchange();
        if exchange.hangs {
            exchange.requests.push(request);
            return Box::pin(std::future::pending());
        }
        let answer = exchange
            .scripted(&request)
            .unwrap_or_else(|| Ok(answer_of(self.botpress.answer(&request))));
        exchange.requests.push(request);
        Box::pin(std::future::ready(answer))
    }
}

impl Exchange {
    fn scripted(&mut self, request: &RecordedRequest) -> Option<Answer> {
        if let Some(answer) = self.answers.pop_front() {
            return Some(answer);
        }
        let path = request.path.split('?').next().unwrap_or_default();
        let route = self.routes.get(&format!("{} {path}", request.method));
        self.down.as_ref().or(route).cloned().map(Ok)
    }
}
