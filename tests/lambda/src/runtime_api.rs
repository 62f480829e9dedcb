//! The Runtime API: it gives a function its invocations, and takes the responses.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, Uri};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::{Mutex as AsyncMutex, mpsc};

use super::Event;

/// What a function did with an invocation, or with its start.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It answered the request.
    Answered(Answer),
    /// It reported that the invocation failed.
    Failed(Value),
    /// It reported that its start failed.
    NotStarted(Value),
}

/// The response of a function.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u64,
    /// The response as JSON.
    pub response: Value,
    /// The body, decoded.
    pub body: Vec<u8>,
}

/// A running Runtime API. It stops when it is dropped.
#[derive(Debug)]
pub struct RuntimeApi {
    address: SocketAddr,
    invocations: mpsc::UnboundedSender<Invocation>,
    outcomes: AsyncMutex<mpsc::UnboundedReceiver<Outcome>>,
    shared: Arc<Shared>,
    server: tokio::task::JoinHandle<()>,
}

/// An event with its deadline.
#[derive(Debug)]
struct Invocation {
    event: Value,
    time: Duration,
}

#[derive(Debug)]
struct Shared {
    waiting: AsyncMutex<mpsc::UnboundedReceiver<Invocation>>,
    outcomes: mpsc::UnboundedSender<Outcome>,
    /// What happened, in order.
    seen: Mutex<Vec<String>>,
    /// When the function first asked for an invocation.
    ready: Mutex<Option<Instant>>,
}

impl RuntimeApi {
    /// Starts the API on a free port.
    ///
    /// # Errors
    ///
    /// Returns an error if no port is free.
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let (invocations, waiting) = mpsc::unbounded_channel();
        let (sender, outcomes) = mpsc::unbounded_channel();
        let shared = Arc::new(Shared {
            waiting: AsyncMutex::new(waiting),
            outcomes: sender,
            seen: Mutex::default(),
            ready: Mutex::default(),
        });
        let routes = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route(
                "/2018-06-01/runtime/invocation/{id}/response",
                post(respond),
            )
            .route("/2018-06-01/runtime/invocation/{id}/error", post(fail))
            .route("/2018-06-01/runtime/init/error", post(fail_to_start))
            .fallback(elsewhere)
            .with_state(Arc::clone(&shared));
        let server = tokio::spawn(async move {
            // It runs until the task is aborted.
            let _ = axum::serve(listener, routes).await;
        });
        Ok(Self {
            address,
            invocations,
            outcomes: AsyncMutex::new(outcomes),
            shared,
            server,
        })
    }

    /// Returns the address of the API: the value of `AWS_LAMBDA_RUNTIME_API`.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Invokes the function, which has this time for it, and waits for the outcome.
    ///
    /// # Panics
    ///
    /// Panics if the API has ended.
    pub async fn invoke(&self, event: &Event, time: Duration) -> Outcome {
        self.invoke_json(event.to_json(), time).await
    }

    /// Invokes the function with any event.
    ///
    /// # Panics
    ///
    /// Panics if the API has ended.
    pub async fn invoke_json(&self, event: Value, time: Duration) -> Outcome {
        self.begin(event, time);
        self.outcome().await
    }

    /// Invokes the function, and does not wait for the outcome.
    ///
    /// # Panics
    ///
    /// Panics if the API has ended.
    pub fn begin(&self, event: Value, time: Duration) {
        let invocation = Invocation { event, time };
        self.invocations.send(invocation).expect("the API runs");
    }

    /// Waits for the next outcome.
    ///
    /// # Panics
    ///
    /// Panics if the API has ended.
    pub async fn outcome(&self) -> Outcome {
        self.outcomes
            .lock()
            .await
            .recv()
            .await
            .expect("the API runs")
    }

    /// Returns what happened, in order: the outcomes, and requests to other paths.
    #[must_use]
    pub fn seen(&self) -> Vec<String> {
        locked(&self.shared.seen).clone()
    }

    /// Returns when the function first asked for an invocation.
    #[must_use]
    pub fn ready_at(&self) -> Option<Instant> {
        *locked(&self.shared.ready)
    }
}

impl Drop for RuntimeApi {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    fn end(&self, seen: &str, outcome: Outcome) -> StatusCode {
        locked(&self.seen).push(seen.to_owned());
        // A test that waits for no outcome has ended.
        let _ = self.outcomes.send(outcome);
        StatusCode::ACCEPTED
    }
}

async fn next(State(shared): State<Arc<Shared>>) -> impl IntoResponse {
    locked(&shared.ready).get_or_insert_with(Instant::now);
    let invocation = shared.waiting.lock().await.recv().await;
    let Some(Invocation { event, time }) = invocation else {
        return Err(StatusCode::GONE);
    };
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let deadline = (now + time).as_millis().to_string();
    let headers = [
        ("content-type", "application/json"),
        (
            "lambda-runtime-aws-request-id",
            "8476a536-e9f4-11e8-9739-2dfe598c3fcd",
        ),
        ("lambda-runtime-deadline-ms", &deadline),
        (
            "lambda-runtime-invoked-function-arn",
            "arn:aws:lambda:eu-west-1:123456789012:function:integration",
        ),
        (
            "lambda-runtime-trace-id",
            "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1",
        ),
    ];
    let headers: HeaderMap = headers
        .into_iter()
        .filter_map(|(name, value)| Some((HeaderName::from_static(name), value.parse().ok()?)))
        .collect();
    Ok((headers, event.to_string()))
}

async fn respond(State(shared): State<Arc<Shared>>, _: Path<String>, body: Bytes) -> StatusCode {
    shared.end("response", Outcome::Answered(Answer::read(&body)))
}

async fn fail(State(shared): State<Arc<Shared>>, _: Path<String>, body: Bytes) -> StatusCode {
    shared.end("error", Outcome::Failed(json_of(&body)))
}

async fn fail_to_start(State(shared): State<Arc<Shared>>, body: Bytes) -> StatusCode {
    shared.end("init error", Outcome::NotStarted(json_of(&body)))
}

/// Takes any other request, as a service of the author would.
async fn elsewhere(State(shared): State<Arc<Shared>>, uri: Uri) -> StatusCode {
    locked(&shared.seen).push(uri.path().to_owned());
    StatusCode::OK
}

impl Answer {
    fn read(bytes: &[u8]) -> Self {
        let response = json_of(bytes);
        let text = response["body"].as_str().unwrap_or_default();
        let body = match response["isBase64Encoded"].as_bool() {
            Some(true) => BASE64_STANDARD.decode(text).unwrap_or_default(),
            _ => text.as_bytes().to_vec(),
        };
        Self {
            status: response["statusCode"].as_u64().unwrap_or_default(),
            body,
            response,
        }
    }

    /// Returns the body as JSON, or `null`.
    #[must_use]
    pub fn json(&self) -> Value {
        json_of(&self.body)
    }
}

fn json_of(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap_or_default()
}
