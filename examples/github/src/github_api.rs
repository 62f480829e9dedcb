//! A client of GitHub's REST API.

use contexture::Secret;
use contexture::http_client::{HttpError, HttpRequest, HttpResponse};
use hyper::{Method, StatusCode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::github::{Context, IssueEntity, IssueEntityState};
use crate::repository::Repository;

/// The base URL of the public API.
pub(crate) const PUBLIC_ADDRESS: &str = "https://api.github.com";
/// The base URL of GitHub's website.
pub(crate) const PUBLIC_PAGES: &str = "https://github.com";

/// A client of GitHub's API. It sends its requests by the context of the call, so that tests can answer them by rules.
#[derive(Clone, Debug)]
pub(crate) struct GitHubApi {
    address: String,
}

/// The error of a request to GitHub.
#[derive(Debug, thiserror::Error)]
pub(crate) enum GitHubError {
    #[error("cannot reach GitHub")]
    Unreachable(#[source] HttpError),
    #[error("GitHub responded with {status}: {message}")]
    Refused { status: StatusCode, message: String },
    #[error("cannot decode GitHub's response")]
    Unreadable(#[source] HttpError),
}

/// An issue to open.
#[derive(Debug, Serialize)]
pub(crate) struct NewIssue<'a> {
    pub(crate) title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) body: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) labels: Option<&'a [String]>,
}

/// An issue in GitHub's responses.
#[derive(Debug, Deserialize)]
pub(crate) struct Issue {
    pub(crate) number: i64,
    title: String,
    html_url: String,
    state: IssueEntityState,
}

/// A comment in GitHub's responses.
#[derive(Debug, Deserialize)]
pub(crate) struct Comment {
    pub(crate) id: u64,
}

/// A webhook of a repository in GitHub's responses.
#[derive(Debug, Deserialize)]
pub(crate) struct Hook {
    pub(crate) id: i64,
}

impl From<Issue> for IssueEntity {
    fn from(issue: Issue) -> Self {
        Self::new(issue.number, issue.title, issue.html_url, issue.state)
    }
}

impl GitHubApi {
    /// Creates a client of the API at this base URL.
    pub(crate) fn new(address: impl Into<String>) -> Self {
        Self {
            address: address.into(),
        }
    }

    /// Sends a request that has no effect and needs a valid token.
    pub(crate) async fn check_token(
        &self,
        ctx: &Context,
        token: &Secret,
    ) -> Result<(), GitHubError> {
        let request = self.request(ctx, Method::GET, "/rate_limit", token);
        let _: serde_json::Value = answer(request).await?;
        Ok(())
    }

    /// Opens an issue.
    pub(crate) async fn create_issue(
        &self,
        ctx: &Context,
        token: &Secret,
        repository: &Repository,
        issue: &NewIssue<'_>,
    ) -> Result<Issue, GitHubError> {
        let path = format!("/repos/{repository}/issues");
        let request = self.request(ctx, Method::POST, &path, token);
        answer(request.json(issue)).await
    }

    /// Comments on an issue.
    pub(crate) async fn create_comment(
        &self,
        ctx: &Context,
        token: &Secret,
        repository: &Repository,
        issue_number: u64,
        text: &str,
    ) -> Result<Comment, GitHubError> {
        let path = format!("/repos/{repository}/issues/{issue_number}/comments");
        let request = self.request(ctx, Method::POST, &path, token);
        answer(request.json(&json!({ "body": text }))).await
    }

    /// Registers a webhook for issues of a repository, or updates the existing one.
    pub(crate) async fn put_hook(
        &self,
        ctx: &Context,
        token: &Secret,
        repository: &Repository,
        known: Option<i64>,
        webhook_url: &str,
        secret: &Secret,
    ) -> Result<Hook, GitHubError> {
        let hook = json!({
            "name": "web",
            "events": ["issues"],
            "config": { "url": webhook_url, "content_type": "json", "secret": secret.expose() },
        });
        let path = format!("/repos/{repository}/hooks");
        if let Some(id) = known {
            let request = self.request(ctx, Method::PATCH, &format!("{path}/{id}"), token);
            let changed = answer(request.json(&hook)).await;
            if !is_gone(&changed) {
                return changed;
            }
        }
        answer(self.request(ctx, Method::POST, &path, token).json(&hook)).await
    }

    /// Removes a webhook of a repository.
    pub(crate) async fn delete_hook(
        &self,
        ctx: &Context,
        token: &Secret,
        repository: &Repository,
        id: i64,
    ) -> Result<(), GitHubError> {
        let path = format!("/repos/{repository}/hooks/{id}");
        send(self.request(ctx, Method::DELETE, &path, token)).await?;
        Ok(())
    }

    fn request(&self, ctx: &Context, method: Method, path: &str, token: &Secret) -> HttpRequest {
        ctx.http()
            .request(method, format!("{}{path}", self.address))
            .header("user-agent", "contexture-github-example")
            .header("accept", "application/vnd.github+json")
            .header("x-github-api-version", "2022-11-28")
            .bearer(token)
    }
}

/// Whether the object to change does not exist, or no longer exists.
fn is_gone<T>(answer: &Result<T, GitHubError>) -> bool {
    matches!(answer, Err(GitHubError::Refused { status, .. }) if *status == StatusCode::NOT_FOUND)
}

async fn answer<T: DeserializeOwned>(request: HttpRequest) -> Result<T, GitHubError> {
    let response = send(request).await?;
    response.json().map_err(GitHubError::Unreadable)
}

async fn send(request: HttpRequest) -> Result<HttpResponse, GitHubError> {
    /// The readable part of an error response.
    #[derive(Default, Deserialize)]
    struct Refusal {
        #[serde(default)]
        message: String,
    }

    let response = request.send().await.map_err(GitHubError::Unreachable)?;
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    let Refusal { message } = response.json().unwrap_or_default();
    Err(GitHubError::Refused { status, message })
}
