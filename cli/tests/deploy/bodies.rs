//! The bodies that the command sends.
//!
//! `bodies.json` has digests of the bodies of real definitions, made by `reference.cjs`, which has the rules once more.

use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::botpress::Botpress;
use super::contexture;

const URL: &str = "https://integrations.example.com/it";

/// The definitions of the corpus, if it is set.
#[expect(clippy::print_stderr, reason = "a skipped test reports it")]
fn real_definitions() -> Vec<PathBuf> {
    let Some(corpus) = env::var_os("CONTEXTURE_CORPUS") else {
        assert!(
            env::var("CI").is_err(),
            "CONTEXTURE_CORPUS names no folder of definitions"
        );
        eprintln!("skipped: CONTEXTURE_CORPUS names no folder of definitions");
        return Vec::new();
    };
    let folder = Path::new(&corpus).join("integrations");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}

fn deploy(botpress: &Botpress, file: &Path) -> Value {
    let file = file.to_str().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let env_file = folder.path().join("env");
    let env_file = env_file.to_str().unwrap();
    let outcome = contexture(
        botpress,
        &[
            "deploy",
            file,
            "--url",
            URL,
            "--yes",
            "--allow-deprecated",
            "--visibility",
            "private",
            "--env-file",
            env_file,
        ],
    );
    assert_eq!(outcome.status, 0, "{file}: {}", outcome.errors);
    botpress.only_body()
}

#[test]
fn real_definitions_have_the_bodies_of_the_official_rules() {
    let digests = fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/deploy/bodies.json"
    ));
    let digests: Value = serde_json::from_str(&digests.unwrap()).unwrap();
    let mut wrong = Vec::new();
    for file in real_definitions() {
        let name = file.file_stem().unwrap().to_str().unwrap();
        let create = deploy(&Botpress::new(), &file);
        let botpress = Botpress::new();
        let version = create["version"].as_str().unwrap();
        botpress.add(create["name"].as_str().unwrap(), version, aged(&create));
        let update = deploy(&botpress, &file);
        for (kind, body) in [("create", create), ("update", update)] {
            if digests[name][kind] != digest(&body).as_str() {
                wrong.push(format!("{name}: {kind}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// What the API answers for an integration that has one more of each thing, named `zzGone`, and all scripts.
fn aged(body: &Value) -> Value {
    let mut old = body.clone();
    old["id"] = "intver_0".into();
    old["secrets"] = json!([]);
    old["url"] = "https://old.test".into();
    for script in ["extractScript", "fallbackHandlerScript"] {
        default(&mut old["identifier"], script, json!("old"));
    }
    default(&mut old, "configuration", json!({ "schema": {} }));
    link(&mut old["configuration"]);
    for one in items(&mut old, "configurations") {
        link(one);
    }
    for section in ["actions", "events"] {
        for one in items(&mut old, section) {
            one["attributes"]["zzGone"] = "old".into();
        }
    }
    let schema = json!({ "schema": {} });
    old["configurations"]["zzGone"] = json!({ "schema": {}, "identifier": {} });
    old["actions"]["zzGone"] = json!({ "input": schema, "output": schema });
    old["events"]["zzGone"] = schema.clone();
    old["states"]["zzGone"] = json!({ "type": "user", "schema": {} });
    old["entities"]["zzGone"] = schema;
    old["interfaces"]["zzGone"] = json!({ "id": format!("ifver_{}", "0".repeat(26)) });
    old["attributes"]["zzGone"] = "old".into();
    old["user"]["tags"]["zzGone"] = json!({});
    old["channels"]["zzGone"] = json!({});
    for one in items(&mut old, "channels") {
        one["messages"]["zzGone"] = json!({ "schema": {} });
        one["message"]["tags"]["zzGone"] = json!({});
        one["conversation"]["tags"]["zzGone"] = json!({});
    }
    old
}

fn items<'a>(value: &'a mut Value, section: &str) -> Vec<&'a mut Value> {
    let items = value.get_mut(section).and_then(Value::as_object_mut);
    items
        .map(|items| items.values_mut().collect())
        .unwrap_or_default()
}

fn default(value: &mut Value, name: &str, other: Value) {
    if value[name].is_null() {
        value[name] = other;
    }
}

fn link(configuration: &mut Value) {
    default(
        &mut configuration["identifier"],
        "linkTemplateScript",
        json!("old"),
    );
    default(&mut configuration["identifier"], "required", json!(true));
}

fn digest(body: &Value) -> String {
    format!("{:x}", Sha256::digest(canonical(body, false).to_string()))
}

/// Sorted members, without empty maps outside of schemas, and numbers as JavaScript writes them.
fn canonical(value: &Value, is_schema: bool) -> Value {
    match value {
        Value::Array(items) => items
            .iter()
            .map(|item| canonical(item, is_schema))
            .collect(),
        Value::Object(members) => {
            let mut names: Vec<_> = members.keys().collect();
            names.sort();
            let mut changed = Map::new();
            for name in names {
                let is_schema = is_schema || name == "schema";
                let member = canonical(&members[name], is_schema);
                if is_schema || member != json!({}) && member != json!([]) {
                    changed.insert(name.clone(), member);
                }
            }
            Value::Object(changed)
        }
        Value::Number(number) => {
            let float = number
                .as_f64()
                .filter(|float| float.fract() == 0.0 && float.abs() < 1e15);
            #[expect(
                clippy::cast_possible_truncation,
                reason = "it is a whole number within the bounds"
            )]
            float.map_or_else(|| value.clone(), |float| (float as i64).into())
        }
        other => other.clone(),
    }
}

#[test]
fn the_definitions_of_the_repository_have_these_bodies() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../definitions");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for name in [
        "crm.yaml",
        "forum.yaml",
        "github.yaml",
        "helpdesk.yaml",
        "minimal.json",
        "parity.yaml",
        "quickstart.yaml",
        "rooms.yaml",
        "shapes.yaml",
        "telegram.yaml",
    ] {
        let file = Path::new(folder).join(name);
        let botpress = Botpress::new();
        let mut arguments = vec!["deploy".to_owned(), file.to_str().unwrap().to_owned()];
        arguments.extend(["--url", URL, "--dry-run", "--allow-deprecated"].map(str::to_owned));
        let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
        let outcome = contexture(&botpress, &arguments);
        assert_eq!(outcome.status, 0, "{name}: {}", outcome.errors);
        let body = botpress.only_body();
        let (stem, _) = name.split_once('.').unwrap();
        settings.bind(|| insta::assert_snapshot!(stem, format!("{body:#}")));
    }
}
