//! Refusals that depend on what was generated: the known configuration types, and that no value is shown. What the
//! runtime alone decides is tested in `runtime/tests/it/refusals.rs`.

use contexture_tests::github::Definition;
use serde_json::{Value, json};

use super::github::test_app;
use super::test_app::{Ask, Notes, TestApp};

/// A text in every configuration value of these tests.
const VALUE: &str = "hunter2";

fn ask(kind: Option<&str>, configuration: &Value) -> Ask {
    let input = json!({ "owner": "me", "repository": "r", "title": "Bug" });
    let body = json!({ "type": "createIssue", "input": input });
    Ask::new("action_triggered", kind, configuration).body(&body)
}

/// Asserts an error that calls no handler and shows no value of the configuration.
async fn is_refused(ask: Ask, message: &str) {
    let (test_app, notes): (TestApp<Definition>, Notes) = test_app();
    let answer = test_app.ask(ask).await;
    answer.is_refusal(message);
    assert_eq!(notes.take(), [""; 0]);
    assert_eq!(test_app.asked(), [""; 0]);
    assert_eq!(test_app.logged(), [message]);
    assert!(!answer.body.contains(VALUE), "{}", answer.body);
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
async fn the_schema_of_the_active_type_is_that_of_the_definition() {
    let missing = "at /clientId: is required; at /clientSecret: is required";
    let too_short = "at /token: must be at least 1 character long";
    for (kind, token, place) in [
        ("oauth", VALUE, missing),
        ("personalAccessToken", "", too_short),
    ] {
        let ask = ask(Some(kind), &json!({ "token": token }));
        is_refused(ask, &format!("the configuration is invalid: {place}")).await;
    }
}
