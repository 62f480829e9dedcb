//! The mock of GitHub: its API, and the pages on which people authorize apps.

use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hyper::StatusCode;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::setting::{APP_TOKEN, CLIENT_ID, CODE, REFRESH_TOKEN, app_authorization, authorization};
use super::stand_in::{Answer, Asked};
use crate::github::ConfigurationType;

/// The number of every issue that is opened.
pub(super) const ISSUE_NUMBER: u64 = 1348;
/// The identifier of every comment that is posted.
pub(super) const COMMENT_ID: u64 = 2_600_417_325;

/// The identifier of every webhook that is registered.
pub(super) const HOOK_ID: u64 = 292_430_182;

/// The state of GitHub.
#[derive(Clone, Debug)]
pub(super) struct GitHubService {
    /// The redirect URL of the app.
    callback: String,
    /// The PKCE challenge of a person who has consented and was not redirected yet.
    challenge: Arc<Mutex<Option<String>>>,
}

impl GitHubService {
    /// Registers an app of an integration whose webhooks have this base URL.
    pub(super) fn new(webhook_base_url: &str) -> Self {
        Self {
            callback: format!("{webhook_base_url}/oauth"),
            challenge: Arc::default(),
        }
    }

    /// Handles a request of the integration or of a browser.
    pub(super) fn answer(&self, asked: &Asked) -> Answer {
        match (asked.method.as_str(), asked.path.as_str()) {
            ("GET", "/login/oauth/authorize") => self.agree(asked),
            ("POST", "/login/oauth/access_token") => self.exchange(asked),
            _ => api(asked),
        }
    }

    /// The person consents at once, and is redirected with a code.
    fn agree(&self, asked: &Asked) -> Answer {
        let field = |name: &str| {
            asked
                .query
                .get(name)
                .map(String::as_str)
                .unwrap_or_default()
        };
        let back = &self.callback;
        let is_known = field("client_id") == CLIENT_ID && field("redirect_uri") == back;
        if !is_known || field("code_challenge_method") != "S256" {
            return refuse(StatusCode::NOT_FOUND, "Not Found");
        }
        *self.challenge() = Some(field("code_challenge").to_owned());
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("code", CODE)
            .append_pair("state", field("state"))
            .finish();
        (StatusCode::FOUND, format!("{back}?{query}").into())
    }

    /// A code works once, together with the verifier of the challenge. GitHub rejects with status 200.
    fn exchange(&self, asked: &Asked) -> Answer {
        if asked.header("authorization") != app_authorization() {
            return (
                StatusCode::OK,
                json!({ "error": "incorrect_client_credentials" }),
            );
        }
        let field = |name: &str| asked.body[name].as_str().unwrap_or_default();
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(field("code_verifier")));
        let is_good = match field("grant_type") {
            "refresh_token" => field("refresh_token") == REFRESH_TOKEN,
            _ => field("code") == CODE && self.challenge().take() == Some(challenge),
        };
        if !is_good {
            return (StatusCode::OK, json!({ "error": "bad_verification_code" }));
        }
        let tokens = json!({
            "access_token": APP_TOKEN,
            "expires_in": 28_800,
            "refresh_token": REFRESH_TOKEN,
            "scope": "repo",
            "token_type": "bearer",
        });
        (StatusCode::OK, tokens)
    }

    fn challenge(&self) -> std::sync::MutexGuard<'_, Option<String>> {
        self.challenge
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

fn api(asked: &Asked) -> Answer {
    let sent = asked.header("authorization");
    let is_known = |kind: &ConfigurationType| sent == authorization(*kind);
    if !ConfigurationType::ALL.iter().any(is_known) {
        return refuse(StatusCode::UNAUTHORIZED, "Bad credentials");
    }
    if asked.header("user-agent").is_empty() {
        return refuse(
            StatusCode::FORBIDDEN,
            "Request forbidden by administrative rules.",
        );
    }
    let Some((method, path)) = asked.route("/") else {
        return unknown();
    };
    match (method, path.as_slice()) {
        ("GET", ["rate_limit"]) => {
            let core =
                json!({ "limit": 5000, "remaining": 4999, "reset": 1_767_272_400, "used": 1 });
            (StatusCode::OK, json!({ "resources": { "core": core } }))
        }
        ("POST", ["repos", owner, name, "issues"]) => {
            let page = format!("https://github.com/{owner}/{name}/issues/{ISSUE_NUMBER}");
            (StatusCode::CREATED, issue(&page, &asked.body))
        }
        ("POST", ["repos", owner, name, "issues", number, "comments"]) => {
            let page = format!("https://github.com/{owner}/{name}/issues/{number}");
            (StatusCode::CREATED, comment(&page, &asked.body))
        }
        ("POST", ["repos", _, _, "hooks"]) => (
            StatusCode::CREATED,
            json!({ "id": HOOK_ID, "active": true, "events": asked.body["events"] }),
        ),
        ("PATCH", ["repos", _, _, "hooks", id]) if *id == HOOK_ID.to_string() => (
            StatusCode::OK,
            json!({ "id": HOOK_ID, "active": true, "events": asked.body["events"] }),
        ),
        ("DELETE", ["repos", _, _, "hooks", _]) => (StatusCode::NO_CONTENT, Value::Null),
        _ => unknown(),
    }
}

fn issue(page: &str, sent: &Value) -> Value {
    json!({
        "id": 3_101_577_204_u64,
        "number": ISSUE_NUMBER,
        "title": sent["title"],
        "state": "open",
        "html_url": page,
        "comments": 0,
    })
}

fn comment(page: &str, sent: &Value) -> Value {
    json!({
        "id": COMMENT_ID,
        "html_url": format!("{page}#issuecomment-{COMMENT_ID}"),
        "body": sent["body"],
    })
}

fn unknown() -> Answer {
    refuse(StatusCode::NOT_FOUND, "Not Found")
}

fn refuse(status: StatusCode, message: &str) -> Answer {
    let documentation = "https://docs.github.com/rest";
    let refusal = json!({ "message": message, "documentation_url": documentation });
    (status, refusal)
}
