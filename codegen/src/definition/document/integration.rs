//! The definition as a whole, and the integration itself.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Action, Channel, Entity, Event, Extension, Interface, Secret, State, Text, User};
use crate::definition::Schema;

/// A Botpress integration: its configurations, actions, events, channels and states.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(title = "Botpress integration")]
pub(crate) struct Document {
    /// The JSON Schema of this file, for editors.
    #[serde(rename = "$schema", default, skip_serializing)]
    pub json_schema: Option<String>,
    /// The file that this one is laid over, as `bp read --json` prints it: this file has what differs, and `null` removes
    /// a property.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// The name of the integration.
    #[schemars(length(min = 1))]
    pub name: String,
    /// The version of the integration, as in `1.0.0`.
    #[schemars(length(min = 1))]
    pub version: String,
    /// The name that users see.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// A description of the integration, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The icon, as SVG.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<Text>,
    /// The page of the integration, in Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub readme: Option<Text>,
    /// The primary configuration, which a bot's owner fills in unless another one is chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub configuration: Option<Configuration>,
    /// The other configurations, by name. A bot's owner can choose one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub configurations: BTreeMap<String, Configuration>,
    /// The actions that bots can call, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub actions: BTreeMap<String, Action>,
    /// The events that the integration sends to bots, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub events: BTreeMap<String, Event>,
    /// The channels of conversations, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub channels: BTreeMap<String, Channel>,
    /// The states that Botpress keeps for the integration, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub states: BTreeMap<String, State>,
    /// The users.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<User>,
    /// The entities of the integration, by name; schemas refer to them as
    /// `#/entities/<name>`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub entities: BTreeMap<String, Entity>,
    /// Schemas to share, by name; all schemas of the file refer to them as `#/definitions/<name>`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub definitions: BTreeMap<String, Schema>,
    /// The interfaces that the integration implements, by name, already resolved.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub interfaces: BTreeMap<String, Interface>,
    /// The interfaces to implement, each of a file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extends: Vec<Extension>,
    /// The definitions of older versions, by path: their configurations and states are brought to this version.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub migrates_from: Vec<String>,
    /// The older versions, the first to be tried first. Needed only if two of them accept one value; without it the newest
    /// is first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub migration_order: Vec<String>,
    /// The assignment of an incoming request to an installation of the integration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identifier: Option<Identifier>,
    /// Custom attributes of the integration.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, String>,
    /// The secrets of the integration itself, by name, in `SCREAMING_SNAKE_CASE`; the process
    /// finds each in the environment, as `SECRET_<NAME>`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(schema_with = "super::secrets::secrets_schema")]
    pub secrets: BTreeMap<String, Secret>,
    /// Additional operations that the integration handles.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extra_operations: BTreeMap<String, ExtraOperation>,
    /// The version of the SDK that the integration was made with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sdk_version: Option<String>,
    /// Whether everybody can install the integration; prefer `visibility`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public: Option<bool>,
    /// Who can find and install the integration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visibility: Option<Visibility>,
}

/// A configuration, which a bot's owner fills in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Configuration {
    /// The name that users see.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// A description of the configuration, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The schema of the configuration; without one it is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<Schema>,
    /// The identifier of an installation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identifier: Option<ConfigurationIdentifier>,
}

/// The identifier of an installation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ConfigurationIdentifier {
    /// Whether an installation needs an identifier before it works.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    /// A VRL script that gives the link where a bot's owner authorizes the integration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link_template_script: Option<Text>,
}

/// The assignment of an incoming request to an installation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Identifier {
    /// A VRL script that finds the identifier of an installation in a request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extract_script: Option<Text>,
    /// A VRL script that answers requests without an identifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback_handler_script: Option<Text>,
}

/// An additional operation that the integration handles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ExtraOperation {
    /// Whether the integration handles the operation.
    pub enabled: bool,
}

/// Who can find and install an integration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Visibility {
    /// Everybody.
    Public,
    /// The workspace that owns it.
    Private,
    /// Everybody who knows its name.
    Unlisted,
}
