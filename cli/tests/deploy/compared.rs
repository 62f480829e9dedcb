//! `contexture diff --against deployed`.

use std::fs;
use std::path::{Path, PathBuf};

use contexture_cli::Outcome;
use contexture_codegen::Generator;
use serde_json::{Value, json};

use super::bodies::real_definitions;
use super::botpress::Botpress;
use super::emulator::{Local, interfaces};
use super::{contexture, program, run};

/// Writes a definition into a folder.
fn write(folder: &Path, definition: &Value) -> PathBuf {
    let file = folder.join("definition.json");
    fs::write(&file, definition.to_string()).unwrap();
    file
}

/// The report about a file and what is deployed.
fn report(local: &Local, file: &Path, against: &str) -> Value {
    let file = file.to_str().unwrap();
    let arguments = ["diff", file, "--against", against, "--format", "json"];
    let outcome =
        local.run(&[&arguments[..], &["--fail-on", "nothing", "--limit", "120"]].concat());
    assert_eq!(outcome.status, 0, "{file}: {}", outcome.errors);
    serde_json::from_str(&outcome.output).unwrap()
}

/// The changes of a report: what, of which item.
fn changes(report: &Value) -> Vec<String> {
    let changes = report["changes"].as_array().unwrap().iter();
    let text = |change: &Value, name: &str| change[name].as_str().unwrap().to_owned();
    changes
        .map(|change| format!("{}: {}", text(change, "item"), text(change, "what")))
        .collect()
}

#[test]
fn a_definition_of_the_repository_that_is_deployed_does_not_differ_from_itself() {
    let files = own_definitions();
    assert_eq!(files.len(), 11);
    let hub: Vec<_> = files.iter().flat_map(|file| own_interfaces(file)).collect();
    check_themselves(&Local::new(&hub), &files);
}

#[test]
fn a_real_definition_that_is_deployed_does_not_differ_from_itself() {
    let files = real_definitions();
    if files.is_empty() {
        return;
    }
    assert_eq!(files.len(), 43);
    check_themselves(&Local::new(&interfaces(&files)), &files);
}

/// Deploys definitions, and compares each with what is deployed.
fn check_themselves(local: &Local, files: &[PathBuf]) {
    let folder = tempfile::tempdir().unwrap();
    let env = folder.path().join("env");
    for file in files {
        let secrets = secrets(file);
        let secrets: Vec<_> = secrets.iter().map(String::as_str).collect();
        local.deploy(
            file,
            &[&["--env-file", env.to_str().unwrap()], &secrets[..]].concat(),
        );
        let found = report(local, file, "deployed");
        assert_eq!(changes(&found), [""; 0], "{}", file.display());
        assert_eq!(found["version"]["step"], "none", "{}", file.display());
    }
}

/// The definitions of the repository.
fn own_definitions() -> Vec<PathBuf> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let files = fs::read_dir(repository.join("definitions")).unwrap();
    let files = files.map(|entry| entry.unwrap().path());
    let files = files.filter(|file| file.is_file() && !file.ends_with("format.schema.json"));
    let tickets = repository.join("examples/tickets/tickets.yaml");
    files.chain([tickets]).collect()
}

/// The interfaces of a definition, of which the hub has names and versions.
fn own_interfaces(file: &Path) -> Vec<Value> {
    let definition = published(file);
    let interfaces = definition["interfaces"].as_object().into_iter().flatten();
    let interfaces = interfaces.map(|(_, interface)| {
        json!({
            "name": interface["name"], "version": interface["version"],
            "actions": {}, "events": {}, "channels": {}, "entities": {},
        })
    });
    interfaces.collect()
}

fn published(file: &Path) -> Value {
    Generator::new(file).published().unwrap()
}

/// Values of all secrets, as arguments.
fn secrets(file: &Path) -> Vec<String> {
    let definition = published(file);
    let secrets = definition["secrets"].as_object().into_iter().flatten();
    let secrets = secrets.map(|(name, _)| ["--secrets".to_owned(), format!("{name}=hunter2")]);
    secrets.flatten().collect()
}

