//! The real definitions, each of which has to be accepted, and to be shown as it was sent.

use std::path::PathBuf;

use http::Method;
use serde_json::{Map, Value, json};

use crate::bench::Bench;
use crate::changes::changes;

#[tokio::test]
async fn every_real_definition_is_validated_created_and_shown_as_it_was_sent() {
    let Some((bench, bodies)) = bodies().await else {
        return;
    };
    for body in bodies {
        let name = body["name"].as_str().unwrap().to_owned();
        let validated = bench
            .done(Method::POST, "/v1/admin/integrations/validate", &body)
            .await;
        assert_eq!(validated, json!({}), "{name}");
        let created = bench.create(&body).await;
        assert_ne!(created["signingSecret"], "", "{name}");
        let shown = bench
            .get(&format!(
                "/v1/admin/integrations/{}/latest",
                name.replace('/', "%2F")
            ))
            .await;
        assert_eq!(shown["integration"]["signingSecret"], "", "{name}");
        for section in ["actions", "events", "states", "entities"] {
            let sent = body.get(section).cloned().unwrap_or(json!({}));
            assert_eq!(shown["integration"][section], sent, "{name} {section}");
        }
        // A body without changes is a valid update.
        let update = update(&body);
        let path = format!("/v1/admin/integrations/{}", created["id"].as_str().unwrap());
        let updated = bench.done(Method::PUT, &path, &update).await;
        for section in [
            "actions",
            "channels",
            "configurations",
            "user",
            "interfaces",
        ] {
            assert_eq!(
                updated["integration"][section], created[section],
                "{name} {section}"
            );
        }
    }
}

/// The update of one definition to the next, with `null` for each member that is gone, as Botpress's command line makes it.
#[tokio::test]
async fn an_update_from_any_real_definition_to_another_leaves_nothing_of_the_first() {
    let Some((bench, bodies)) = bodies().await else {
        return;
    };
    let pairs = bodies.iter().zip(bodies.iter().cycle().skip(1));
    for (number, (before, after)) in pairs.enumerate() {
        let [mut before, mut after] = [before.clone(), after.clone()];
        // An update cannot delete these.
        for (member, value) in [
            ("title", json!("T")),
            ("description", json!("D")),
            ("configuration", json!({ "schema": {} })),
        ] {
            after
                .as_object_mut()
                .unwrap()
                .entry(member)
                .or_insert(value);
        }
        before["name"] = format!("acme/before-{number}").into();
        after["name"] = format!("acme/after-{number}").into();
        let expected = bench.create(&after).await;
        let created = bench.create(&before).await;
        let path = format!("/v1/admin/integrations/{}", created["id"].as_str().unwrap());
        let changes = changes(&before, update(&after));
        let updated = bench.done(Method::PUT, &path, &changes).await["integration"].take();
        for (member, expected) in expected.as_object().unwrap() {
            if !["id", "name", "version", "signingSecret"].contains(&member.as_str()) {
                assert_eq!(&updated[member], expected, "{number} {member}: {changes}");
            }
        }
    }
}

/// An emulator with the interfaces, and the bodies of all definitions.
async fn bodies() -> Option<(Bench, Vec<Value>)> {
    let folder = corpus()?;
    let bench = Bench::new().await;
    for interface in definitions(&folder.join("interfaces")) {
        let interface = interface.as_object().unwrap();
        bench.emulator.admin.publish_interface(interface).unwrap();
    }
    let mut bodies = Vec::new();
    for definition in definitions(&folder.join("integrations")) {
        bodies.push(body(&bench, definition).await);
    }
    assert!(!bodies.is_empty());
    Some((bench, bodies))
}

/// The body of a definition: with the handle of the workspace, and the ids of its interfaces.
async fn body(bench: &Bench, mut definition: Value) -> Value {
    let name = definition["name"].as_str().unwrap();
    definition["name"] = format!("acme/{name}").into();
    definition["url"] = "https://example.com".into();
    let mut interfaces = Map::new();
    for (key, declared) in definition["interfaces"].as_object().into_iter().flatten() {
        let [name, version] = ["name", "version"].map(|part| declared[part].as_str().unwrap());
        let path = format!("/v1/admin/hub/interfaces/{name}/{version}");
        let mut sent = json!({ "id": bench.get(&path).await["interface"]["id"] });
        for section in ["entities", "actions", "events", "channels"] {
            sent[section] = declared[section].clone();
        }
        interfaces.insert(key.clone(), sent);
    }
    definition["interfaces"] = interfaces.into();
    // What `bp read` prints, and the API does not take.
    for (section, member) in [("actions", "name"), ("events", "name"), ("events", "ui")] {
        let declared = definition.get_mut(section).and_then(Value::as_object_mut);
        let declared = declared.into_iter().flatten();
        for (_, declared) in declared {
            declared.as_object_mut().unwrap().remove(member);
        }
    }
    definition
}

fn update(body: &Value) -> Value {
    let mut update = body.as_object().unwrap().clone();
    update.remove("name");
    update.remove("version");
    update.into()
}

fn definitions(folder: &PathBuf) -> Vec<Value> {
    let files = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    let files = files.into_iter();
    let texts = files.map(|file| std::fs::read(file).unwrap());
    texts
        .map(|text| serde_json::from_slice(&text).unwrap())
        .collect()
}

#[expect(clippy::print_stderr, reason = "a skipped test reports it")]
fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os("CONTEXTURE_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        let is_ci = std::env::var("CI").is_ok_and(|ci| ci == "true");
        assert!(!is_ci, "CONTEXTURE_CORPUS is not set");
        eprintln!("skipped: CONTEXTURE_CORPUS is not set");
    }
    folder
}
