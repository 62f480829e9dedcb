//! What a deploy would do, before it does it.

mod changes;
mod render;
mod schema;

use serde_json::{Value, json};

use super::body::Place;
use super::secrets::{Step, Steps};
use crate::botpress::Workspace;

pub(super) use self::changes::{Change, compare};
pub(super) use self::render::render;

/// What a deploy would do.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) name: String,
    pub(super) version: String,
    pub(super) api_url: String,
    pub(super) workspace: Workspace,
    /// The integration that is updated; `None` if one is created.
    pub(super) id: Option<String>,
    /// The version that the changes are relative to, if it is an earlier one.
    pub(super) previous: Option<String>,
    /// The handle that is claimed for the workspace.
    pub(super) claims: Option<String>,
    pub(super) place: Place,
    pub(super) visibility: String,
    pub(super) changes: Vec<Change>,
    pub(super) secrets: Steps,
    pub(super) warnings: Vec<String>,
}

impl Plan {
    /// The plan for machines. It has no value of a secret.
    pub(super) fn json(&self) -> Value {
        let secrets = self.secrets.iter();
        let secrets = secrets.map(|(name, step)| (name.clone(), word_of(step).into()));
        json!({
            "name": self.name,
            "version": self.version,
            "apiUrl": self.api_url,
            "workspace": { "id": self.workspace.id, "name": self.workspace.name },
            "id": self.id,
            "isNew": self.id.is_none(),
            "comparedWith": self.previous,
            "claimsHandle": self.claims,
            "url": match &self.place { Place::Url(url) => Some(url), _ => None },
            "codeBytes": match &self.place { Place::Code(code) => Some(code.len()), _ => None },
            "visibility": self.visibility,
            "changes": self.changes.iter().map(Change::json).collect::<Vec<_>>(),
            "secrets": secrets.collect::<serde_json::Map<_, _>>(),
            "warnings": self.warnings,
        })
    }
}

/// What happens to a secret, in a word.
fn word_of(step: &Step) -> &'static str {
    match step {
        Step::Set(..) => "set",
        Step::Unchanged => "unchanged",
        Step::Unassigned => "unassigned",
        Step::Missing => "missing",
        Step::Deleted => "deleted",
        Step::Left => "left",
    }
}
