//! Errors of handlers, in responses and in the log.

use contexture::{CheckError, Service};
use serde_json::json;

use crate::{
    handlers::{Author, Notes},
    sample,
    support::{Ask, TestApp, WEBHOOK_URL, message_of},
};

fn failing(how: &str, message: &str) -> serde_json::Value {
    json!({ "how": how, "message": message })
}

#[tokio::test]
async fn errors_for_the_bots_owner_are_400s() {
    let test_app = TestApp::new();
    let answer = test_app
        .action("fail", failing("runtime", "failed: runtime"))
        .await;
    answer.is_error(400, "Runtime", "failed: runtime");
    let answer = test_app
        .action("fail", failing("invalidPayload", "failed: payload"))
        .await;
    answer.is_error(400, "InvalidPayload", "failed: payload");
    let lines = test_app.log.lines();
    let messages: Vec<_> = lines.iter().map(|line| message_of(&line.text)).collect();
    assert_eq!(messages, ["failed: runtime", "failed: payload"]);
}

#[tokio::test]
async fn another_error_of_the_api_is_a_runtime_error_inside_a_500() {
    let answer = TestApp::new()
        .action("fail", failing("forbidden", "failed: forbidden"))
        .await;
    answer.is_error(500, "Runtime", "failed: forbidden");
}

#[tokio::test]
async fn an_unexpected_error_is_logged_and_its_response_shows_no_details() {
    let test_app = TestApp::new();
    let answer = test_app
        .action("fail", failing("unexpected", "disk full"))
        .await;
    answer.is_opaque();
    assert!(
        test_app.log.text().starts_with("disk full ("),
        "{}",
        test_app.log.text()
    );
}

#[tokio::test]
async fn an_explained_error_tells_its_explanation_and_logs_its_source() {
    let test_app = TestApp::new();
    let answer = test_app
        .action("fail", failing("explained", "Could not save"))
        .await;
    answer.is_error(400, "Runtime", "Could not save");
    assert!(
        test_app.log.text().contains("Could not save: disk full"),
        "{}",
        test_app.log.text()
    );
}

#[tokio::test]
async fn a_panic_fails_its_own_call_and_nothing_more() {
    let test_app = TestApp::new();
    test_app
        .action("fail", failing("panic", "overboard"))
        .await
        .is_opaque();
    assert!(
        test_app
            .log
            .text()
            .contains("a handler panicked: overboard"),
        "{}",
        test_app.log.text()
    );
    assert_eq!(
        test_app
            .action("hello", json!({ "name": "Ada" }))
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn webhook_errors_are_mapped_the_same_way() {
    let test_app = TestApp::new();
    test_app
        .webhook("/fail/runtime")
        .await
        .is_error(400, "Runtime", "webhook failed");
    test_app.webhook("/fail/unexpected").await.is_opaque();
}

#[tokio::test]
async fn a_service_without_its_secrets_names_their_variables() {
    let notes = Notes::default();
    let test_app = TestApp::new();
    // The process that runs the tests has no `SECRET_WEBHOOK_SECRET`.
    let service: Service<_> = sample::service(Author {
        notes: notes.clone(),
        ..Author::default()
    });
    let Err(CheckError::Secrets(missing)) = service.check() else {
        panic!("the check has to fail without the secret");
    };
    assert_eq!(missing.variables(), ["SECRET_WEBHOOK_SECRET"]);
    assert!(test_app.service.check().is_ok());

    let test_app = TestApp {
        service,
        ..test_app
    };
    let ask = Ask::new("register").body(&json!({ "webhookUrl": WEBHOOK_URL }));
    test_app.ask(ask.request()).await.is_opaque();
    assert_eq!(notes.all(), [""; 0]);
}
