//! What GitHub sends to a webhook, as far as it is read here.

use serde::Deserialize;

use crate::github_api::Issue;

/// The payload of an `issues` webhook.
#[derive(Debug, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub(crate) enum IssuesPayload {
    /// Somebody opened an issue.
    Opened(IssueOpened),
    /// An issue was edited, closed, labeled…
    #[serde(other)]
    Other,
}

/// Somebody opened an issue.
#[derive(Debug, Deserialize)]
pub(crate) struct IssueOpened {
    pub(crate) issue: ChangedIssue,
    pub(crate) repository: WebhookRepository,
    pub(crate) sender: WebhookSender,
}

/// An issue, and when it was last changed: when the webhook was sent, that is.
#[derive(Debug, Deserialize)]
pub(crate) struct ChangedIssue {
    #[serde(flatten)]
    pub(crate) issue: Issue,
    pub(crate) updated_at: String,
}

/// The repository that a webhook is about.
#[derive(Debug, Deserialize)]
pub(crate) struct WebhookRepository {
    pub(crate) full_name: String,
}

/// The person whose doing a webhook is about.
#[derive(Debug, Deserialize)]
pub(crate) struct WebhookSender {
    pub(crate) login: String,
}
