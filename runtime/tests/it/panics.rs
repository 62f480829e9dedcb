//! Panics in an author's code outside of a handler's body: each fails only its own call.

use std::{
    error::Error as StdError,
    fmt,
    future::{Future as _, pending},
    panic::panic_any,
    sync::Arc,
    task::{Context, Waker},
};

use bytes::Bytes;
use contexture::{
    Environment,
    log::{LogOutput, LogSink, TracingSubscriber},
    prelude::*,
    testing::LogRecorder,
};

use crate::{
    handlers::Author,
    sample,
    support::{TestApp, secrets, webhook},
};

/// A value that panics, and where.
#[derive(Clone, Copy, PartialEq)]
enum At {
    Debug,
    Display,
    Source,
    Drop,
    Everywhere,
}

struct Unruly(At);

impl Unruly {
    fn pass(&self, at: At) {
        assert!(self.0 != at && self.0 != At::Everywhere, "overboard");
    }
}

impl fmt::Debug for Unruly {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pass(At::Debug);
        formatter.write_str("unruly")
    }
}

impl fmt::Display for Unruly {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pass(At::Display);
        formatter.write_str("unruly")
    }
}

impl StdError for Unruly {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.pass(At::Source);
        None
    }
}

impl Drop for Unruly {
    fn drop(&mut self) {
        // A second panic would abort the process. The runtime cannot prevent that.
        if !std::thread::panicking() {
            self.pass(At::Drop);
        }
    }
}

impl AsRef<[u8]> for Unruly {
    fn as_ref(&self) -> &[u8] {
        b"unruly"
    }
}

/// Handles a webhook by a panic in the place that its path names.
pub(crate) async fn panic_as(path: &str) -> Result<WebhookResponse> {
    match path {
        "/panic/display" => Err(Unruly(At::Display).into()),
        "/panic/source" => Err(Unruly(At::Source).into()),
        "/panic/error-drop" => Err(Unruly(At::Drop).into()),
        "/panic/error" => Err(Unruly(At::Everywhere).into()),
        "/panic/explained" => Err(Unruly(At::Display)).explain("it failed"),
        "/panic/local-drop" => {
            let _local = Unruly(At::Drop);
            Ok(WebhookResponse::ok())
        }
        "/panic/payload" => panic_any(Unruly(At::Drop)),
        "/panic/event" => {
            tracing::error!(value = ?Unruly(At::Debug), "an event");
            Ok(WebhookResponse::ok())
        }
        "/panic/body" => {
            let body = Bytes::from_owner(Unruly(At::Drop));
            Ok(WebhookResponse::ok().with_body(body))
        }
        _ => {
            let _local = Unruly(At::Drop);
            pending().await
        }
    }
}

#[tokio::test]
async fn a_panic_of_an_error_or_in_a_drop_is_a_500_of_its_own_call() {
    for path in [
        "/panic/display",
        "/panic/source",
        "/panic/error",
        "/panic/explained",
        "/panic/local-drop",
        "/panic/payload",
    ] {
        let test_app = TestApp::new();
        let answer = test_app.webhook(path).await;
        assert_eq!(answer.status, 500, "{path}: {}", answer.body);
        assert!(test_app.log.text().contains("panicked"), "{path}");
        assert_eq!(test_app.webhook("/echo").await.status, 200);
    }
    let test_app = TestApp::new();
    // The error was reported before it was dropped.
    assert_eq!(test_app.webhook("/panic/error-drop").await.status, 500);
    assert!(
        test_app.log.text().starts_with("unruly"),
        "{}",
        test_app.log.text()
    );
}

#[tokio::test]
async fn a_panic_inside_an_event_is_a_500_and_the_next_event_is_written() {
    let log = LogRecorder::new();
    let environment = Environment::new().log_sink(Arc::new(log.clone()));
    let subscriber = TracingSubscriber::new(&environment);
    let _guard = tracing::subscriber::set_default(subscriber);
    let test_app = TestApp::new();
    assert_eq!(test_app.webhook("/panic/event").await.status, 500);
    assert_eq!(test_app.webhook("/trace").await.status, 200);
    assert!(log.text().contains("fetched"), "{}", log.text());
}

#[derive(Debug)]
struct UnrulySink;

impl LogSink for UnrulySink {
    fn write(&self, _: LogOutput, line: &str) {
        panic!("cannot write {line}");
    }
}

#[tokio::test]
async fn a_panic_of_the_log_loses_no_response() {
    let environment = Environment::new().log_sink(Arc::new(UnrulySink));
    let service = sample::service(Author::default())
        .environment(environment)
        .secrets(secrets());
    let test_app = TestApp {
        service,
        ..TestApp::new()
    };
    let refused = test_app.webhook("/fail/runtime").await;
    refused.is_error(400, "Runtime", "webhook failed");
    test_app.webhook("/fail/unexpected").await.is_opaque();
    let without_headers = http::Request::post("/").body(Bytes::new()).unwrap();
    assert_eq!(test_app.ask(without_headers).await.status, 400);
    assert_eq!(test_app.webhook("/echo").await.status, 200);
}

#[tokio::test]
async fn a_call_is_canceled_although_its_drop_panics() {
    let test_app = TestApp::new();
    let mut call = Box::pin(
        test_app
            .service
            .call_bytes(webhook("/panic/canceled").request()),
    );
    let mut context = Context::from_waker(Waker::noop());
    assert!(call.as_mut().poll(&mut context).is_pending());
    drop(call);
    assert_eq!(test_app.webhook("/echo").await.status, 200);
}
