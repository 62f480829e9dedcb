//! The demo itself, and failures of GitHub and its webhooks in the harness.

mod authorization;
mod issues;
mod registration;
mod test_app;
mod walk;
mod webhooks;

use std::time::SystemTime;

use contexture::{Operation, WebhookRequest};
use serde_json::json;

use self::test_app::{issue_opened, right_secret};
use super::setting::{self, HIDDEN};
use super::stage::Stage;
use super::step::{Expected, Step};
use super::style::Style;
use super::{authorization as visits, authorize, operations, play};
use crate::github::ConfigurationType;

/// A webhook that is not part of the demo.
fn webhook(kind: ConfigurationType, request: &WebhookRequest) -> Step {
    Step {
        operation: Operation::WebhookReceived,
        title: "",
        configuration_type: kind.wire_name().unwrap_or_default(),
        configuration: setting::encode(&setting::configuration(kind)).unwrap(),
        body: json!({ "req": request }),
        shown: None,
        expected: Expected::json(json!({})),
    }
}

/// The log of the demo and of all failures, at level debug.
#[tokio::test]
async fn the_log_of_a_run_has_no_secret() {
    let stage = Stage::set_up().await.unwrap();
    let mut output = Vec::new();
    let mut transcript = super::transcript::Transcript::new(Style::plain(), &mut output);
    assert_eq!(authorize(&stage, &mut transcript).await.unwrap(), 0);
    for kind in ConfigurationType::ALL {
        for step in operations::all(*kind).unwrap() {
            let outcome = stage.send(&step).await.unwrap();
            assert!(outcome.status < 400, "{outcome:?}");
        }
        for secret in [right_secret(), "another secret".to_owned()] {
            let old = issue_opened(SystemTime::UNIX_EPOCH, "2", &secret);
            let old = stage.send(&webhook(*kind, &old)).await.unwrap();
            assert_eq!(old.status, 401);
        }
    }
    let mut denied =
        visits::finish("https://x.test?code=demo-code-of-a-person&state=x", "a=b").unwrap();
    denied.body["req"]["headers"] = json!({ "authorization": setting::app_authorization() });
    stage.send(&denied).await.unwrap();
    let (log, shown) = (stage.journal.log(), String::from_utf8(output).unwrap());
    assert!(
        log.contains("\"level\":\"debug\"") && log.contains("rejected a webhook request"),
        "{log}"
    );
    for secret in HIDDEN {
        assert!(!log.contains(secret), "{secret} is in the log: {log}");
        assert!(!shown.contains(secret), "{secret} is shown: {shown}");
    }
    assert!(
        !log.contains(setting::app_authorization().trim_start_matches("Basic ")),
        "{log}"
    );
    stage.tear_down().await.unwrap();
}

#[tokio::test]
async fn the_demo_goes_as_it_should_and_shows_no_secret() {
    let mut output = Vec::new();
    let result = play(Style::plain(), &mut output).await;
    let transcript = String::from_utf8(output).unwrap();
    assert!(result.is_ok(), "{transcript}");
    assert!(transcript.contains("✓ 24 requests"), "{transcript}");
    for secret in setting::HIDDEN {
        assert!(!transcript.contains(secret));
    }
}
