//! A person authorizes the OAuth app on two pages of the webhook.

use contexture::{Operation, Result};
use serde_json::{Value, json};

use super::payloads;
use super::setting::{self, INTERSTITIAL, WEBHOOK};
use super::stage::Stage;
use super::step::{Expected, Step};
use crate::github::ConfigurationType;

/// The person opens the link from the bot's owner, and is redirected to GitHub.
pub(super) fn start(stage: &Stage) -> Result<Step> {
    let page = format!("http://{}/login/oauth/authorize", stage.github);
    let query = setting::start_query(WEBHOOK)?;
    let visit = payloads::visit("/oauth/start", &query);
    step("a person connects GitHub", visit, Expected::redirect(&page))
}

/// The person has consented, and is redirected to this address.
pub(super) fn finish(back: &str) -> Result<Step> {
    let query = back
        .split_once('?')
        .map(|(_, query)| query)
        .unwrap_or_default();
    let visit = payloads::visit("/oauth/callback", query);
    let sent = json!({ "grant_type": "authorization_code", "code": "•••", "code_verifier": "•••" });
    let kept = json!({ "accessToken": "•••", "refreshToken": "•••" });
    let expected = Expected::redirect(INTERSTITIAL)
        .asking_github("POST", "/login/oauth/access_token", "Basic", sent)
        .writing_state("oauthTokens", kept);
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
