//! Answers of the API that are errors, and the commands beside `deploy`.

use std::fs;

use contexture_cli::Outcome;
use serde_json::{Value, json};

use super::botpress::{Botpress, TOKEN, interface_id};
use super::{contexture, run};

const URL: &str = "https://integrations.example.com/a";

/// Deploys a small integration to a Botpress that answers so at first.
fn deploy(botpress: &Botpress, answers: &[(u16, &str)]) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("definition.json");
    fs::write(
        &file,
        json!({ "name": "acme/a", "version": "1.0.0" }).to_string(),
    )
    .unwrap();
    for (status, kind) in answers {
        let body = json!({ "type": kind, "message": "no" });
        botpress.set(|data| data.answers.push_back((*status, body)));
    }
    let env = folder.path().join("env");
    contexture(
        botpress,
        &[
            "deploy",
            file.to_str().unwrap(),
            "--url",
            URL,
            "--yes",
            "--env-file",
            env.to_str().unwrap(),
        ],
    )
}

#[test]
fn too_many_requests_are_waited_for() {
    let botpress = Botpress::new();
    let outcome = deploy(&botpress, &[(429, "RateLimited"), (429, "RateLimited")]);
    assert_eq!(outcome.status, 0, "{}", outcome.errors);
    assert_eq!(botpress.writes().len(), 3);
}

#[test]
fn four_refusals_are_told_with_their_number() {
    let botpress = Botpress::new();
    let outcome = deploy(&botpress, &[(429, "RateLimited"); 4]);
    assert_eq!(outcome.status, 1);
    assert!(
        outcome.errors.contains("after 4 attempts"),
        "{}",
        outcome.errors
    );
    assert_eq!(botpress.writes().len(), 4);
}

#[test]
fn each_refusal_says_what_to_do() {
    for (status, kind, help) in [
        (401, "Unauthorized", "contexture login"),
        (403, "Forbidden", "contexture whoami"),
        (400, "BreakingChanges", "raise the major version"),
        (400, "InvalidPayload", "no (400 InvalidPayload)"),
    ] {
        let botpress = Botpress::new();
        let outcome = deploy(&botpress, &[(status, kind)]);
        assert_eq!(outcome.status, 1);
        assert!(outcome.errors.contains(help), "{}", outcome.errors);
        assert_eq!(botpress.writes().len(), 1, "{kind}");
    }
}

#[test]
fn an_integration_whose_creation_was_answered_too_late_is_found() {
    let botpress = Botpress::new();
    // The first attempt creates it, and the second one meets it.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("definition.json");
    fs::write(
        &file,
        json!({ "name": "acme/a", "version": "1.0.0" }).to_string(),
    )
    .unwrap();
    botpress.set(|data| {
        data.creates_before_it_answers = true;
        data.answers.push_back((429, json!({})));
        data.answers.push_back((
            400,
            json!({ "type": "AlreadyExists", "message": "it is there" }),
        ));
    });
    let outcome = contexture(
        &botpress,
        &["deploy", file.to_str().unwrap(), "--url", URL, "--yes"],
    );
    assert_eq!(outcome.status, 1);
    assert!(
        outcome
            .errors
            .contains("it is there all the same, as intver_1"),
        "{}",
        outcome.errors
    );
    assert!(
        outcome.errors.contains("--rotate-signing-secret"),
        "{}",
        outcome.errors
    );
}

#[test]
fn an_address_where_nothing_answers_and_one_of_something_else_are_told() {
    let home = tempfile::tempdir().unwrap();
    let check = |address: &str, expected: &str| {
        let profile = json!({ "test": { "apiUrl": address, "token": TOKEN, "workspaceId": "w" } });
        fs::write(home.path().join("profiles.json"), profile.to_string()).unwrap();
        let home = home.path().to_str().unwrap();
        let outcome = run(&["whoami", "--botpress-home", home, "--profile", "test"]);
        assert_eq!(outcome.status, 1);
        assert!(outcome.errors.contains(expected), "{}", outcome.errors);
        assert!(!outcome.errors.contains(TOKEN), "{}", outcome.errors);
    };
    check("http://api.example.com", "https");
    let botpress = Botpress::new();
    check(&format!("{}/other", botpress.address()), "no such route");
}

#[test]
fn whoami_tells_the_workspace_and_where_the_credentials_are_from() {
    let outcome = contexture(&Botpress::new(), &["whoami"]);
    assert!(outcome.output.contains("Acme (w)"), "{}", outcome.output);
    assert!(
        outcome.output.contains("the profile `test`"),
        "{}",
        outcome.output
    );
    assert!(!outcome.output.contains(TOKEN), "{}", outcome.output);
}

#[test]
fn integrations_are_printed_and_deleted_after_a_confirmation() {
    let botpress = Botpress::new();
    let there = json!({ "id": "intver_1", "name": "acme/a", "version": "1.0.0", "signingSecret": "hidden" });
    botpress.add("acme/a", "1.0.0", there.clone());
    botpress.add("acme/a", "latest", there);
    let outcome = contexture(&botpress, &["integrations", "get", "acme/a"]);
    let printed: Value = serde_json::from_str(&outcome.output).unwrap();
    assert_eq!(
        printed,
        json!({ "id": "intver_1", "name": "acme/a", "version": "1.0.0" })
    );
    let outcome = contexture(&botpress, &["integrations", "delete", "acme/a@1.0.0"]);
    assert!(outcome.errors.contains("--yes"), "{}", outcome.errors);
    assert_eq!(botpress.writes(), []);
    let outcome = contexture(
        &botpress,
        &["integrations", "delete", "acme/a@1.0.0", "--yes"],
    );
    assert_eq!(outcome.status, 0, "{}", outcome.errors);
    assert_eq!(botpress.writes()[0].path, "/v1/admin/integrations/intver_1");
    let outcome = contexture(&botpress, &["integrations", "get", "acme/b"]);
    assert!(
        outcome.errors.contains("no integration acme/b@latest"),
        "{}",
        outcome.errors
    );
}

#[test]
fn an_interface_is_added_with_its_id() {
    let botpress = Botpress::new();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("interfaces/hitl.json");
    let arguments = [
        "add",
        "interface:hitl@2.0.0",
        "--out",
        file.to_str().unwrap(),
    ];
    let outcome = contexture(&botpress, &arguments);
    assert_eq!(outcome.status, 0, "{}", outcome.errors);
    assert!(
        outcome.errors.contains("extends:\n  - interface: "),
        "{}",
        outcome.errors
    );
    let written: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!(written["id"], interface_id("hitl", "2.0.0").as_str());
}
