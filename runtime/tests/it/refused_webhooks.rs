//! The hook and the metric for webhook requests whose signature is refused.

use std::sync::{Arc, Mutex};

use contexture::{
    Result, Secret, WebhookRequest, WebhookResponse,
    webhook::signature::{self, SignatureError},
};
use http::Request;
use serde_json::json;

use crate::support::{Ask, TestApp, message_of};

/// Answers the requests of tests on the paths that start with `/signed`.
pub(crate) fn answer(
    path: &str,
    secret: &Secret,
    request: &WebhookRequest,
) -> Result<WebhookResponse> {
    let verify = |verifier: signature::Verifier| verifier.verify(request.clone());
    match path {
        "/signed" => {
            let request = verify(signature::github(secret))?;
            Ok(WebhookResponse::text(request.text()))
        }
        "/signed/handled" => match verify(signature::slack(secret)) {
            Ok(_) => Ok(WebhookResponse::ok()),
            Err(_) => Ok(WebhookResponse::text("go away").with_status(403)),
        },
        "/signed/either" => {
            let verified = verify(signature::slack(secret));
            verified.or_else(|_| verify(signature::github(secret)))?;
            Ok(WebhookResponse::ok())
        }
        _ => Err(SignatureError::NoSecret)?,
    }
}

/// A request to this path, signed as GitHub does if it is genuine.
fn ask(path: &str, is_genuine: bool) -> Request<bytes::Bytes> {
    let secret = Secret::from(if is_genuine { "shared" } else { "foreign" });
    let request = WebhookRequest::new("POST", path).with_body("hi");
    let request = signature::github(&secret).sign(request).unwrap();
    let body = json!({ "req": request });
    Ask::new("webhook_received").body(&body).request()
}

#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<String>>>);

impl Seen {
    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

fn watched() -> (TestApp, Seen) {
    let (mut test_app, seen) = (TestApp::new(), Seen::default());
    let watching = seen.clone();
    test_app.service = test_app.service.on_refused_webhook(move |refused| {
        let (bot, kind) = (&refused.call.bot_id, refused.error.kind());
        let line = format!("{bot} {} {kind}", refused.scheme);
        watching.0.lock().unwrap().push(line);
    });
    (test_app, seen)
}

#[tokio::test]
async fn a_hook_sees_each_refused_request_with_its_scheme_and_kind() {
    let (test_app, seen) = watched();
    for (path, is_genuine, status, expected) in [
        ("/signed", true, 200, None),
        ("/signed", false, 401, Some("bot_1 github mismatch")),
        ("/signed/handled", false, 403, Some("bot_1 slack missing")),
        ("/signed/either", true, 200, None),
        ("/signed/either", false, 401, Some("bot_1 github mismatch")),
        ("/signed/none", true, 401, Some("bot_1 other no_secret")),
    ] {
        let answer = test_app.ask(ask(path, is_genuine)).await;
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(seen.take(), Vec::from_iter(expected), "{path} {is_genuine}");
    }
}

#[tokio::test]
async fn a_hook_that_panics_changes_no_response() {
    let mut test_app = TestApp::new();
    let panicking = |_: &signature::RefusedWebhook<'_>| panic!("overboard");
    test_app.service = test_app.service.on_refused_webhook(panicking);
    assert_eq!(test_app.ask(ask("/signed", false)).await.status, 401);
    let log = test_app.log.text();
    let expected = "the hook for refused webhooks panicked: overboard";
    assert!(
        log.lines().any(|line| message_of(line) == expected),
        "{log}"
    );
}

#[cfg(feature = "metrics")]
#[tokio::test]
async fn refused_requests_are_counted_by_scheme_and_kind() {
    let (mut test_app, metrics) = (TestApp::new(), contexture::metrics::Metrics::new());
    test_app.service = test_app.service.metrics(metrics.clone());
    for path in ["/signed", "/signed", "/signed/handled"] {
        test_app.ask(ask(path, false)).await;
    }
    test_app.ask(ask("/signed", true)).await;
    let encoded = metrics.encode();
    let counts = encoded
        .lines()
        .filter(|line| line.starts_with("contexture_webhooks_refused_total{"));
    let mut counts: Vec<_> = counts.collect();
    counts.sort_unstable();
    assert_eq!(
        counts,
        [
            r#"contexture_webhooks_refused_total{scheme="github",kind="mismatch"} 2"#,
            r#"contexture_webhooks_refused_total{scheme="slack",kind="missing"} 1"#,
        ]
    );
}
