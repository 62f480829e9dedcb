//! Answers of the admin API.

use std::fmt;

use contexture::Secret;
use serde_json::Value;

/// An integration at Botpress, with its definition.
#[derive(Clone, Debug)]
pub(crate) struct Integration {
    /// The integration as the API answered it, without its signing secret.
    pub(crate) json: Value,
    /// The workspace that owns it.
    pub(crate) workspace_id: String,
    /// The secret that signs its calls. The API shows it when the integration is created, and when it is rotated.
    pub(crate) signing_secret: Option<Secret>,
}

impl Integration {
    /// Reads an integration. The answer about a private one does not name the workspace, which is the client's.
    pub(super) fn new(mut json: Value, workspace_id: &str) -> Self {
        let owner = json["ownerWorkspace"]["id"].as_str();
        let owner = owner.unwrap_or(workspace_id).to_owned();
        let secret = json
            .as_object_mut()
            .and_then(|members| members.shift_remove("signingSecret"));
        let secret = secret.as_ref().and_then(Value::as_str);
        Self {
            workspace_id: owner,
            signing_secret: secret.filter(|secret| !secret.is_empty()).map(Secret::from),
            json,
        }
    }

    pub(crate) fn text(&self, name: &str) -> &str {
        self.json[name].as_str().unwrap_or_default()
    }

    pub(crate) fn id(&self) -> &str {
        self.text("id")
    }

    pub(crate) fn version(&self) -> &str {
        self.text("version")
    }

    pub(crate) fn visibility(&self) -> &str {
        match self.text("visibility") {
            "" if self.json["public"] == true => "public",
            "" => "private",
            visibility => visibility,
        }
    }

    /// The names of the secrets that it has.
    pub(crate) fn secrets(&self) -> Vec<&str> {
        let names = self.json["secrets"].as_array();
        names
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    }
}

/// A workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Workspace {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) handle: Option<String>,
}

impl Workspace {
    pub(super) fn new(json: &Value) -> Self {
        let text = |name: &str| json[name].as_str().filter(|text| !text.is_empty());
        Self {
            id: text("id").unwrap_or_default().to_owned(),
            name: text("name").unwrap_or_default().to_owned(),
            handle: text("handle").map(str::to_owned),
        }
    }
}

impl fmt::Display for Workspace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.name.is_empty() {
            return write!(formatter, "the workspace {}", self.id);
        }
        write!(formatter, "the workspace {} ({})", self.name, self.id)
    }
}

/// An access key of an integration. The API shows its value once.
#[derive(Clone, Debug)]
pub(crate) struct AccessKey {
    pub(crate) id: String,
    pub(crate) value: Secret,
}

/// A page of an integration's log.
#[derive(Clone, Debug, Default)]
pub(crate) struct LogPage {
    pub(crate) lines: Vec<Value>,
    pub(crate) next: Option<String>,
}
