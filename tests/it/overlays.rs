//! Overlays: what an author adds to an imported definition stays when the definition is imported again.

use std::fs;

use contexture::Payload as _;
use contexture_tests::forum;
use serde_json::{Value, json};

use crate::support::{repository, scratch, write};

#[test]
fn an_overlay_marks_secrets_and_gives_names() {
    let configuration = forum::Configuration::new("https://forum.example", "hunter2");
    assert!(!format!("{configuration:?}").contains("hunter2"));
    let topic = json!({ "title": "Tea", "type": "poll" });
    let topic = forum::actions::CreateTopicInput::from_value(topic).unwrap();
    assert!(topic.kind.is_some());
    let definition: Value = serde_json::from_str(forum::DEFINITION.json).unwrap();
    let actions: Vec<_> = definition["actions"].as_object().unwrap().keys().collect();
    assert_eq!(actions, ["createTopic"]);
    assert_eq!(definition.get("base"), None);
}

#[test]
fn what_an_overlay_has_stays_after_another_import() {
    let folder = scratch("overlay");
    let overlay = fs::read_to_string(repository("definitions/forum.yaml")).unwrap();
    let base = fs::read_to_string(repository("definitions/imported/forum.json")).unwrap();
    let mut imported: Value = serde_json::from_str(&base).unwrap();
    imported["version"] = json!("1.3.0");
    imported["actions"]["closeTopic"] = imported["actions"]["createTopic"].clone();
    let definition = write(&folder, "forum.yaml", overlay);
    let base = write(&folder, "imported/forum.json", imported.to_string());
    let generated = contexture_codegen::generate(&definition).unwrap();
    assert!(generated.warnings.is_empty(), "{}", generated.warnings);
    let code = generated.file.contents;
    for part in [
        "document!(\"forum\", \"1.3.0\",",
        "pub trait CloseTopic",
        "pub kind: Option<",
        "pub token: Secret",
        "pub webhook_secret: Secret",
    ] {
        assert!(code.contains(part), "{part}");
    }
    assert!(!code.contains("SearchLegacy"));
    assert_eq!(generated.read, [definition, base]);
}
