//! The fields of GitHub's webhooks that the integration reads.

use contexture::DateTime;
use serde::Deserialize;

use crate::github_api::Issue;

/// The payload of an `issues` webhook.
#[derive(Debug, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub(crate) enum IssuesPayload {
    /// An issue was opened.
    Opened(IssueOpened),
    /// An issue was edited, closed, labeled…
    #[serde(other)]
    Other,
}

/// An issue was opened.
#[derive(Debug, Deserialize)]
pub(crate) struct IssueOpened {
    pub(crate) issue: ChangedIssue,
    pub(crate) repository: WebhookRepository,
    pub(crate) sender: WebhookSender,
}

/// An issue and the time of its last change, which is the time of the webhook.
#[derive(Debug, Deserialize)]
pub(crate) struct ChangedIssue {
    #[serde(flatten)]
    pub(crate) issue: Issue,
    pub(crate) updated_at: DateTime,
}

/// The repository of a webhook.
#[derive(Debug, Deserialize)]
pub(crate) struct WebhookRepository {
    pub(crate) full_name: String,
}

/// The person who caused a webhook.
#[derive(Debug, Deserialize)]
pub(crate) struct WebhookSender {
    pub(crate) login: String,
}
