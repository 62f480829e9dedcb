//! Configurations that are rejected before a handler runs: the error names the place and shows no value.

use contexture_tests::github::Definition;
use serde_json::{Value, json};

use super::github::bench;
use super::test_app::{Ask, Notes, TestApp};

/// A text in every configuration value of these tests.
const VALUE: &str = "hunter2";

fn ask(kind: Option<&str>, configuration: &Value) -> Ask {
    let input = json!({ "owner": "me", "repository": "r", "title": "Bug" });
    let body = json!({ "type": "createIssue", "input": input });
    Ask::new("action_triggered", kind, configuration).body(&body)
}

fn pat() -> Ask {
    ask(Some("personalAccessToken"), &json!({ "token": VALUE }))
}

/// Asserts an error that calls no handler and shows no value of the configuration.
async fn is_refused(ask: Ask, message: &str) {
    let (bench, notes): (TestApp<Definition>, Notes) = bench();
    let answer = bench.ask(ask).await;
    answer.is_refusal(message);
    assert_eq!(notes.take(), [""; 0]);
    assert_eq!(bench.asked(), [""; 0]);
    assert_eq!(bench.logged(), [message]);
    assert!(!answer.body.contains(VALUE), "{}", answer.body);
}

#[tokio::test]
async fn a_request_that_is_whole_is_not_refused() {
    let (bench, notes) = bench();
    assert_eq!(bench.ask(pat()).await.status, 200);
    assert_eq!(notes.take().len(), 1);
}

#[tokio::test]
async fn a_missing_header_is_named() {
    for header in [
        "x-bot-id",
        "x-bot-user-id",
        "x-integration-id",
        "x-integration-alias",
        "x-webhook-id",
        "x-bp-operation",
        "x-bp-configuration",
    ] {
        is_refused(
            pat().without(header),
            &format!("the header {header} is missing"),
        )
        .await;
    }
}

#[tokio::test]
async fn a_configuration_that_is_no_base64_is_refused() {
    let ask = pat().header("x-bp-configuration", "%hunter2%");
    is_refused(ask, "the header x-bp-configuration is not base64").await;
}

#[tokio::test]
async fn a_configuration_that_is_no_json_is_refused_with_the_place() {
    let ask = pat().configuration(r#"{ "token": hunter2 }"#);
    let message = "the configuration is invalid: at the root: is not JSON (line 1, column 12)";
    is_refused(ask, message).await;
}

#[tokio::test]
async fn an_unknown_configuration_type_is_refused_with_those_to_choose_from() {
    let known = "expected one of `oauth`, `personalAccessToken`";
    let message = format!("unknown configuration type `basic`: {known}");
    is_refused(ask(Some("basic"), &json!({ "token": VALUE })), &message).await;
    let message = format!("no configuration type given: {known}");
    is_refused(ask(None, &json!({ "token": VALUE })), &message).await;
    is_refused(ask(Some(""), &json!({ "token": VALUE })), &message).await;
}

#[tokio::test]
async fn an_invalid_configuration_is_refused_with_every_place() {
    let invalid = "the configuration is invalid:";
    for (kind, configuration, places) in [
        (
            "oauth",
            json!({ "token": VALUE }),
            "at /clientId: is required; at /clientSecret: is required",
        ),
        (
            "oauth",
            json!({ "clientId": [VALUE], "clientSecret": { VALUE: 1 } }),
            "at /clientId: must be a string; at /clientSecret: must be a string",
        ),
        (
            "personalAccessToken",
            json!({ "token": "" }),
            "at /token: must be at least 1 character long",
        ),
        (
            "personalAccessToken",
            json!(VALUE),
            "at the root: must be an object",
        ),
        (
            "personalAccessToken",
            json!([VALUE]),
            "at the root: must be an object",
        ),
    ] {
        let message = format!("{invalid} {places}");
        is_refused(ask(Some(kind), &configuration), &message).await;
    }
}

#[tokio::test]
async fn the_places_are_listed_for_programs_too() {
    let (bench, _) = bench();
    let answer = bench
        .ask(ask(Some("oauth"), &json!({ "clientId": VALUE })))
        .await;
    let violations = json!([{ "path": "/clientSecret", "message": "is required" }]);
    assert_eq!(answer.json()["metadata"]["violations"], violations);
}

#[tokio::test]
async fn a_body_without_the_name_of_the_action_is_refused() {
    is_refused(pat().body(&json!({ "input": {} })), "Missing action type").await;
}

#[tokio::test]
async fn a_ping_does_not_look_at_the_configuration() {
    let (bench, notes) = bench();
    for ask in [
        pat().header("x-bp-configuration", "%hunter2%"),
        ask(Some("basic"), &json!({})),
    ] {
        let answer = bench.ask(ask.header("x-bp-operation", "ping")).await;
        assert_eq!(answer.status, 200);
    }
    assert_eq!(notes.take(), [""; 0]);
}
