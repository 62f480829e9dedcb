//! One installation of the integration, with the in-memory Botpress of the harness and the mock of GitHub.

use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use contexture::client::HttpTransport;
use contexture::testing::{Harness, Visitor};
use contexture::webhook::signature::Algorithm;
use contexture::{DateTime, WebhookRequest};
use http::Response;
use serde_json::json;

use crate::GitHub;
use crate::demo::browser::http_client;
use crate::demo::github_service::GitHubService;
use crate::demo::journal::{Call, Entry, Journal, Peer};
use crate::demo::stage::location;
use crate::demo::stand_in::{self, Asked};
use crate::demo::{payloads, setting};
use crate::github::actions::CreateIssueInput;
use crate::github::{Configuration, ConfigurationType, Definition, service};

const WEBHOOK_BASE_URL: &str = "https://webhook.botpress.test";
pub(super) const WEBHOOK_URL: &str = "https://webhook.botpress.test/webhook-1";
/// The address behind the authorization link.
pub(super) const LINK: &str = "https://webhook.botpress.test/oauth/wizard/start?state=webhook-1";

pub(super) struct TestApp {
    pub(super) harness: Harness<Definition>,
    /// The address of GitHub.
    pub(super) github: String,
    journal: Journal,
}

/// The response of the webhook.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) response: Response<Bytes>,
    pub(super) status: u16,
    pub(super) location: String,
    /// The requests of the integration to Botpress and GitHub.
    pub(super) calls: Vec<String>,
}

impl TestApp {
    pub(super) async fn of(kind: ConfigurationType) -> Self {
        Self::with(setting::configuration(kind)).await
    }

    pub(super) async fn with(configuration: Configuration) -> Self {
        let (journal, github) = (Journal::default(), GitHubService::new(WEBHOOK_BASE_URL));
        let answer = move |asked: &Asked| github.answer(asked);
        let github = stand_in::start(Peer::GitHub, journal.clone(), answer).await;
        let github = format!("http://{}", github.unwrap());
        let handlers = GitHub::at(&github, &github);
        let harness = Harness::new(service(handlers), configuration);
        harness.api().pass_on(Arc::new(HttpTransport::new()));
        Self {
            harness: harness.secrets(setting::secrets()),
            github,
            journal,
        }
    }

    /// The requests to GitHub since the last call, without credentials.
    pub(super) fn take_calls(&self) -> Vec<Call> {
        let entries = self.journal.take().into_iter();
        let calls = entries.filter_map(|entry| match entry {
            Entry::Call(call) => Some(call),
            Entry::Log(_) => None,
        });
        calls.collect()
    }

    pub(super) async fn webhook(&self, request: &WebhookRequest) -> Answer {
        let before = self.harness.requests().len();
        self.journal.take();
        let answer = self.harness.webhook(request).await;
        let of_botpress = self.harness.requests().split_off(before);
        let of_botpress = of_botpress.iter().map(ToString::to_string);
        let of_github = self.take_calls().into_iter();
        let of_github = of_github.map(|call| format!("{} {}", call.method, call.path));
        let location = answer.headers().get("location");
        let location = location.map(|location| location.to_str().unwrap().to_owned());
        Answer {
            status: answer.status().as_u16(),
            location: location.unwrap_or_default(),
            calls: of_botpress.chain(of_github).collect(),
            response: answer,
        }
    }

    /// Opens an address as a browser does.
    pub(super) async fn visit(&self, visitor: &Visitor, url: &str) -> Answer {
        self.webhook(&visitor.open(url)).await
    }

    /// Opens GitHub's page as a browser does, and returns the address of the redirect.
    pub(super) async fn agree(&self, page: &str) -> String {
        let browser = http_client().unwrap();
        let back = browser.get(page).send().await.unwrap();
        location(&back).unwrap()
    }
}

/// An issue to open.
pub(super) fn too_quiet(owner: &str) -> CreateIssueInput {
    CreateIssueInput::new(owner, payloads::REPOSITORY, "The greeting is too quiet")
}

/// A webhook about an issue that changed at a given time, signed with a secret.
pub(super) fn issue_opened(changed: SystemTime, delivery: &str, secret: &str) -> WebhookRequest {
    let body = json!({
        "action": "opened",
        "issue": {
            "number": 7, "title": "Quiet", "html_url": "https://github.test/7", "state": "open",
            "updated_at": DateTime::try_from(changed).expect("a time of this century"),
        },
        "repository": { "full_name": "octo-org/hello-world" },
        "sender": { "login": "octocat" },
    });
    let body = body.to_string();
    let tag = Algorithm::Sha256.sign(secret.as_bytes(), body.as_bytes());
    WebhookRequest::new("POST", "/")
        .with_header("X-GitHub-Event", "issues")
        .with_header("X-GitHub-Delivery", delivery)
        .with_header("X-Hub-Signature-256", format!("sha256={}", tag.hex()))
        .with_body(body)
}

/// The secret for signatures of webhooks.
pub(super) fn right_secret() -> String {
    setting::secrets().webhook_secret.into_exposed()
}
