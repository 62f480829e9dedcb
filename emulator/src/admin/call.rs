//! A call of an operation: who makes it, what was sent, and where the data is.

use http::HeaderMap;
use rusqlite::Connection;
use serde_json::{Map, Value};

use super::account::{self, Workspace};
use super::effect::Effect;
use crate::ids::{IdKind, Ids};
use crate::storage::Contents;
use crate::wire::answer::Answer;
use crate::wire::failure::{Failure, Result};
use crate::wire::headers::header;
use crate::wire::operation;
use crate::wire::query::Query;
use crate::wire::time;

/// An operation of the admin API.
pub(super) type Operation = operation::Operation<Run>;

/// The function of an operation.
pub(super) type Run = fn(&mut Call<'_>) -> Result<Answer>;

/// A call of an operation.
pub(super) struct Call<'a> {
    pub(super) account_id: String,
    /// The parameters of the path, in their order.
    pub(super) path: Vec<String>,
    pub(super) query: Query,
    pub(super) body: Map<String, Value>,
    pub(super) headers: &'a HeaderMap,
    /// The address under which icons are served.
    pub(super) base_url: &'a str,
    pub(super) now: u64,
    pub(super) ids: &'a Ids,
    pub(super) contents: &'a Contents,
    pub(super) database: &'a Connection,
    /// What follows once the transaction is committed.
    pub(super) effects: Vec<Effect>,
}

impl Call<'_> {
    /// The workspace that the header `x-workspace-id` names.
    pub(super) fn workspace(&self) -> Result<Workspace> {
        let id = header(self.headers, "x-workspace-id")
            .ok_or_else(|| Failure::invalid("the header x-workspace-id is missing"))?;
        let found = account::workspace(self.database, id)?;
        let own = found.filter(|workspace| workspace.account_id == self.account_id);
        own.ok_or_else(|| {
            Failure::forbidden(format!(
                "the account has no workspace {id:?}, which x-workspace-id names"
            ))
        })
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

    /// The time as SQLite stores it.
    pub(super) fn moment(&self) -> i64 {
        i64::try_from(self.now).unwrap_or(i64::MAX)
    }
}

/// A stored time as the API shows it.
pub(super) fn shown_time(moment: i64) -> String {
    time::format(u64::try_from(moment).unwrap_or_default())
}
