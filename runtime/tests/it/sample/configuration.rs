//! The configurations: the primary one and two named ones.

use super::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConfigurationType {
    Primary,
    Oauth,
    PersonalAccessToken,
}

impl ConfigurationType {
    pub const ALL: &'static [Self] = &[Self::Primary, Self::Oauth, Self::PersonalAccessToken];

    pub const fn wire_name(self) -> Option<&'static str> {
        match self {
            Self::Primary => None,
            Self::Oauth => Some("oauth"),
            Self::PersonalAccessToken => Some("personalAccessToken"),
        }
    }

    pub fn from_wire(name: Option<&str>) -> Result<Self, UnknownConfigurationType> {
        match name {
            None => Ok(Self::Primary),
            Some("oauth") => Ok(Self::Oauth),
            Some("personalAccessToken") => Ok(Self::PersonalAccessToken),
            other => Err(UnknownConfigurationType::new(
                other,
                Self::ALL.iter().map(|known| known.wire_name()),
            )),
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Configuration {
    Primary(PrimaryConfiguration),
    Oauth(OauthConfiguration),
    PersonalAccessToken(PersonalAccessTokenConfiguration),
}

impl Configuration {
    pub const fn configuration_type(&self) -> ConfigurationType {
        match self {
            Self::Primary(_) => ConfigurationType::Primary,
            Self::Oauth(_) => ConfigurationType::Oauth,
            Self::PersonalAccessToken(_) => ConfigurationType::PersonalAccessToken,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct PrimaryConfiguration {
    pub api_key: Secret,
    pub region: Region,
    pub debug: Option<bool>,
}

object!(PrimaryConfiguration, api_key: Secret = "apiKey", region: Region = "region"; debug = "debug");

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Region {
    Us,
    Eu,
    Asia,
}

strings!(Region, Us = "us", Eu = "eu", Asia = "asia");

#[derive(Clone, Debug, PartialEq)]
pub struct OauthConfiguration {
    pub client_id: String,
    pub client_secret: Secret,
}

object!(OauthConfiguration, client_id: String = "clientId", client_secret: Secret = "clientSecret");

#[derive(Clone, Debug, PartialEq)]
pub struct PersonalAccessTokenConfiguration {
    pub token: Secret,
}

object!(PersonalAccessTokenConfiguration, token: Secret = "token");
