//! The plan, and what ends a deploy before anything is sent.

use std::fs;
use std::path::PathBuf;

use contexture_cli::Outcome;
use serde_json::{Value, json};

use super::botpress::Botpress;
use super::{contexture, run};

const URL: &str = "https://integrations.example.com/shop";

/// A folder with a definition.
fn definition(definition: &Value) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("definition.json");
    fs::write(&file, definition.to_string()).unwrap();
    (folder, file)
}

fn shop() -> Value {
    let schema = |properties: Value, required: Value| json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false });
    let text = json!({ "type": "string" });
    let token = json!({ "type": "string", "x-zui": { "secret": true } });
    json!({
        "name": "acme/shop", "version": "1.2.0", "title": "Shop", "description": "Sells.",
        "configuration": { "schema": schema(json!({ "url": text, "token": token }), json!(["url", "token"])) },
        "actions": {
            "buy": {
                "title": "Buy", "description": "Buys.",
                "input": { "schema": schema(json!({ "item": text }), json!(["item"])) },
                "output": { "schema": schema(json!({}), json!([])) },
            },
            "sell": {
                "title": "Sell", "description": "Sells.",
                "input": { "schema": schema(json!({}), json!([])) },
                "output": { "schema": schema(json!({}), json!([])) },
            },
        },
        "channels": { "chat": { "messages": { "text": { "schema": schema(json!({ "text": text }), json!(["text"])) } } } },
        "secrets": { "KEY": { "optional": true } },
    })
}

/// What the API answers for an earlier form of the shop.
fn before() -> Value {
    let mut there = shop();
    there["id"] = "intver_1".into();
    there["visibility"] = "private".into();
    there["url"] = URL.into();
    there["signingSecret"] = "hidden".into();
    there["secrets"] = json!(["KEY", "OLD"]);
    there["configuration"]["schema"]["required"] = json!(["url"]);
    there["configuration"]["identifier"] = json!({ "linkTemplateScript": "\"https://a.test\"" });
    there["actions"]["give"] = there["actions"]["sell"].take();
    there["channels"]["chat"]["messages"]["image"] = json!({ "schema": {} });
    there["user"] =
        json!({ "tags": { "id": {} }, "creation": { "enabled": false, "requiredTags": [] } });
    there
}

fn deploy(botpress: &Botpress, value: &Value, arguments: &[&str]) -> Outcome {
    let (folder, file) = definition(value);
    let env_file = folder.path().join("env");
    let file = file.to_str().unwrap().to_owned();
    let mut all = vec!["deploy", &file, "--url", URL];
    let wants_file = !arguments.contains(&"--dry-run");
    let env_file = env_file.to_str().unwrap().to_owned();
    if wants_file {
        all.extend(["--env-file", &env_file]);
    }
    all.extend(arguments);
    contexture(botpress, &all)
}

