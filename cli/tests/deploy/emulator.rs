//! Real definitions, deployed to the emulator, which checks bodies against the document of Botpress's admin API.

use std::fs;
use std::path::Path;

use contexture_cli::Outcome;
use contexture_emulator::admin::NewWorkspace;
use contexture_emulator::server::{Emulator, EmulatorOptions};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::bodies::real_definitions;
use super::run;

const TOKEN: &str = "bp_pat_of_the_emulator";

/// The name of what an earlier form of a definition has, and a later one has not.
const GONE: &str = "zzGone";

/// An emulator, and the credentials for it.
pub(crate) struct Local {
    home: tempfile::TempDir,
    _emulator: Emulator,
    _runtime: Runtime,
}

impl Local {
    /// An emulator whose hub has these interfaces.
    pub(crate) fn new(interfaces: &[Value]) -> Self {
        let runtime = Runtime::new().unwrap();
        let options = EmulatorOptions {
            token: TOKEN.to_owned(),
            workspace: NewWorkspace {
                name: "Acme".to_owned(),
                handle: Some("acme".to_owned()),
            },
            ..EmulatorOptions::default()
        };
        let emulator = runtime.block_on(Emulator::start(options)).unwrap();
        for interface in interfaces {
            let interface = interface.as_object().unwrap();
            emulator.admin.publish_interface(interface).unwrap();
        }
        let home = tempfile::tempdir().unwrap();
        let profile = json!({ "test": {
            "apiUrl": emulator.address, "token": TOKEN, "workspaceId": emulator.workspace_id,
        } });
        fs::write(home.path().join("profiles.json"), profile.to_string()).unwrap();
        Self {
            home,
            _emulator: emulator,
            _runtime: runtime,
        }
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        let home = self.home.path().to_str().unwrap();
        run(&[arguments, &["--botpress-home", home, "--profile", "test"]].concat())
    }

    pub(crate) fn deploy(&self, file: &Path, arguments: &[&str]) {
        let file = file.to_str().unwrap();
        let common = [
            "deploy",
            file,
            "--yes",
            "--allow-deprecated",
            "--url",
            "https://integrations.example.com/it",
        ];
        let outcome = self.run(&[&common, arguments].concat());
        assert_eq!(
            outcome.status, 0,
            "{file} {arguments:?}: {}",
            outcome.errors
        );
    }

    /// An integration as the emulator shows it.
    fn get(&self, name: &str) -> Value {
        let outcome = self.run(&["integrations", "get", name]);
        assert_eq!(outcome.status, 0, "{}", outcome.errors);
        serde_json::from_str(&outcome.output).unwrap()
    }
}

#[test]
fn every_real_definition_is_checked_created_and_updated_and_what_it_loses_is_gone() {
    let files = real_definitions();
    if files.is_empty() {
        return;
    }
    assert_eq!(files.len(), 43);
    let local = Local::new(&interfaces(&files));
    let folder = tempfile::tempdir().unwrap();
    let env = folder.path().join("env");
    let env = ["--env-file", env.to_str().unwrap()];
    for file in &files {
        let mut definition = read(file);
        let name = format!("acme/{}", definition["name"].as_str().unwrap());
        let earlier = folder.path().join("earlier.json");
        fs::write(&earlier, with_more(definition.clone()).to_string()).unwrap();
        local.deploy(&earlier, &["--dry-run"]);
        let outcome = local.run(&["integrations", "get", &name]);
        assert_eq!(outcome.status, 1, "a dry run creates nothing");
        local.deploy(&earlier, &env);
        assert!(local.get(&name).to_string().contains(GONE), "{name}");
        local.deploy(file, &["--dry-run"]);
        local.deploy(file, &env);
        let there = local.get(&name);
        assert!(!there.to_string().contains(GONE), "{name}: {there:#}");
        for section in [
            "actions",
            "channels",
            "configurations",
            "entities",
            "events",
            "states",
        ] {
            let declared = names(&definition[section].take());
            assert_eq!(names(&there[section]), declared, "{name} {section}");
        }
    }
}

/// A definition with one more of each kind of thing that an update can remove.
fn with_more(mut definition: Value) -> Value {
    let schema = json!({ "type": "object", "properties": {}, "additionalProperties": false });
    let payload = json!({ "schema": schema });
    let action = json!({ "input": payload, "output": payload });
    let messages = json!({ "messages": { GONE: payload } });
    let more = [
        ("actions", action),
        ("attributes", json!("old")),
        ("channels", messages),
        ("configurations", payload.clone()),
        ("entities", payload.clone()),
        ("events", payload.clone()),
        ("states", json!({ "type": "user", "schema": schema })),
        (
            "interfaces",
            json!({ "id": "", "name": "zz", "version": "1.0.0" }),
        ),
    ];
    for (section, item) in more {
        definition[section][GONE] = item;
    }
    definition["user"]["tags"][GONE] = json!({});
    let actions = definition["actions"].as_object_mut().unwrap();
    for action in actions.values_mut() {
        action["attributes"][GONE] = "old".into();
    }
    for event in definition["events"].as_object_mut().unwrap().values_mut() {
        event["attributes"][GONE] = "old".into();
    }
    for channel in definition["channels"].as_object_mut().unwrap().values_mut() {
        channel["messages"][GONE] = payload.clone();
        channel["message"]["tags"][GONE] = json!({});
        channel["conversation"]["tags"][GONE] = json!({});
    }
    // Scripts are texts, which an update removes as well.
    let script = format!("\"{GONE}\"");
    for name in ["extractScript", "fallbackHandlerScript"] {
        if definition["identifier"][name].is_null() {
            definition["identifier"][name] = script.clone().into();
        }
    }
    let configurations = definition["configurations"].as_object_mut().unwrap();
    for configuration in configurations.values_mut() {
        if configuration["identifier"]["linkTemplateScript"].is_null() {
            configuration["identifier"]["linkTemplateScript"] = script.clone().into();
        }
    }
    definition
}

/// The interfaces of the corpus, and one that only earlier forms implement.
pub(crate) fn interfaces(definitions: &[std::path::PathBuf]) -> Vec<Value> {
    let corpus = definitions[0].parent().unwrap().parent().unwrap();
    let files = fs::read_dir(corpus.join("interfaces")).unwrap();
    let mut interfaces: Vec<_> = files.map(|file| read(&file.unwrap().path())).collect();
    interfaces.push(json!({ "name": "zz", "version": "1.0.0", "actions": {}, "events": {}, "channels": {}, "entities": {} }));
    interfaces
}

pub(crate) fn read(file: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

fn names(items: &Value) -> Vec<String> {
    let mut names: Vec<_> = items
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, _)| name.clone())
        .collect();
    names.sort();
    names
}
