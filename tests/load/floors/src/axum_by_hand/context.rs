//! The context of a call, from its headers.
#![expect(dead_code, reason = "the handlers of a load test use few fields")]

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde::Deserialize;

use crate::{Refusal, parse, refuse};

pub(crate) struct Context {
    bot_id: String,
    bot_user_id: String,
    integration_id: String,
    integration_alias: String,
    webhook_id: String,
    pub(crate) operation: Operation,
    configuration: Configuration,
}

#[derive(Clone, Copy)]
pub(crate) enum Operation {
    ActionTriggered,
    MessageCreated,
}

/// The configurations of both integrations that are measured.
enum Configuration {
    Primary(PrimaryConfiguration),
    Oauth(OauthConfiguration),
    PersonalAccessToken(PersonalAccessTokenConfiguration),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PrimaryConfiguration {
    /// The integration with the message has a configuration without fields.
    api_key: Option<String>,
    region: Option<Region>,
    debug: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Region {
    Us,
    Eu,
    Asia,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OauthConfiguration {
    client_id: String,
    client_secret: String,
}

#[derive(Deserialize)]
struct PersonalAccessTokenConfiguration {
    token: String,
}

impl Context {
    pub(crate) fn configuration_type(&self) -> Option<&'static str> {
        match self.configuration {
            Configuration::Primary(_) => None,
            Configuration::Oauth(_) => Some("oauth"),
            Configuration::PersonalAccessToken(_) => Some("personalAccessToken"),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Context {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Refusal> {
        let headers = &parts.headers;
        Ok(Self {
            bot_id: text(headers, "x-bot-id")?.to_owned(),
            bot_user_id: text(headers, "x-bot-user-id")?.to_owned(),
            integration_id: text(headers, "x-integration-id")?.to_owned(),
            integration_alias: text(headers, "x-integration-alias")?.to_owned(),
            webhook_id: text(headers, "x-webhook-id")?.to_owned(),
            operation: operation(headers)?,
            configuration: configuration(headers)?,
        })
    }
}

fn operation(headers: &HeaderMap) -> Result<Operation, Refusal> {
    match text(headers, "x-bp-operation")? {
        "action_triggered" => Ok(Operation::ActionTriggered),
        "message_created" => Ok(Operation::MessageCreated),
        other => Err((StatusCode::NOT_IMPLEMENTED, format!("no operation {other}"))),
    }
}

fn configuration(headers: &HeaderMap) -> Result<Configuration, Refusal> {
    let encoded = text(headers, "x-bp-configuration")?;
    let json = BASE64_STANDARD
        .decode(encoded)
        .map_err(|error| refuse(&error))?;
    match headers.get("x-bp-configuration-type") {
        None => Ok(Configuration::Primary(parse(&json)?)),
        Some(name) if name == "oauth" => Ok(Configuration::Oauth(parse(&json)?)),
        Some(name) if name == "personalAccessToken" => {
            Ok(Configuration::PersonalAccessToken(parse(&json)?))
        }
        Some(_) => Err((StatusCode::BAD_REQUEST, "no such configuration".to_owned())),
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Result<&'a str, Refusal> {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.ok_or_else(|| (StatusCode::BAD_REQUEST, format!("no {name}")))
}