fn shop(version: &str, required: &[&str]) -> Value {
    let properties = json!({ "key": { "type": "string" }, "region": { "type": "string" } });
    json!({
        "name": "shop", "version": version, "title": "Shop", "secrets": { "TOKEN": { "optional": true } },
        "icon": "<svg/>", "user": { "tags": { "id": {} } },
        "configuration": { "schema": { "type": "object", "properties": properties, "required": required } },
    })
}

#[test]
fn a_change_is_shown_against_the_version_that_it_would_update_or_follow() {
    let local = Local::new(&[]);
    let folder = tempfile::tempdir().unwrap();
    let env = folder.path().join("env");
    let first = write(folder.path(), &shop("1.0.0", &["key"]));
    local.deploy(
        &first,
        &[
            "--env-file",
            env.to_str().unwrap(),
            "--secrets",
            "TOKEN=hunter2",
        ],
    );
    let expected = ["the primary configuration: `region` is required now"];
    for version in ["1.0.0", "1.2.0"] {
        let file = write(folder.path(), &shop(version, &["key", "region"]));
        let found = report(&local, &file, "deployed");
        assert_eq!(changes(&found), expected);
        assert_eq!(found["version"]["old"], "1.0.0");
        assert_eq!(found["changes"][0]["effects"][0]["affected"], "owners");
        assert_eq!(
            found["changes"][0]["effects"][0]["migration"]["state"],
            "missing"
        );
        assert_eq!(found["version"]["least"], "2.0.0");
        let found = report(&local, &file, "deployed:acme/shop@1.x");
        assert_eq!(changes(&found), expected);
    }
    let mut without = shop("1.2.0", &["key"]);
    for member in ["configuration", "secrets", "user"] {
        without.as_object_mut().unwrap().shift_remove(member);
    }
    let file = write(folder.path(), &without);
    let shown = local.run(&["diff", file.to_str().unwrap(), "--against", "deployed"]);
    assert_eq!(shown.status, 1);
    for text in [
        "the tag `id` of users: it is removed",
        " --> acme/shop@1.0.0:definition.json:",
        "the secret `TOKEN`: it is removed",
        "the primary configuration: the value has no other properties any more",
    ] {
        assert!(shown.output.contains(text), "{text}: {}", shown.output);
    }
}

#[test]
fn a_primary_configuration_that_the_api_shows_is_there_only_if_it_says_something() {
    let token = json!({ "schema": { "type": "object" } });
    let local = json!({ "name": "shop", "version": "1.0.0", "configurations": { "token": token } });
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), &local);
    let empty = json!({ "schema": {}, "identifier": { "required": false } });
    let declared = json!({ "schema": { "type": "object" }, "identifier": {} });
    let required = json!({ "schema": {}, "identifier": { "required": true } });
    for (primary, choices, status) in [
        (&empty, json!({ "token": token }), 0),
        (&empty, json!({}), 1),
        (&declared, json!({ "token": token }), 1),
        (&required, json!({ "token": token }), 1),
    ] {
        let botpress = Botpress::new();
        let there = json!({ "name": "acme/shop", "version": "1.0.0", "configuration": primary, "configurations": choices });
        botpress.add("acme/shop", "1.0.0", there);
        let shown = contexture(
            &botpress,
            &["diff", file.to_str().unwrap(), "--against", "deployed"],
        );
        let is_gone = shown
            .output
            .contains("the primary configuration: it is removed");
        assert_eq!(
            (shown.status, is_gone),
            (status, status == 1),
            "{primary} {choices}: {} {}",
            shown.output,
            shown.errors
        );
    }
}

