//! Issues: what a bot's owner has to act on.

use serde::Serialize;
use serde_json::Value;

/// What kind of thing an [`Issue`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum IssueCategory {
    /// The bot's own code.
    UserCode,
    /// A limit that was reached.
    Limits,
    /// The configuration of the integration.
    Configuration,
    /// Anything else.
    Other,
}

/// Something that the bot's owner has to act on, written to the log by
/// [`Logger::issue`](super::Logger::issue).
///
/// Issues of one code and the same values of the fields in [`group_by`](Self::group_by) are shown
/// as one.
#[derive(Clone, Debug)]
pub struct Issue {
    pub(super) code: String,
    pub(super) category: IssueCategory,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) data: Vec<IssueDatum>,
    pub(super) group_by: Vec<String>,
}

#[derive(Clone, Debug)]
pub(super) struct IssueDatum {
    pub(super) name: String,
    pub(super) raw: Value,
    pub(super) pretty: Option<String>,
}

impl Issue {
    /// Makes an issue with no data.
    #[must_use]
    pub fn new(
        code: impl Into<String>,
        category: IssueCategory,
        title: impl Into<String>,
        description: impl Into<String>,
    ) -> Self {
        Self {
            code: code.into(),
            category,
            title: title.into(),
            description: description.into(),
            data: Vec::new(),
            group_by: Vec::new(),
        }
    }

    /// Adds a value that belongs to the issue.
    #[must_use]
    pub fn data(mut self, name: impl Into<String>, raw: impl Into<Value>) -> Self {
        self.data.push(IssueDatum {
            name: name.into(),
            raw: raw.into(),
            pretty: None,
        });
        self
    }

    /// Adds a value that belongs to the issue, and how to show it to a person.
    #[must_use]
    pub fn pretty_data(
        mut self,
        name: impl Into<String>,
        raw: impl Into<Value>,
        pretty: impl Into<String>,
    ) -> Self {
        self.data.push(IssueDatum {
            name: name.into(),
            raw: raw.into(),
            pretty: Some(pretty.into()),
        });
        self
    }

    /// Names a value of the data that tells issues of the same code apart.
    #[must_use]
    pub fn group_by(mut self, name: impl Into<String>) -> Self {
        self.group_by.push(name.into());
        self
    }
}
