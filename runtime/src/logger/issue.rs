//! Issues that a bot's owner must resolve.

use serde::Serialize;
use serde_json::Value;

/// The category of an [`Issue`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum IssueCategory {
    /// A problem in the bot's own code.
    UserCode,
    /// A limit is reached.
    Limits,
    /// A problem in the configuration of the integration.
    Configuration,
    /// Any other problem.
    Other,
}

/// An issue that the bot's owner must resolve. [`Logger::issue`](super::Logger::issue) writes it to
/// the log.
///
/// Botpress groups issues by their code and by the values of the data that
/// [`group_by`](Self::group_by) names.
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
    /// Creates an issue without data.
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

    /// Adds a value to the data of the issue.
    #[must_use]
    pub fn data(mut self, name: impl Into<String>, raw: impl Into<Value>) -> Self {
        self.data.push(IssueDatum {
            name: name.into(),
            raw: raw.into(),
            pretty: None,
        });
        self
    }

    /// Adds a value to the data of the issue, with a text to display it.
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

    /// Adds the name of a data value by which issues with the same code are grouped.
    #[must_use]
    pub fn group_by(mut self, name: impl Into<String>) -> Self {
        self.group_by.push(name.into());
        self
    }
}