/// Compares what was printed with a snapshot. Addresses and folders differ each time.
fn check(name: &str, botpress: &Botpress, outcome: &Outcome) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let text = format!(
        "status {}\n{}{}",
        outcome.status, outcome.output, outcome.errors
    );
    let text = text.replace(botpress.address(), "https://api.botpress.test");
    let lines = text.lines().map(|line| match line.find("/env") {
        Some(end) if line.contains("tmp") => {
            let start = line[..end].rfind(' ').map_or(0, |at| at + 1);
            format!("{}FOLDER{}", &line[..start], &line[end..])
        }
        _ => line.to_owned(),
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn a_new_integration_shows_its_items_and_then_what_to_set() {
    let botpress = Botpress::new();
    let outcome = deploy(&botpress, &shop(), &["--yes", "--mint-key"]);
    check("plan-create", &botpress, &outcome);
}

#[test]
fn an_update_shows_what_is_added_changed_and_removed_and_what_that_means() {
    let botpress = Botpress::new();
    botpress.add("acme/shop", "1.2.0", before());
    let outcome = deploy(&botpress, &shop(), &["--yes"]);
    check("plan-update", &botpress, &outcome);
    let body = botpress.only_body();
    assert_eq!(body["actions"]["give"], Value::Null);
    assert_eq!(body["secrets"], json!({ "OLD": null }));
}

#[test]
fn a_new_version_is_compared_with_the_one_before() {
    let botpress = Botpress::new();
    let mut previous = before();
    previous["version"] = "1.1.0".into();
    botpress.add("acme/shop", "<1.2.0", previous);
    let outcome = deploy(&botpress, &shop(), &["--dry-run"]);
    check("plan-next-version", &botpress, &outcome);
    assert_eq!(
        botpress.writes()[0].path.as_str(),
        "/v1/admin/integrations/validate"
    );
}

#[test]
fn machines_get_the_plan_and_the_result_as_json() {
    let botpress = Botpress::new();
    botpress.add("acme/shop", "1.2.0", before());
    let outcome = deploy(&botpress, &shop(), &["--yes", "--format", "json"]);
    assert_eq!(outcome.status, 0, "{}", outcome.errors);
    let mut result: Value = serde_json::from_str(&outcome.output).unwrap();
    result["files"] = json!([]);
    result["apiUrl"] = "https://api.botpress.test".into();
    let shown = Outcome {
        output: format!("{result:#}\n"),
        ..outcome
    };
    check("plan-json", &botpress, &shown);
}

#[test]
fn without_a_terminal_a_plan_is_not_carried_out() {
    let botpress = Botpress::new();
    let outcome = deploy(&botpress, &shop(), &[]);
    assert_eq!(outcome.status, 1);
    assert!(
        outcome.errors.contains("nothing was deployed"),
        "{}",
        outcome.errors
    );
    assert!(outcome.errors.contains("--yes"), "{}", outcome.errors);
    assert_eq!(botpress.writes(), []);
}

#[test]
fn a_new_integration_needs_a_place_and_a_known_one_keeps_its_own() {
    let botpress = Botpress::new();
    let (_folder, file) = definition(&shop());
    let arguments = ["deploy", file.to_str().unwrap(), "--yes"];
    let outcome = contexture(&botpress, &arguments);
    assert_eq!(outcome.status, 2);
    assert!(outcome.errors.contains("--url"), "{}", outcome.errors);
    botpress.add("acme/shop", "1.2.0", before());
    let outcome = contexture(&botpress, &arguments);
    assert_eq!(outcome.status, 0, "{}", outcome.errors);
    let body = botpress.only_body();
    assert_eq!((&body["url"], &body["code"]), (&Value::Null, &Value::Null));
}

#[test]
fn code_takes_the_place_of_an_address() {
    let botpress = Botpress::new();
    botpress.add("acme/shop", "1.2.0", before());
    let (folder, file) = definition(&shop());
    let bundle = folder.path().join("index.cjs");
    fs::write(&bundle, "module.exports = {}").unwrap();
    let (file, bundle) = (file.to_str().unwrap(), bundle.to_str().unwrap());
    let outcome = contexture(&botpress, &["deploy", file, "--bundle", bundle, "--yes"]);
    assert_eq!(outcome.status, 0, "{}", outcome.errors);
    let body = botpress.only_body();
    assert_eq!(body["code"], "module.exports = {}");
    assert!(body.as_object().unwrap().contains_key("url"), "{body}");
}

#[test]
fn the_visibility_stays_unless_something_else_is_asked_for() {
    let botpress = Botpress::new();
    let mut there = before();
    there["visibility"] = "unlisted".into();
    botpress.add("acme/shop", "1.2.0", there);
    deploy(&botpress, &shop(), &["--yes"]);
    let outcome = deploy(&botpress, &shop(), &["--yes", "--visibility", "public"]);
    let visibilities = botpress
        .writes()
        .into_iter()
        .map(|request| request.body["visibility"].clone());
    assert_eq!(visibilities.collect::<Vec<_>>(), ["unlisted", "public"]);
    assert!(
        outcome.errors.contains("does not change public versions"),
        "{}",
        outcome.errors
    );
}

#[test]
fn an_integration_of_another_workspace_is_left_alone() {
    let botpress = Botpress::new();
    let mut there = before();
    there["ownerWorkspace"] = json!({ "id": "other" });
    botpress.add("acme/shop", "1.2.0", there);
    let outcome = deploy(&botpress, &shop(), &["--yes"]);
    assert_eq!(outcome.status, 1);
    assert!(
        outcome.errors.contains("belongs to another workspace"),
        "{}",
        outcome.errors
    );
    assert_eq!(botpress.writes(), []);
}

#[test]
fn a_name_gets_the_handle_of_the_workspace() {
    let botpress = Botpress::new();
    let mut shop = shop();
    shop["name"] = "shop".into();
    deploy(&botpress, &shop, &["--yes"]);
    assert_eq!(botpress.only_body()["name"], "acme/shop");
}

#[test]
fn a_handle_of_another_workspace_leads_there_if_that_is_confirmed() {
    let botpress = Botpress::new();
    botpress.set(|data| drop(data.handles.insert("other".to_owned(), "w2".to_owned())));
    let mut shop = shop();
    shop["name"] = "other/shop".into();
    let outcome = deploy(&botpress, &shop, &[]);
    assert!(
        outcome.errors.contains("--workspace-id w2"),
        "{}",
        outcome.errors
    );
    assert_eq!(botpress.writes(), []);
    deploy(&botpress, &shop, &["--yes"]);
    assert_eq!(botpress.writes()[0].workspace, "w2");
    shop["name"] = "nobody/shop".into();
    let outcome = deploy(&botpress, &shop, &["--yes"]);
    assert!(
        outcome.errors.contains("no workspace of yours"),
        "{}",
        outcome.errors
    );
}

#[test]
fn a_handle_is_claimed_after_the_plan_and_only_if_it_is_free() {
    let botpress = Botpress::new();
    botpress.set(|data| {
        data.handle = None;
        data.handles.insert("taken".to_owned(), "w2".to_owned());
    });
    let dry = deploy(&botpress, &shop(), &["--dry-run"]);
    assert!(
        dry.errors.contains("gets the handle `acme`"),
        "{}",
        dry.errors
    );
    deploy(&botpress, &shop(), &["--yes"]);
    let writes = botpress.writes();
    let paths: Vec<_> = writes.iter().map(|request| request.path.as_str()).collect();
    let expected = [
        "/v1/admin/integrations/validate",
        "/v1/admin/workspaces/w",
        "/v1/admin/integrations",
    ];
    assert_eq!(paths, expected);
    botpress.set(|data| data.handle = None);
    let mut shop = shop();
    shop["name"] = "taken/shop".into();
    let outcome = deploy(&botpress, &shop, &["--yes"]);
    assert!(
        outcome.errors.contains("these are free: free"),
        "{}",
        outcome.errors
    );
    shop["name"] = "shop".into();
    let outcome = deploy(&botpress, &shop, &["--yes"]);
    assert!(
        outcome.errors.contains("name: HANDLE/shop"),
        "{}",
        outcome.errors
    );
}

#[test]
fn deprecated_features_need_an_earlier_version_or_an_option() {
    let botpress = Botpress::new();
    let mut shop = shop();
    shop["user"] = json!({ "creation": { "enabled": true, "requiredTags": [] } });
    let outcome = deploy(&botpress, &shop, &["--yes"]);
    assert!(
        outcome.errors.contains("deprecated user.creation"),
        "{}",
        outcome.errors
    );
    assert_eq!(botpress.writes(), []);
    assert_eq!(
        deploy(&botpress, &shop, &["--yes", "--allow-deprecated"]).status,
        0
    );
    botpress.add("acme/shop", "<1.2.0", json!({ "version": "1.0.0" }));
    let outcome = deploy(&botpress, &shop, &["--yes"]);
    assert_eq!(outcome.status, 0);
    assert!(
        outcome.errors.contains("warning: Botpress has deprecated"),
        "{}",
        outcome.errors
    );
}

#[test]
fn a_definition_that_is_refused_is_not_looked_up() {
    let botpress = Botpress::new();
    let mut shop = shop();
    shop["actions"]["buy"]["inputs"] = json!({});
    let outcome = deploy(&botpress, &shop, &["--yes"]);
    assert_eq!(outcome.status, 1);
    assert!(outcome.errors.contains("is refused"), "{}", outcome.errors);
    assert_eq!(botpress.requests(), []);
}

#[test]
fn without_credentials_the_command_says_how_to_get_them() {
    let (folder, file) = definition(&shop());
    let home = folder.path().to_str().unwrap();
    let outcome = run(&[
        "deploy",
        file.to_str().unwrap(),
        "--url",
        URL,
        "--botpress-home",
        home,
    ]);
    assert_eq!(outcome.status, 1);
    assert!(
        outcome.errors.contains("contexture login"),
        "{}",
        outcome.errors
    );
}
