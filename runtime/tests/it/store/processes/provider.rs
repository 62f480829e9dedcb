//! The provider: it counts what the processes do, exchanges tokens, and can leave requests of a process
//! without a response.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::future::pending;
use std::sync::Arc;

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;

#[derive(Clone)]
pub(super) struct Provider {
    url: String,
    seen: Arc<watch::Sender<Seen>>,
}

struct Seen {
    began: usize,
    /// How often each delivery was handled.
    handled: BTreeMap<usize, usize>,
    handled_by: BTreeMap<String, usize>,
    /// The tokens that the integration has stored, and how often each process has loaded them.
    tokens: Value,
    loads: BTreeMap<String, usize>,
    /// The refresh tokens that were received. The current one is that with their number.
    refreshes: Vec<String>,
    /// The process whose requests are held once this many deliveries were handled.
    hold: Option<(String, usize)>,
    held: usize,
    waits_for_contention: bool,
}

impl Provider {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let seen = Seen {
            began: 0,
            handled: BTreeMap::new(),
            handled_by: BTreeMap::new(),
            tokens: tokens(0, PAST),
            loads: BTreeMap::new(),
            refreshes: Vec::new(),
            hold: None,
            held: 0,
            waits_for_contention: false,
        };
        let provider = Self {
            url: format!("http://{}", listener.local_addr().unwrap()),
            seen: Arc::new(watch::Sender::new(seen)),
        };
        let serving = provider.clone();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let provider = serving.clone();
                let service = service_fn(move |request| {
                    let provider = provider.clone();
                    async move { Ok::<_, Infallible>(provider.answer(request).await) }
                });
                let connection = hyper::server::conn::http1::Builder::new();
                tokio::spawn(connection.serve_connection(TokioIo::new(stream), service));
            }
        });
        provider
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// Leaves the requests of a process that begin something without a response, once this many
    /// deliveries were handled.
    pub(super) fn hold(&self, process: &str, after: usize) {
        let hold = Some((process.to_owned(), after));
        self.seen.send_modify(|seen| seen.hold = hold);
    }

    /// Waits until this many requests are held.
    pub(super) async fn has_held(&self, count: usize) {
        self.until(|seen| seen.held >= count).await;
    }

    /// Waits until this many deliveries were handled.
    pub(super) async fn has_handled(&self, count: usize) {
        self.until(|seen| seen.handled.len() >= count).await;
    }

    /// Answers a refresh only when another process has decided what to do with the old tokens: it
    /// refreshes them, too, or it loads them a third time because it waits for the new ones.
    pub(super) fn wait_for_contention(&self) {
        self.seen
            .send_modify(|seen| seen.waits_for_contention = true);
    }

    /// Lets the tokens end that the integration has stored.
    pub(super) fn end_tokens(&self) {
        self.seen.send_modify(|seen| {
            seen.waits_for_contention = false;
            seen.tokens["expiresAt"] = PAST.into();
        });
    }

    /// The number of times that work began.
    pub(super) fn began(&self) -> usize {
        self.seen.borrow().began
    }

    /// How often each delivery was handled.
    pub(super) fn handled(&self) -> Vec<usize> {
        self.seen.borrow().handled.values().copied().collect()
    }

    pub(super) fn handled_by(&self) -> BTreeMap<String, usize> {
        self.seen.borrow().handled_by.clone()
    }

    /// The refresh tokens that were received.
    pub(super) fn refreshes(&self) -> Vec<String> {
        self.seen.borrow().refreshes.clone()
    }

    async fn until(&self, condition: impl FnMut(&Seen) -> bool) {
        self.seen.subscribe().wait_for(condition).await.unwrap();
    }

    async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let (parts, body) = request.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        let path: Vec<_> = parts.uri.path().split('/').skip(1).collect();
        let mut answer = None;
        self.seen
            .send_modify(|seen| answer = seen.record(&parts.method, &path, &body));
        match answer {
            Some(Answer::Held) => pending().await,
            Some(Answer::Json(answer)) => {
                if path[0] == "refresh" {
                    self.until(Seen::may_refresh).await;
                }
                Response::new(Full::from(answer.to_string()))
            }
            None => {
                let mut refused = Response::default();
                *refused.status_mut() = StatusCode::BAD_REQUEST;
                refused
            }
        }
    }
}

enum Answer {
    Held,
    Json(Value),
}

impl Seen {
    /// Records a request. Refuses one that is malformed, and a refresh token that is not the current
    /// one.
    fn record(&mut self, method: &Method, path: &[&str], body: &[u8]) -> Option<Answer> {
        let mut answer = json!({});
        match *path {
            ["begin" | "refresh", process, _] if self.holds(process) => {
                self.began += 1;
                self.held += 1;
                return Some(Answer::Held);
            }
            ["begin", ..] => self.began += 1,
            ["handle", process, id] => {
                *self.handled.entry(id.parse().ok()?).or_default() += 1;
                *self.handled_by.entry(process.to_owned()).or_default() += 1;
            }
            ["tokens", _] if method == Method::PUT => {
                self.tokens = serde_json::from_slice(body).ok()?;
            }
            ["tokens", process] => {
                *self.loads.entry(process.to_owned()).or_default() += 1;
                answer = self.tokens.clone();
            }
            ["refresh", _, token] => {
                let is_current = token == format!("refresh-{}", self.refreshes.len());
                self.refreshes.push(token.to_owned());
                is_current.then_some(())?;
                answer = tokens(self.refreshes.len(), FUTURE);
            }
            _ => return None,
        }
        Some(Answer::Json(answer))
    }

    fn holds(&self, process: &str) -> bool {
        let handled = self.handled.len();
        let hold = self.hold.as_ref();
        hold.is_some_and(|(held, after)| held == process && handled >= *after)
    }

    fn may_refresh(&self) -> bool {
        let decided = self.loads.values().any(|loads| *loads >= 3);
        !self.waits_for_contention || decided || self.refreshes.len() > 1
    }
}

const PAST: &str = "2020-01-01T00:00:00Z";
const FUTURE: &str = "2999-01-01T00:00:00Z";

fn tokens(number: usize, expires_at: &str) -> Value {
    json!({
        "accessToken": format!("access-{number}"),
        "refreshToken": format!("refresh-{number}"),
        "expiresAt": expires_at,
    })
}
