//! A transport that records requests.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{HeaderValue, Request, Response, StatusCode};
use serde_json::Value;

use super::botpress::Botpress;
use super::http_rules::HttpRules;
use super::recorded_request::{RecordedRequest, answer_of, gather, record, refuse, respond};
use crate::ApiErrorKind;
use crate::client::{RequestBody, SendFuture, Transport, TransportError};

type Answer = Result<Response<Bytes>, TransportError>;

/// Records the API requests and responds to them. Clones share the state.
///
/// Queued responses come first, in order, then responses set for a path. All other requests are
/// answered by an in-memory [`Botpress`].
#[derive(Clone, Debug, Default)]
pub struct RecordingTransport {
    exchange: Arc<Mutex<Exchange>>,
    botpress: Botpress,
    http: HttpRules,
}

#[derive(Debug, Default)]
struct Exchange {
    requests: Vec<RecordedRequest>,
    answers: VecDeque<Answer>,
    /// Permanent responses by method and path.
    routes: HashMap<String, Response<Bytes>>,
    /// The response to all requests without a queued response.
    down: Option<Response<Bytes>>,
    hangs: bool,
    /// The transport for requests to other hosts.
    elsewhere: Option<Arc<dyn Transport>>,
}

/// The hosts of the API and of file uploads in tests.
const HOSTS: [&str; 2] = ["botpress.test", "upload.test"];

impl RecordingTransport {
    /// Creates a transport without recorded requests.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the recorded requests, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.exchange().requests.clone()
    }

    /// Queues a response.
    pub fn answer(&self, status: StatusCode, body: &Value) {
        self.exchange().answers.push_back(Ok(respond(status, body)));
    }

    /// Queues a response with headers.
    ///
    /// # Panics
    ///
    /// Panics if a name or a value is not a valid header.
    pub fn answer_with(&self, status: StatusCode, headers: &[(&'static str, &str)], body: &Value) {
        let mut answer = respond(status, body);
        for (name, value) in headers {
            let value =
                HeaderValue::from_str(value).expect("a test header is a valid header value");
            answer.headers_mut().insert(*name, value);
        }
        self.exchange().answers.push_back(Ok(answer));
    }

    /// Sets the response to all requests to a method and path without a queued response. `address`
    /// has the form `GET /v1/chat/users`, without a query.
    pub fn answer_to(&self, address: impl Into<String>, status: StatusCode, body: &Value) {
        let answer = respond(status, body);
        self.exchange().routes.insert(address.into(), answer);
    }

    /// Returns the in-memory Botpress, which answers requests without a scripted response.
    #[must_use]
    pub fn botpress(&self) -> &Botpress {
        &self.botpress
    }

    /// Returns the rules for requests to other hosts. Without rules, they are answered as those to
    /// Botpress.
    #[must_use]
    pub fn http(&self) -> &HttpRules {
        &self.http
    }

    /// Responds with this error from now on, except to requests with a queued response.
    pub fn go_down(&self, kind: ApiErrorKind, message: &str) {
        self.exchange().down = Some(refuse(kind, message));
    }

    /// Ends the outage that [`go_down`](Self::go_down) began.
    pub fn come_back(&self) {
        self.exchange().down = None;
    }

    /// Stops responding: from now on, requests wait forever.
    pub fn hang(&self) {
        self.exchange().hangs = true;
    }

    /// Sends requests for other hosts through this transport, without recording them. It can be a
    /// fake of another API, such as an OAuth provider.
    pub fn pass_on(&self, transport: Arc<dyn Transport>) {
        self.exchange().elsewhere = Some(transport);
    }

    /// Queues an error response.
    pub fn refuse(&self, kind: ApiErrorKind, message: &str) {
        let refusal = refuse(kind, message);
        self.exchange().answers.push_back(Ok(refusal));
    }

    /// Queues a transport error.
    pub fn fail(&self, error: TransportError) {
        self.exchange().answers.push_back(Err(error));
    }

    fn elsewhere(&self) -> Option<Arc<dyn Transport>> {
        self.exchange().elsewhere.clone()
    }

    fn exchange(&self) -> MutexGuard<'_, Exchange> {
        // After a panic during a request, the recorded requests remain readable.
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
        if !is_ours && !self.http.is_empty() {
            let (rules, uri) = (self.http.clone(), request.uri().clone());
            return Box::pin(async move { rules.exchange(&uri, gather(request).await?) });
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
            .unwrap_or_else(|| Ok(answer_of(&request, self.botpress.answer(&request))));
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
