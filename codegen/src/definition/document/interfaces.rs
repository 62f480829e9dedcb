//! The interfaces that an integration implements.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Action, Channel, Entity, Event, Text};
use crate::definition::Schema;

/// An interface that the integration implements, already resolved: names only.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Interface {
    /// The identifier of the interface at Botpress.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The name of the interface.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The version of the interface.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The interface's entities, each with the integration's entity.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub entities: BTreeMap<String, Implementation>,
    /// The interface's actions, each with the integration's action.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub actions: BTreeMap<String, Implementation>,
    /// The interface's events, each with the integration's event.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub events: BTreeMap<String, Implementation>,
    /// The interface's channels, each with the integration's channel.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub channels: BTreeMap<String, Implementation>,
}

/// The integration's item for an item of an interface.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Implementation {
    /// The name.
    pub name: String,
}

/// An interface to implement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Extension {
    /// The file of the interface.
    pub interface: InterfaceFile,
    /// The interface's entities, each with the integration's entity for it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub entities: BTreeMap<String, String>,
    /// The interface's actions to rename.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub actions: BTreeMap<String, Renaming>,
    /// The interface's events to rename.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub events: BTreeMap<String, Renaming>,
    /// The interface's channels to rename.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub channels: BTreeMap<String, Renaming>,
}

/// The integration's names for an item of an interface.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Renaming {
    /// Its name in the integration; the interface's name by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The name that users see; the interface's title by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// A description, in a sentence; the interface's description by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// The file of an interface: its path, relative to the definition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum InterfaceFile {
    /// The path alone.
    Path(String),
    /// The path in an object.
    Object(FilePath),
}

/// A path to a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct FilePath {
    /// The path, relative to the definition.
    #[schemars(length(min = 1))]
    pub file: String,
}

impl Extension {
    /// The new names of a section's items.
    pub(in crate::definition) fn renamings(&self, section: &str) -> &BTreeMap<String, Renaming> {
        match section {
            "actions" => &self.actions,
            "events" => &self.events,
            _ => &self.channels,
        }
    }
}

impl InterfaceFile {
    /// The path of the file.
    #[must_use]
    pub(crate) fn path(&self) -> &str {
        match self {
            Self::Path(path) => path,
            Self::Object(object) => &object.file,
        }
    }
}

/// A Botpress interface: the actions, events and channels that an integration of its kind implements.
///
/// Its schemas refer to its entities by their names alone: `{ $ref: item }`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(title = "Botpress interface")]
pub(crate) struct InterfaceDocument {
    /// The JSON Schema of this file, for editors.
    #[serde(rename = "$schema", default, skip_serializing)]
    pub json_schema: Option<String>,
    /// The identifier of the interface at Botpress.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The name of the interface.
    #[schemars(length(min = 1))]
    pub name: String,
    /// The version of the interface, as in `1.0.0`.
    #[schemars(length(min = 1))]
    pub version: String,
    /// The name that users see.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// A description of the interface, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The icon, as SVG.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<Text>,
    /// The page of the interface, in Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub readme: Option<Text>,
    /// The entities of the interface, by name; an integration maps them to its own.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub entities: BTreeMap<String, Entity>,
    /// Schemas to share, by name; all schemas of the file refer to them as `#/definitions/<name>`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub definitions: BTreeMap<String, Schema>,
    /// The actions that bots can call, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub actions: BTreeMap<String, Action>,
    /// The events that the integration sends to bots, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub events: BTreeMap<String, Event>,
    /// The channels of conversations, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub channels: BTreeMap<String, Channel>,
    /// Custom attributes of the interface.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, String>,
}
