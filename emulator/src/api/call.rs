//! A call of an operation: who makes it, what was sent, and where the data is.

use std::sync::Arc;

use http::HeaderMap;
use rusqlite::Connection;
use serde_json::{Map, Value};

use super::change::{Change, ChangeKind, Resource};
use super::installation::{Installation, Installed};
use crate::definition::Definition;
use crate::ids::{IdKind, Ids};
use crate::storage::Contents;
pub(super) use crate::wire::answer::Answer;
use crate::wire::failure::{Failure, Result};
use crate::wire::operation;
use crate::wire::query::Query;

/// An operation of the API.
pub(super) type Operation = operation::Operation<Run>;

/// The function of an operation.
pub(super) type Run = fn(&mut Call<'_>) -> Result<Answer>;

/// On whose behalf a call is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The integration: its messages are incoming.
    Integration,
    /// The bot, through an installation: its messages are outgoing.
    Bot,
}

/// A call of an operation.
pub(super) struct Call<'a> {
    pub(super) installed: Arc<Installed>,
    pub(super) role: Role,
    /// The parameters of the path, in their order.
    pub(super) path: Vec<String>,
    pub(super) query: Query,
    pub(super) body: Map<String, Value>,
    pub(super) headers: &'a HeaderMap,
    /// The address under which files are served.
    pub(super) base_url: String,
    pub(super) now: u64,
    pub(super) ids: &'a Ids,
    pub(super) contents: &'a Contents,
    pub(super) database: &'a Connection,
    /// Other installations, for operations that reach another bot.
    pub(super) is_installed: &'a dyn Fn(&str, &Installation) -> bool,
    pub(super) changes: Vec<Change>,
    /// Contents of files that are no longer needed once the transaction is committed.
    pub(super) obsolete: Vec<String>,
}

impl Call<'_> {
    pub(super) fn installation(&self) -> &Installation {
        &self.installed.installation
    }

    pub(super) fn definition(&self) -> &Definition {
        &self.installed.installation.definition
    }

    pub(super) fn bot_id(&self) -> &str {
        &self.installed.installation.bot_id
    }

    pub(super) fn alias(&self) -> &str {
        &self.installed.installation.alias
    }

    /// A parameter of the path.
    pub(super) fn parameter(&self, index: usize) -> &str {
        self.path.get(index).map_or("", String::as_str)
    }

    /// A text of the body.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.body.get(name).and_then(Value::as_str)
    }

    pub(super) fn new_id(&self, kind: IdKind) -> String {
        self.ids.next(kind)
    }

    /// Notes a change, of which observers learn once it is stored.
    pub(super) fn changed(&mut self, resource: Resource, kind: ChangeKind, entity: Value) {
        self.changes.push(Change {
            bot_id: self.bot_id().to_owned(),
            alias: self.alias().to_owned(),
            resource,
            kind,
            entity,
        });
    }

    /// Checks a payload against a schema of the definition.
    pub(super) fn check_payload(
        &self,
        subject: &str,
        schema: &Value,
        payload: &Value,
    ) -> Result<()> {
        self.installed.schemas.check(subject, schema, payload)
    }

    /// Refuses a name that the definition does not declare.
    pub(super) fn undeclared<'n>(
        &self,
        what: &str,
        name: &str,
        declared: impl Iterator<Item = &'n str>,
    ) -> Failure {
        let declared: Vec<_> = declared.collect();
        let declared = if declared.is_empty() {
            "none".to_owned()
        } else {
            declared.join(", ")
        };
        Failure::invalid(format!(
            "{what} {name:?} is not declared by integration {:?}; declared are: {declared}",
            self.definition().name()
        ))
    }
}