#[test]
fn what_the_api_adds_is_no_change() {
    let botpress = Botpress::new();
    let nothing = json!({ "enabled": false, "requiredTags": [] });
    let there = json!({
        "id": "intver_1", "createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00Z",
        "name": "acme/shop", "version": "1.0.0", "title": "acme/shop", "description": "", "url": "", "dev": false,
        "iconUrl": "https://files.test/icon.svg", "readmeUrl": "", "public": false, "visibility": "private",
        "verificationStatus": "unapproved", "lifecycleStatus": "published", "signingSecret": "", "secrets": [],
        "sandbox": { "messageExtractScript": "a" }, "maxExecutionTime": 60, "identifier": { "extractScript": null },
        "user": { "tags": {}, "creation": nothing }, "entities": {}, "events": {}, "interfaces": {}, "attributes": null,
        "configuration": { "title": null, "identifier": { "required": false }, "schema": {} }, "configurations": {},
        "channels": { "chat": { "title": null, "messages": { "text": { "schema": { "type": "object" } } },
            "message": { "tags": { "id": { "title": null } } }, "conversation": { "tags": {}, "creation": nothing } } },
        "states": { "cursor": { "type": "integration", "schema": { "const": null } } },
        "actions": { "open": { "billable": false, "input": { "schema": {} }, "output": { "schema": {} }, "attributes": {} } },
    });
    botpress.add("acme/shop", "1.0.0", there);
    let folder = tempfile::tempdir().unwrap();
    let definition = json!({
        "name": "shop", "version": "1.0.0",
        "channels": { "chat": { "messages": { "text": { "schema": { "type": "object" } } }, "message": { "tags": { "id": {} } } } },
        "states": { "cursor": { "type": "integration", "schema": { "const": null } } },
        "actions": { "open": { "input": { "schema": {} }, "output": { "schema": {} } } },
    });
    let file = write(folder.path(), &definition);
    let shown = contexture(
        &botpress,
        &["diff", file.to_str().unwrap(), "--against", "deployed"],
    );
    assert_eq!((shown.status, shown.errors.as_str()), (0, ""));
    assert!(
        shown.output.starts_with("nothing changed"),
        "{}",
        shown.output
    );
}

#[test]
fn what_is_not_there_or_cannot_be_reached_is_an_error_that_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), &shop("1.0.0", &[]));
    let file = file.to_str().unwrap();
    let home = folder.path().to_str().unwrap();
    let refused = |outcome: Outcome, text: &str| {
        assert_eq!((outcome.status, outcome.output.as_str()), (1, ""));
        assert!(outcome.errors.contains(text), "{}", outcome.errors);
    };
    let diff = |against| ["diff", file, "--against", against];

    let logged_out = [&diff("deployed")[..], &["--botpress-home", home]].concat();
    refused(program(&logged_out, ""), "contexture login");

    let botpress = Botpress::new();
    let none = "no version of acme/shop up to 1.0.0 is deployed to the workspace Acme (w)";
    refused(contexture(&botpress, &diff("deployed")), none);
    let none = "there is no integration acme/other@latest";
    refused(contexture(&botpress, &diff("deployed:acme/other")), none);
    // What another kit deployed may be a definition that is refused.
    let wrong = json!({ "name": "acme/shop", "version": "1.0.0", "states": { "cursor": { "type": "robot", "schema": {} } } });
    botpress.add("acme/shop", "1.0.0", wrong);
    let outcome = contexture(&botpress, &diff("deployed"));
    refused(outcome, "acme/shop@1.0.0:definition.json is refused");

    let profile =
        json!({ "test": { "apiUrl": "http://api.example.com", "token": "t", "workspaceId": "w" } });
    fs::write(folder.path().join("profiles.json"), profile.to_string()).unwrap();
    let unreachable = [
        &diff("deployed:intver_01J9ZK3V5Q8W7R6T5Y4U3I2O1P")[..],
        &["--botpress-home", home, "--profile", "test"],
    ];
    refused(
        run(&unreachable.concat()),
        "no answer from http://api.example.com",
    );
    let wrong = run(&diff("deployed:"));
    assert_eq!(wrong.status, 2);
    assert!(
        wrong.errors.contains("acme/github@1.0.0"),
        "{}",
        wrong.errors
    );
}
