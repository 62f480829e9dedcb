//! The resolution of interfaces, compared with Botpress.

use std::env;
use std::path::{Path, PathBuf};

use contexture_codegen::Generator;
use serde_json::{Map, Value, json};

use crate::support::{files, is_ci, name_of, read_value, scratch, write};

/// An integration, and the values that Botpress's printer changes.
struct Case {
    integration: &'static str,
    /// The places where the printer omits the title of a property that both parts of an intersection have.
    without_title: &'static [&'static str],
}

/// The integrations with interfaces, except for the two of the language models. Botpress prints those by other rules
/// than the interfaces themselves (`enum` of one value for `const`).
const CASES: &[Case] = &[
    case("github"),
    Case {
        integration: "linear",
        without_title: &[
            "/actions/issueList/output/schema/properties/items/items/allOf/1/properties/id/x-zui",
        ],
    },
    case("zendesk"),
    case("dropbox"),
    case("googledrivekb"),
    case("intercom"),
    case("notion"),
    case("sharepoint"),
    case("slack"),
    case("telegram"),
    case("whatsapp"),
];

const fn case(integration: &'static str) -> Case {
    Case {
        integration,
        without_title: &[],
    }
}

/// `CONTEXTURE_CORPUS` names a folder with definitions and interfaces, as `bp read --json` prints them.
#[expect(clippy::print_stderr, reason = "a skipped test reports it")]
fn corpus() -> Option<PathBuf> {
    let corpus = env::var_os("CONTEXTURE_CORPUS").map(PathBuf::from);
    if corpus.is_none() {
        assert!(!is_ci(), "CONTEXTURE_CORPUS names no folder of definitions");
        eprintln!("skipped: CONTEXTURE_CORPUS names no folder of definitions");
    }
    corpus
}

#[test]
fn every_interface_can_be_implemented() {
    let Some(corpus) = corpus() else { return };
    let folder = scratch("interfaces-all");
    for path in files(&corpus.join("interfaces")) {
        let interface = read_value(&path);
        let file = name_of(&path);
        write(&folder, &file, interface.to_string());
        let entities = interface["entities"].as_object().unwrap();
        let substitutes: Map<_, _> = entities
            .keys()
            .map(|name| (name.clone(), json!(name)))
            .collect();
        let definition = json!({
            "name": "all",
            "version": "1.0.0",
            "entities": entities,
            "extends": [{ "interface": file, "entities": substitutes }],
        });
        let definition = write(&folder, "definition.json", definition.to_string());
        if let Err(refusal) = contexture_codegen::generate(definition) {
            panic!("{file} is rejected:\n{refusal}");
        }
    }
}

/// Removes the parts from interfaces from a definition, as far as they are recognizable, and names the interfaces
/// under `extends` instead. The resolution has to restore the parts.
#[test]
fn an_interface_is_resolved_as_botpress_prints_it() {
    let Some(corpus) = corpus() else { return };
    for case in CASES {
        let name = case.integration;
        let mut printed = read_value(&corpus.join(format!("integrations/{name}.json")));
        let folder = scratch(&format!("interfaces-{name}"));
        let (short, interfaces) = shortened(&printed, &corpus.join("interfaces"));
        assert_ne!(interfaces, 0, "{name} implements interfaces");
        for interface in printed["interfaces"].as_object().unwrap().values() {
            let file = format!("{}.json", interface["name"].as_str().unwrap());
            let text = std::fs::read(corpus.join("interfaces").join(&file)).unwrap();
            write(&folder, &format!("interfaces/{file}"), text);
        }
        let mut resolved = document(&write(&folder, "short.json", short.to_string()));
        for pointer in case.without_title {
            remove(&mut resolved, pointer);
        }
        remove_empty(&mut printed);
        let printed = document(&write(&folder, "printed.json", printed.to_string()));
        let mut differences = Vec::new();
        compare(&resolved, &printed, "", &mut differences);
        assert_eq!(differences, [""; 0], "{name}");
    }
}

/// The resolved definition.
fn document(path: &Path) -> Value {
    match Generator::new(path).published() {
        Ok(definition) => definition,
        Err(found) => panic!("{found}"),
    }
}

