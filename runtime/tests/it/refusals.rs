//! Headers and configurations that are rejected before a handler runs.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::json;

use crate::support::{Ask, TestApp, hello, message_of};

const REQUIRED: [&str; 7] = [
    "x-bot-id",
    "x-bot-user-id",
    "x-integration-id",
    "x-integration-alias",
    "x-webhook-id",
    "x-bp-operation",
    "x-bp-configuration",
];

/// Calls an action and expects an error that calls no handler and shows no value.
async fn is_refused(ask: Ask, refusal: &str) {
    let test_app = TestApp::new();
    let answer = test_app.ask(ask.request()).await;
    answer.is_refusal(refusal);
    assert_eq!(test_app.notes.all(), [""; 0]);
    assert_eq!(message_of(&test_app.log.text()), refusal);
    assert!(!answer.body.contains("hunter2") && !test_app.log.text().contains("hunter2"));
}

fn ask() -> Ask {
    hello(&json!({ "name": "Ada" }))
}

#[tokio::test]
async fn a_missing_or_empty_header_is_named() {
    for header in REQUIRED {
        is_refused(
            ask().without(header),
            &format!("the header {header} is missing"),
        )
        .await;
        is_refused(
            ask().header(header, ""),
            &format!("the header {header} is empty"),
        )
        .await;
    }
    let refusal = "the header x-bot-id is missing; the header x-webhook-id is missing";
    is_refused(ask().without("x-webhook-id").without("x-bot-id"), refusal).await;
}

#[tokio::test]
async fn a_ping_needs_its_headers_too() {
    for header in REQUIRED {
        let answer = TestApp::new()
            .ask(Ask::new("ping").without(header).request())
            .await;
        answer.is_refusal(&format!("the header {header} is missing"));
    }
}

#[tokio::test]
async fn a_configuration_that_cannot_be_read_is_refused() {
    let broken = BASE64_URL_SAFE_NO_PAD.encode(r#"{ "apiKey": "hunter2", }"#);
    is_refused(
        ask().header("x-bp-configuration", "@@@"),
        "the header x-bp-configuration is not base64",
    )
    .await;
    is_refused(
        ask().header("x-bp-configuration", &broken),
        "the configuration is invalid: at the root: is not JSON (line 1, column 24)",
    )
    .await;
}

#[tokio::test]
async fn a_configuration_that_does_not_fit_is_refused_with_every_place() {
    is_refused(
        ask().configuration(&json!({ "apiKey": { "hunter2": 1 }, "region": "hunter2" })),
        "the configuration is invalid: at /apiKey: must be a string; \
         at /region: must be one of \"us\", \"eu\", \"asia\"",
    )
    .await;
}

#[tokio::test]
async fn a_configuration_that_is_no_object_is_refused() {
    for value in [json!("hunter2"), json!(["hunter2"]), json!(null)] {
        is_refused(
            ask().configuration(&value),
            "the configuration is invalid: at the root: must be an object",
        )
        .await;
    }
}

#[tokio::test]
async fn the_places_are_listed_for_programs_too() {
    let ask = ask()
        .configuration_type("oauth")
        .configuration(&json!({ "clientId": "hunter2" }));
    let answer = TestApp::new().ask(ask.request()).await;
    let violations = json!([{ "path": "/clientSecret", "message": "is required" }]);
    assert_eq!(answer.json()["metadata"]["violations"], violations);
}

#[tokio::test]
async fn only_the_schema_of_the_active_type_decides() {
    is_refused(
        ask().configuration_type("oauth"),
        "the configuration is invalid: at /clientId: is required; at /clientSecret: is required",
    )
    .await;
}

#[tokio::test]
async fn an_unknown_configuration_type_lists_the_known_ones() {
    is_refused(
        ask().configuration_type("nope"),
        "unknown configuration type `nope`: expected one of none (the primary configuration), \
         `oauth`, `personalAccessToken`",
    )
    .await;
}

#[tokio::test]
async fn a_configuration_is_read_in_any_form_of_base64() {
    let text = r#"{ "apiKey": "~~~???", "region": "us" }"#;
    let ask = ask().header("x-bp-configuration", &BASE64_URL_SAFE_NO_PAD.encode(text));
    assert_eq!(TestApp::new().ask(ask.request()).await.status, 200);
}

#[tokio::test]
async fn cached_configurations_are_distinct_for_each_type() {
    let test_app = TestApp::new();
    for _ in 0..2 {
        assert_eq!(test_app.ask(ask().request()).await.status, 200);
        assert_eq!(
            test_app
                .ask(ask().configuration_type("oauth").request())
                .await
                .status,
            400
        );
    }
}
