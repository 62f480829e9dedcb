//! Actions.

use serde_json::json;

use crate::support::{Ask, TestApp, hello};

#[tokio::test]
async fn an_action_answers_with_its_output_and_its_cost() {
    let answer = TestApp::new()
        .action("hello", json!({ "name": "Ünïcødé ✓" }))
        .await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.json(),
        json!({
            "output": { "message": "hello Ünïcødé ✓", "configurationType": null },
            "meta": { "cost": 0.5 },
        })
    );
}

#[tokio::test]
async fn an_action_knows_its_configuration() {
    let oauth = hello(&json!({ "name": "Ada" }))
        .configuration_type("oauth")
        .configuration(&json!({ "clientId": "a", "clientSecret": "b" }));
    let token = hello(&json!({ "name": "Ada" }))
        .configuration_type("personalAccessToken")
        .configuration(&json!({ "token": "t" }));
    let test_app = TestApp::new();
    for (ask, name) in [(oauth, "oauth"), (token, "personalAccessToken")] {
        let answer = test_app.ask(ask.request()).await;
        assert_eq!(answer.json()["output"]["configurationType"], name);
    }
}

#[tokio::test]
async fn an_empty_configuration_type_is_the_primary_one() {
    let ask = hello(&json!({ "name": "Ada" })).configuration_type("");
    let answer = TestApp::new().ask(ask.request()).await;
    assert_eq!(answer.json()["output"]["configurationType"], json!(null));
}

#[tokio::test]
async fn open_objects_keep_undeclared_properties() {
    let test_app = TestApp::new();
    for input in [
        json!({ "value": [1, 2.5, null, { "a": "b" }], "other": "kept" }),
        json!({ "value": null }),
        json!({}),
    ] {
        let answer = test_app.action("echo", input.clone()).await;
        let expected = json!({ "output": input, "meta": { "cost": 0 } });
        assert_eq!(answer.json(), expected);
    }
}

#[tokio::test]
async fn an_action_that_is_not_declared_is_refused() {
    let test_app = TestApp::new();
    test_app
        .action("nope", json!({}))
        .await
        .is_refusal("Action nope not found");
    test_app
        .action("toString", json!({}))
        .await
        .is_refusal("Action toString not found");
    test_app
        .action("", json!({}))
        .await
        .is_refusal("Missing action type");
    let ask = Ask::new("action_triggered").body(&json!({ "input": {} }));
    test_app
        .ask(ask.request())
        .await
        .is_refusal("Missing action type");
}

#[tokio::test]
async fn an_invalid_input_is_refused_with_every_place_and_no_value() {
    let test_app = TestApp::new();
    let answer = test_app
        .action("hello", json!({ "name": { "deep": "hunter2" } }))
        .await;
    answer.is_refusal("the input of the action hello is invalid: at /name: must be a string");
    assert_eq!(
        answer.json()["metadata"],
        json!({ "violations": [{ "path": "/name", "message": "must be a string" }] })
    );
    assert!(!answer.body.contains("hunter2") && !test_app.log.text().contains("hunter2"));

    let answer = test_app.action("fail", json!({ "how": "softly" })).await;
    let message = answer.json()["message"].as_str().unwrap().to_owned();
    assert!(
        message.contains(r#"at /how: must be one of "runtime", "invalidPayload""#),
        "{message}"
    );
    assert!(message.contains("at /message: is required"), "{message}");
    assert_eq!(test_app.notes.all(), [""; 0]);
}

#[tokio::test]
async fn a_missing_input_is_refused() {
    let ask = Ask::new("action_triggered").body(&json!({ "type": "hello" }));
    let answer = TestApp::new().ask(ask.request()).await;
    answer.is_refusal("the input of the action hello is invalid: at the root: must be an object");
}

#[tokio::test]
async fn an_invalid_output_is_an_opaque_500_and_logged() {
    let test_app = TestApp::new();
    let input = json!({ "how": "invalidOutput", "message": "" });
    test_app.action("fail", input).await.is_opaque();
    let log = test_app.log.text();
    let expected = "the output of the action fail is invalid: at /left: must be at least 0";
    assert!(log.contains(expected), "{log}");
}
