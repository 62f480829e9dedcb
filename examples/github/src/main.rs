//! A GitHub integration: it opens issues, comments on them, and sends events for new ones.
//!
//! `cargo run -p github` serves it; the secret of its webhooks is in the variable `SECRET_WEBHOOK_SECRET`. Several processes
//! share what they have handled through the Redis in `REDIS_URL`.
//! `cargo run -p github -- demo` shows a complete run on this machine, with mocks of Botpress and GitHub.
//!
//! | file | subject |
//! |---|---|
//! | `lifecycle` | the handlers of the lifecycle and of webhooks |
//! | `webhook`, `webhook_payload` | the webhooks of GitHub |
//! | `access`, `authorize` | the token for GitHub, and the authorization of an OAuth app |
//! | `repository_webhook` | the webhook of a repository, which the integration manages |
//! | `create_issue` | the action `createIssue` |
//! | `issue_comments` | the channel `issueComments` |
//! | `github_api`, `repository` | the client of GitHub |
//! | `demo` | a transcript of the integration |
//!
//! A bot's configuration is either an OAuth app or a personal access token. Every `match` over it lists both. With a
//! third kind in `github.yaml`, the code does not compile until each `match` handles it.

#![deny(clippy::wildcard_enum_match_arm)]

contexture::include_definition!("github");

mod access;
mod authorize;
mod create_issue;
mod demo;
mod github_api;
mod issue_comments;
mod lifecycle;
mod repository;
mod repository_webhook;
mod webhook;
mod webhook_payload;

use std::io::Write as _;
use std::process::ExitCode;
use std::time::Duration;

use contexture::oauth::TokenManager;
use contexture::prelude::*;
use contexture::store::{RedisStore, Store};
use contexture::webhook::Deliveries;
use contexture::wizard::Wizard;

use crate::access::Authorizations;
use crate::authorize::Step;
use crate::github_api::GitHubApi;

/// The handlers of the integration, and the state that all calls share.
struct GitHub {
    api: GitHubApi,
    authorizations: Authorizations,
    tokens: TokenManager,
    deliveries: Deliveries,
    wizard: Wizard<Step>,
}

impl GitHub {
    /// Takes the base URLs of GitHub's API and of its website.
    fn at(api: &str, pages: &str) -> Self {
        Self {
            api: GitHubApi::new(api),
            authorizations: Authorizations::at(pages),
            tokens: TokenManager::new(),
            // Longer than the maximum age of a webhook.
            deliveries: Deliveries::new(webhook::TOLERANCE + Duration::from_mins(1)),
            wizard: authorize::steps(),
        }
    }

    /// Shares the deliveries, the refreshes of tokens and the used sessions with other processes.
    fn sharing(mut self, store: impl Store + Clone + 'static) -> Self {
        self.deliveries = self.deliveries.store(store.clone());
        self.tokens = self.tokens.store(store.clone());
        self.wizard = self.wizard.store(store);
        self
    }
}

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(|argument| argument.to_str()).collect();
    let result = match arguments.as_slice() {
        [] | [Some("serve")] => serve(),
        [Some("demo")] => show_demo(),
        _ => {
            say("usage: github [serve | demo]");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn serve() -> Result {
    let mut handlers = GitHub::at(github_api::PUBLIC_ADDRESS, github_api::PUBLIC_PAGES);
    if let Some(store) = RedisStore::from_env()? {
        handlers = handlers.sharing(store);
    }
    contexture::run(github::service(handlers))
}

#[tokio::main]
async fn show_demo() -> Result {
    demo::show().await
}

/// Prints to the terminal. If that fails, there is no other way to report it.
fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}
