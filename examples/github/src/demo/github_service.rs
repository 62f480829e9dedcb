//! The stand-in for GitHub's API.
//!
//! It takes the credentials of an OAuth app for writing, which GitHub itself does not: the rest of the integration can
//! be seen with both kinds of configuration.

use hyper::StatusCode;
use serde_json::{Value, json};

use super::setting::authorization;
use super::stand_in::{Answer, Asked};
use crate::github::ConfigurationType;

/// The number of every issue that is opened.
pub(super) const ISSUE_NUMBER: u64 = 1348;
/// The identifier of every comment that is posted.
pub(super) const COMMENT_ID: u64 = 2_600_417_325;

/// Answers a request of the integration.
pub(super) fn answer(asked: &Asked) -> Answer {
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
