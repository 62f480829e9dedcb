//! The commands beside `deploy`.

use std::fs;

use serde_json::{Value, json};

use super::botpress::{Botpress, TOKEN, interface_id};
use super::{contexture, program};

/// Logs in with a token on the standard input. Gives what the command said.
fn log_in(botpress: &Botpress, home: &str, arguments: &[&str]) -> String {
    let common = [
        "login",
        "--botpress-home",
        home,
        "--api-url",
        botpress.address(),
    ];
    let outcome = program(&[&common, arguments].concat(), TOKEN);
    assert_eq!(outcome.output, "");
    outcome.errors
}

#[test]
fn a_login_is_kept_for_this_command_and_the_official_one_until_a_logout() {
    let botpress = Botpress::new();
    let home = tempfile::tempdir().unwrap();
    let path = home.path().to_str().unwrap();
    let told = log_in(&botpress, path, &[]);
    assert!(told.contains("logged in to Acme (w)"), "{told}");
    assert!(!told.contains(TOKEN), "{told}");
    let cache = fs::read_to_string(home.path().join("global.cache.json")).unwrap();
    let cache: Value = serde_json::from_str(&cache).unwrap();
    let expected = json!({
        "apiUrl": botpress.address(), "token": TOKEN, "workspaceId": "w", "activeProfile": "default",
    });
    assert_eq!(cache, expected);
    let shown = program(&["whoami", "--botpress-home", path, "--format", "json"], "");
    assert_eq!(shown.status, 0, "{}", shown.errors);
    assert!(
        shown.output.contains("\"workspaceId\": \"w\""),
        "{}",
        shown.output
    );
    assert_eq!(program(&["logout", "--botpress-home", path], "").status, 0);
    let shown = program(&["whoami", "--botpress-home", path], "");
    assert!(shown.errors.contains("not logged in"), "{}", shown.errors);
}

#[test]
fn a_workspace_that_the_token_has_not_is_told_with_those_that_it_has() {
    let botpress = Botpress::new();
    let home = tempfile::tempdir().unwrap();
    let path = home.path().to_str().unwrap();
    let told = log_in(&botpress, path, &["--workspace-id", "x"]);
    assert!(
        told.contains("no workspace `x`") && told.contains("Acme (w)"),
        "{told}"
    );
    assert!(!home.path().join("global.cache.json").exists());
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
