//! Genuine and forged webhooks of GitHub.

use std::time::{Duration, SystemTime};

use contexture::WebhookRequest;
use contexture::testing::Collection;

use super::test_app::{TestApp, issue_opened, right_secret};
use crate::github::ConfigurationType;

#[tokio::test]
async fn a_webhook_that_is_forged_stale_replayed_or_wrongly_keyed_is_refused() {
    let test_app = TestApp::of(ConfigurationType::PersonalAccessToken).await;
    let (now, secret) = (SystemTime::now(), right_secret());
    let ago = |seconds| now - Duration::from_secs(seconds);
    let ahead = now + Duration::from_hours(2);
    let genuine = issue_opened(now, "1", &secret);
    let text = genuine.body.unverified_text();
    let forged = genuine.clone().with_body(text.replace("Quiet", "Loud"));
    let unsigned = WebhookRequest::new("POST", "/")
        .with_header("x-github-event", "issues")
        .with_header("x-github-delivery", "1")
        .with_body(text);
    let refused = [
        ("forged", forged),
        ("unsigned", unsigned),
        ("wrongly keyed", issue_opened(now, "1", "another secret")),
        ("stale", issue_opened(ago(7200), "1", &secret)),
        ("of the future", issue_opened(ahead, "1", &secret)),
    ];
    for (what, request) in refused {
        let answer = test_app.webhook(&request).await;
        assert_eq!(answer.status, 401, "{what}: {answer:?}");
        assert_eq!(answer.calls, [""; 0], "{what}");
    }
    let answer = test_app.webhook(&genuine).await;
    assert_eq!((answer.status, answer.calls.len()), (200, 4), "{answer:?}");
    let [event] = test_app
        .harness
        .botpress()
        .all(Collection::Events)
        .try_into()
        .expect("one event");
    assert_eq!(event["type"], "issueOpened");
    assert_eq!(event["payload"]["issue"]["title"], "Quiet");
    let answer = test_app.webhook(&genuine).await;
    assert_eq!(
        (answer.status, answer.calls.len()),
        (200, 0),
        "replayed: {answer:?}"
    );
}