/// Returns a definition with `extends` in place of the parts from its interfaces, and the number of interfaces.
fn shortened(printed: &Value, interfaces: &Path) -> (Value, usize) {
    let mut short = printed.clone();
    let statements = printed["interfaces"].as_object().unwrap();
    let mut extends = Vec::new();
    for statement in statements.values() {
        let file = format!("{}.json", statement["name"].as_str().unwrap());
        let interface = read_value(&interfaces.join(&file));
        let mut extension = json!({ "interface": format!("interfaces/{file}") });
        let entities = statement["entities"].as_object().unwrap();
        let entities = entities
            .iter()
            .map(|(name, own)| (name.clone(), own["name"].clone()));
        extension["entities"] = entities.collect();
        for section in ["actions", "events", "channels"] {
            let mut renamings = Map::new();
            for (name, own) in statement[section].as_object().unwrap() {
                let own = own["name"].as_str().unwrap();
                let (rest, renaming) =
                    split(&printed[section][own], &interface[section][name], section);
                match rest {
                    Some(rest) => short[section][own] = rest,
                    None => remove(&mut short, &format!("/{section}/{own}")),
                }
                let mut renaming = renaming;
                if own != name {
                    renaming.insert("name".to_owned(), json!(own));
                }
                if !renaming.is_empty() {
                    renamings.insert(name.clone(), Value::Object(renaming));
                }
            }
            extension[section] = Value::Object(renamings);
        }
        extends.push(extension);
    }
    remove(&mut short, "/interfaces");
    let count = extends.len();
    short["extends"] = Value::Array(extends);
    (short, count)
}

/// Returns the integration's own part of an action, an event or a channel, if any, and its name for it.
fn split(printed: &Value, interface: &Value, section: &str) -> (Option<Value>, Map<String, Value>) {
    let mut own = printed.clone();
    let mut renaming = Map::new();
    remove(&mut own, "/name");
    for key in ["title", "description"] {
        if printed.get(key).is_some() && printed[key] != interface[key] {
            renaming.insert(key.to_owned(), printed[key].clone());
        }
        remove(&mut own, &format!("/{key}"));
    }
    remove(&mut own, "/attributes");
    let has_more = match section {
        "actions" => {
            let input = split_schema(&mut own["input"]["schema"], &interface["input"]["schema"]);
            let output = split_schema(&mut own["output"]["schema"], &interface["output"]["schema"]);
            input || output
        }
        "events" => split_schema(&mut own["schema"], &interface["schema"]),
        _ => {
            own["messages"] = json!({});
            own.as_object().unwrap().len() > 1
        }
    };
    (has_more.then_some(own), renaming)
}

/// Keeps the properties of an object that the interface does not have; returns whether there are any.
fn split_schema(own: &mut Value, interface: &Value) -> bool {
    let names = interface["properties"].as_object().unwrap();
    if let Some(properties) = own["properties"].as_object_mut() {
        properties.retain(|name, _| !names.contains_key(name));
    }
    if let Some(required) = own.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|name| !names.contains_key(name.as_str().unwrap()));
    }
    own["properties"]
        .as_object()
        .is_some_and(|properties| !properties.is_empty())
}

fn remove(value: &mut Value, pointer: &str) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    if let Some(Value::Object(members)) = value.pointer_mut(parent) {
        members.shift_remove(name);
    }
}

/// Some printed definitions have `x-zui: {}`, which has no meaning.
fn remove_empty(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|name, member| name != "x-zui" || *member != json!({}));
            members.values_mut().for_each(remove_empty);
        }
        Value::Array(items) => items.iter_mut().for_each(remove_empty),
        _ => {}
    }
}

/// Collects the differences of two values. The order of properties and of required names does not matter.
fn compare(left: &Value, right: &Value, at: &str, differences: &mut Vec<String>) {
    match (left, right) {
        (Value::Object(left), Value::Object(right)) => {
            let all = left
                .keys()
                .chain(right.keys().filter(|name| !left.contains_key(*name)));
            for name in all {
                let at = format!("{at}/{name}");
                match (left.get(name), right.get(name)) {
                    (Some(left), Some(right)) if name == "required" => {
                        compare(&sorted(left), &sorted(right), &at, differences);
                    }
                    (Some(left), Some(right)) => compare(left, right, &at, differences),
                    (Some(left), None) => differences.push(format!("{at} is {left}, not printed")),
                    (None, right) => differences.push(format!("{at} is missing: {right:?}")),
                }
            }
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            for (index, (left, right)) in left.iter().zip(right).enumerate() {
                compare(left, right, &format!("{at}/{index}"), differences);
            }
        }
        _ if left == right => {}
        _ => differences.push(format!("{at} is {left}, printed {right}")),
    }
}

fn sorted(required: &Value) -> Value {
    let Some(names) = required.as_array() else {
        return required.clone();
    };
    let mut names = names.clone();
    names.sort_by_key(ToString::to_string);
    Value::Array(names)
}
