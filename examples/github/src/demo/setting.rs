//! Who takes part in the demo.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use contexture::{Payload as _, Secret, Violations};

use crate::github::{
    Configuration, ConfigurationType, OauthConfiguration, PersonalAccessTokenConfiguration, Secrets,
};

pub(super) const BOT: &str = "bot_demo";
pub(super) const BOT_USER: &str = "user_of_the_bot";
pub(super) const INTEGRATION: &str = "intg_demo";
pub(super) const ALIAS: &str = "acme/github";
pub(super) const WEBHOOK: &str = "wh_demo";
pub(super) const WEBHOOK_URL: &str = "https://webhook.botpress.example/wh_demo";

/// What proves the integration to Botpress.
pub(super) const BOTPRESS_TOKEN: &str = "demo-key-of-the-integration";
const CLIENT_ID: &str = "Iv1.demo0000demo";
const CLIENT_SECRET: &str = "demo-secret-of-the-oauth-app";
const TOKEN: &str = "demo-token-of-a-person";
const WEBHOOK_SECRET: &str = "demo-secret-of-the-webhook";

/// What the transcript must never show.
pub(super) const HIDDEN: &[&str] = &[BOTPRESS_TOKEN, CLIENT_SECRET, TOKEN, WEBHOOK_SECRET];

/// What the operator of the integration would set in the environment.
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
            let configuration = PersonalAccessTokenConfiguration::new(TOKEN);
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

/// How requests to GitHub prove who asks.
pub(super) fn scheme(kind: ConfigurationType) -> &'static str {
    match kind {
        ConfigurationType::Oauth => "Basic",
        ConfigurationType::PersonalAccessToken => "Bearer",
    }
}

/// What GitHub expects in the header `authorization`, for each kind of configuration.
pub(super) fn authorization(kind: ConfigurationType) -> String {
    let credentials = match kind {
        ConfigurationType::Oauth => STANDARD.encode(format!("{CLIENT_ID}:{CLIENT_SECRET}")),
        ConfigurationType::PersonalAccessToken => TOKEN.to_owned(),
    };
    format!("{} {credentials}", scheme(kind))
}
