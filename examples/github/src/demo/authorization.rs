//! A person authorizes the OAuth app by the authorization link.

use contexture::{Operation, Result};
use serde_json::{Value, json};

use super::payloads;
use super::setting::{self, INTERSTITIAL, WEBHOOK};
use super::stage::Stage;
use super::step::{Expected, Step};
use crate::github::ConfigurationType;

/// The person opens the authorization link, and is redirected to GitHub.
pub(super) fn start(stage: &Stage) -> Result<Step> {
    let page = format!("http://{}/login/oauth/authorize", stage.github);
    let visit = payloads::visit("/oauth/wizard/start", &format!("state={WEBHOOK}"), "");
    let expected = Expected::redirect(&page).reading_state("oauthTokens", false);
    step("a person connects GitHub", visit, expected)
}

/// The person has consented, and is redirected to this address. The browser has a cookie.
pub(super) fn finish(back: &str, cookie: &str) -> Result<Step> {
    let query = back
        .split_once('?')
        .map(|(_, query)| query)
        .unwrap_or_default();
    let visit = payloads::visit("/oauth", query, cookie);
    let sent = json!({ "grant_type": "authorization_code", "code": "•••", "code_verifier": "•••" });
    let kept = json!({ "accessToken": "•••", "refreshToken": "•••" });
    let expected = Expected::redirect(INTERSTITIAL)
        .reading_state("oauthTokens", false)
        .asking_github("POST", "/login/oauth/access_token", "Basic", sent)
        .writing_state("oauthTokens", kept)
        .asking_botpress(
            "POST",
            "integrations/configure",
            json!({ "identifier": WEBHOOK }),
        );
    step(
        "the person has consented, and GitHub redirects them",
        visit,
        expected,
    )
}

/// A request of the person's browser.
fn step(title: &'static str, (body, shown): (Value, Value), expected: Expected) -> Result<Step> {
    let kind = ConfigurationType::Oauth;
    Ok(Step {
        operation: Operation::WebhookReceived,
        title,
        configuration_type: kind.wire_name().unwrap_or_default(),
        configuration: setting::encode(&setting::configuration(kind))?,
        body,
        shown: Some(shown),
        expected,
    })
}
