//! The identifiers, configurations and secrets of the demo.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use contexture::{Payload as _, Secret, Violations};

use super::payloads::{OWNER, REPOSITORY};
use crate::github::{
    Configuration, ConfigurationType, OauthConfiguration, PersonalAccessTokenConfiguration, Secrets,
};

pub(super) const BOT: &str = "bot_demo";
pub(super) const BOT_USER: &str = "user_of_the_bot";
pub(super) const INTEGRATION: &str = "intg_demo";
pub(super) const ALIAS: &str = "acme/github";
pub(super) const WEBHOOK: &str = "wh_demo";
pub(super) const WEBHOOK_BASE_URL: &str = "https://webhook.botpress.example";
pub(super) const WEBHOOK_URL: &str = "https://webhook.botpress.example/wh_demo";
/// The final page of an authorization.
pub(super) const INTERSTITIAL: &str = "https://app.botpress.example/oauth/interstitial";

/// The token of the integration for the Botpress API.
pub(super) const BOTPRESS_TOKEN: &str = "demo-key-of-the-integration";
pub(super) const CLIENT_ID: &str = "Iv1.demo0000demo";
const CLIENT_SECRET: &str = "demo-secret-of-the-oauth-app";
const TOKEN: &str = "demo-token-of-a-person";
const WEBHOOK_SECRET: &str = "demo-secret-of-the-webhook";
/// The access token that GitHub issues to an authorized app.
pub(super) const APP_TOKEN: &str = "demo-token-of-the-app";
pub(super) const REFRESH_TOKEN: &str = "demo-refresh-token-of-the-app";
/// The authorization code.
pub(super) const CODE: &str = "demo-code-of-a-person";

/// The secrets, which the transcript and the log must not show.
pub(super) const HIDDEN: &[&str] = &[
    BOTPRESS_TOKEN,
    CLIENT_SECRET,
    TOKEN,
    WEBHOOK_SECRET,
    APP_TOKEN,
    REFRESH_TOKEN,
    CODE,
];

/// The secrets that an operator sets in the environment.
pub(super) fn secrets() -> Secrets {
    Secrets {
        webhook_secret: Secret::from(WEBHOOK_SECRET),
    }
}

/// The bot's configuration, of each kind.
pub(super) fn configuration(kind: ConfigurationType) -> Configuration {
    match kind {
        ConfigurationType::Oauth => {
            Configuration::Oauth(OauthConfiguration::new(CLIENT_ID, CLIENT_SECRET))
        }
        ConfigurationType::PersonalAccessToken => {
            let mut configuration = PersonalAccessTokenConfiguration::new(TOKEN);
            configuration.repository = Some(format!("{OWNER}/{REPOSITORY}"));
            Configuration::PersonalAccessToken(configuration)
        }
    }
}

/// The configuration as Botpress sends it: JSON in base64.
pub(super) fn encode(configuration: &Configuration) -> Result<String, Violations> {
    let json = match configuration {
        Configuration::Oauth(configuration) => configuration.encode(),
        Configuration::PersonalAccessToken(configuration) => configuration.encode(),
    };
    Ok(STANDARD.encode(json?))
}

/// The header `authorization` that GitHub expects, for each kind of configuration.
pub(super) fn authorization(kind: ConfigurationType) -> String {
    let token = match kind {
        ConfigurationType::Oauth => APP_TOKEN,
        ConfigurationType::PersonalAccessToken => TOKEN,
    };
    format!("Bearer {token}")
}

/// The header `authorization` that GitHub expects in a token request.
pub(super) fn app_authorization() -> String {
    format!(
        "Basic {}",
        STANDARD.encode(format!("{CLIENT_ID}:{CLIENT_SECRET}"))
    )
}
