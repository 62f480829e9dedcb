//! The definition as a whole, and what it says of the integration itself.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Action, Channel, Entity, Event, Extension, Interface, Secret, State, Text, User};
use crate::definition::Schema;

/// A Botpress integration: what it can be configured with, what it does and what it tells the bot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(title = "Botpress integration")]
pub(crate) struct Document {
    /// The JSON Schema of this file, for editors.
    #[serde(rename = "$schema", default, skip_serializing)]
    pub json_schema: Option<String>,
    /// The name of the integration, by which bots install it.
    #[schemars(length(min = 1))]
    pub name: String,
    /// The version of the integration, as in `1.0.0`.
    #[schemars(length(min = 1))]
    pub version: String,
    /// The name that people read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What the integration is for, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The icon, as SVG.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<Text>,
    /// The page that explains the integration, in Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub readme: Option<Text>,
    /// The primary configuration: what a bot's owner fills in unless another one is chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub configuration: Option<Configuration>,
    /// The other configurations, by name, of which a bot's owner can choose one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub configurations: BTreeMap<String, Configuration>,
    /// What bots can call, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub actions: BTreeMap<String, Action>,
    /// What the integration tells bots, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub events: BTreeMap<String, Event>,
    /// The ways to converse, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub channels: BTreeMap<String, Channel>,
    /// What the integration remembers, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub states: BTreeMap<String, State>,
    /// What is known of the users.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<User>,
    /// The things that the integration is about, by name; schemas refer to them as
    /// `#/entities/<name>`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub entities: BTreeMap<String, Entity>,
    /// The interfaces that the integration implements, by name, already resolved.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub interfaces: BTreeMap<String, Interface>,
    /// The interfaces to implement, each of a file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extends: Vec<Extension>,
    /// How a request that comes in is assigned to an installation of the integration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identifier: Option<Identifier>,
    /// Free attributes of the integration.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, String>,
    /// The secrets of the integration itself, by name, in `SCREAMING_SNAKE_CASE`; the process
    /// finds each in the environment, as `SECRET_<NAME>`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(schema_with = "super::secrets::secrets_schema")]
    pub secrets: BTreeMap<String, Secret>,
    /// Operations that the integration takes beyond those that are always there.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extra_operations: BTreeMap<String, ExtraOperation>,
    /// The version of the SDK that the integration was made with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sdk_version: Option<String>,
    /// Whether everybody can install the integration; `visibility` says it better.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public: Option<bool>,
    /// Who can find and install the integration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visibility: Option<Visibility>,
}

/// A configuration: what a bot's owner fills in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Configuration {
    /// The name that people read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What the configuration is for, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The shape of the configuration; without one it is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<Schema>,
    /// How an installation identifies itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identifier: Option<ConfigurationIdentifier>,
}

/// How an installation identifies itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ConfigurationIdentifier {
    /// Whether an installation needs an identifier before it works.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    /// A VRL script that gives the link at which a bot's owner authorizes the integration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link_template_script: Option<Text>,
}

/// How a request that comes in is assigned to an installation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Identifier {
    /// A VRL script that finds the identifier of an installation in a request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extract_script: Option<Text>,
    /// A VRL script that answers requests in which no identifier is found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback_handler_script: Option<Text>,
}

/// An operation that the integration takes beyond those that are always there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ExtraOperation {
    /// Whether it takes the operation.
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
