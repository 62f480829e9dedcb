//! `contexture add`.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::{fs, io};

use clap::Args;
use serde_json::{Map, Value};

use crate::Outcome;
use crate::botpress::{AdminClient, CredentialArguments, Reference};
use crate::login::block_on;

/// The members of an interface's file that Botpress answers.
const MEMBERS: [&str; 9] = [
    "id",
    "name",
    "version",
    "title",
    "description",
    "entities",
    "actions",
    "events",
    "channels",
];

/// The members of the items of a section, and of the messages of a channel.
const ITEMS: [(&str, &[&str]); 4] = [
    ("entities", &["title", "description", "schema"]),
    (
        "actions",
        &[
            "title",
            "description",
            "billable",
            "cacheable",
            "input",
            "output",
            "attributes",
        ],
    ),
    ("events", &["title", "description", "schema", "attributes"]),
    (
        "channels",
        &[
            "title",
            "description",
            "messages",
            "message",
            "conversation",
        ],
    ),
];

#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  contexture add interface:hitl@2.0.0                 # writes interfaces/hitl.json
  contexture add interface:typing-indicator           # the newest version
  contexture add interface:hitl@2.0.0 --out shared/hitl.json

The file has the id of the interface at Botpress, which `contexture deploy` sends.")]
pub(crate) struct AddArguments {
    /// The interface: interface:NAME@VERSION.
    #[arg(value_name = "interface:NAME@VERSION")]
    interface: InterfaceReference,
    /// The file to write; interfaces/NAME.json of this folder by default.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Writes over a file that has another interface or version.
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    credentials: CredentialArguments,
}

/// A reference to an interface.
#[derive(Clone, Debug, PartialEq, Eq)]
struct InterfaceReference(Reference);

impl FromStr for InterfaceReference {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once(':') {
            Some(("interface", which)) => which.parse().map(Self),
            Some((kind @ ("integration" | "plugin"), _)) => Err(format!(
                "a definition implements interfaces alone, and this is of the kind `{kind}`"
            )),
            _ => Err("expected an interface and a version, as in interface:hitl@2.0.0".to_owned()),
        }
    }
}

/// Writes the file of an interface.
pub(crate) fn run(arguments: &AddArguments) -> Result<Outcome, Outcome> {
    let InterfaceReference(which) = &arguments.interface;
    let client = AdminClient::new(&arguments.credentials.find()?, crate::waits::tell);
    let found = block_on(client.find_interface(which))?;
    let found =
        found.map_err(|error| error.outcome(&format!("the interface {which} cannot be read")))?;
    let found = found.ok_or_else(|| {
        Outcome::failure(format!("error: Botpress's hub has no interface {which}\n"))
    })?;
    let interface = interface_file(&found);
    let text = |name: &str| interface[name].as_str().unwrap_or_default();
    let (name, version) = (text("name"), text("version"));
    let beside = || Path::new("interfaces").join(file_name(name));
    let file = arguments.out.clone().unwrap_or_else(beside);
    let is_new = write(&file, &interface, arguments.force)?;
    let verb = if is_new { "wrote" } else { "unchanged:" };
    let mut told = format!("{verb} {} with {name} {version}\n", file.display());
    told += "to implement it, add to the definition:\n\n";
    told += &extends(&interface, &file);
    Ok(Outcome::told(told))
}

/// The file of an interface from what Botpress answers, which has more.
fn interface_file(found: &Value) -> Value {
    let mut file = pick(found, &MEMBERS);
    for (section, members) in ITEMS {
        if let Some(Value::Object(items)) = file.get_mut(section) {
            for item in items.values_mut() {
                let mut picked = pick(item, members);
                if let Some(Value::Object(messages)) = picked.get_mut("messages") {
                    for message in messages.values_mut() {
                        *message = pick(message, &["schema"]).into();
                    }
                }
                *item = picked.into();
            }
        }
    }
    Value::Object(file)
}

/// The members with these names that are not empty.
fn pick(object: &Value, names: &[&str]) -> Map<String, Value> {
    let is_empty = |member: &Value| match member {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    };
    let members = names.iter().filter_map(|name| {
        let member = object.get(*name)?;
        // An empty schema takes any value.
        let is_left_out = is_empty(member) && *name != "schema";
        (!is_left_out).then(|| ((*name).to_owned(), member.clone()))
    });
    members.collect()
}

/// The file's name. A name of the hub may have signs that a path must not have.
fn file_name(name: &str) -> String {
    let name = name.replace(
        |sign: char| !sign.is_alphanumeric() && sign != '-' && sign != '_',
        "-",
    );
    format!("{name}.json")
}

/// Writes the file; `false` if it was there with the same text.
fn write(file: &Path, interface: &Value, is_forced: bool) -> Result<bool, Outcome> {
    let failed = |error: io::Error| {
        Outcome::failure(format!("error: cannot write {}: {error}\n", file.display()))
    };
    let text = format!("{interface:#}\n");
    match fs::read_to_string(file) {
        Ok(before) if before == text => return Ok(false),
        Ok(_) if !is_forced => {
            let file = file.display();
            return Err(Outcome::failure(format!(
                "error: {file} is there already, and has something else\nhelp: pass `--force` to write over it, or `--out`\n"
            )));
        }
        Err(error) if error.kind() != io::ErrorKind::NotFound && !is_forced => {
            return Err(failed(error));
        }
        _ => {}
    }
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::write(file, text).map_err(failed)?;
    Ok(true)
}

/// The lines of a definition that implement an interface.
fn extends(interface: &Value, file: &Path) -> String {
    let path = file.display().to_string().replace('\\', "/");
    let mut text = format!("extends:\n  - interface: {path}\n");
    if let Some(entities) = interface["entities"].as_object() {
        text += "    entities:\n";
        for name in entities.keys() {
            text += "      ";
            text += name;
            text += ": NAME    # the entity of the integration that stands for it\n";
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_file_has_what_definitions_take_and_the_id() {
        let found = json!({
            "id": "ifver_1", "createdAt": "t", "name": "hitl", "version": "2.0.0", "title": "HITL", "description": "",
            "entities": { "ticket": { "title": "", "schema": {}, "more": 1 } }, "events": {}, "public": true,
            "channels": { "c": { "messages": { "text": { "schema": {}, "more": 1 } }, "message": { "tags": {} } } },
        });
        let expected = json!({
            "id": "ifver_1", "name": "hitl", "version": "2.0.0", "title": "HITL",
            "entities": { "ticket": { "schema": {} } },
            "channels": { "c": { "messages": { "text": { "schema": {} } }, "message": { "tags": {} } } },
        });
        assert_eq!(interface_file(&found), expected);
    }

    #[test]
    fn a_file_with_something_else_is_left_unless_it_is_forced() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("interfaces/hitl.json");
        let (one, other) = (json!({ "version": "1.0.0" }), json!({ "version": "2.0.0" }));
        assert_eq!(write(&file, &one, false), Ok(true));
        assert_eq!(write(&file, &one, false), Ok(false));
        assert!(write(&file, &other, false).is_err());
        assert_eq!(write(&file, &other, true), Ok(true));
    }

    #[test]
    fn only_interfaces_can_be_added() {
        let parse = |text: &str| text.parse::<InterfaceReference>();
        assert!(parse("interface:hitl@2.0.0").is_ok());
        assert!(parse("plugin:hitl@2.0.0").is_err_and(|wrong| wrong.contains("`plugin`")));
        assert!(parse("hitl").is_err());
    }

    #[test]
    fn a_name_of_the_hub_does_not_leave_the_folder() {
        assert_eq!(file_name("../../a"), "------a.json");
    }
}
