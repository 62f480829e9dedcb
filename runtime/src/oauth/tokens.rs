//! Tokens of a provider.

use std::fmt;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{DateTime, InvalidDate, Secret, date_time};

/// The lifetime of a token whose provider stated one before, but not this time and not in a form that was stored.
const USUAL_LIFETIME: Duration = Duration::from_hours(1);

/// The tokens of a provider for one user.
///
/// The schema of the state that stores them must allow their JSON form: `accessToken`, and
/// optionally `refreshToken` and `expiresAt` (a date-time). If it also allows `lifetime` (an integer,
/// in seconds), the lifetime is known for providers that state it only once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Wire", try_from = "Wire")]
#[non_exhaustive]
pub struct Tokens {
    /// The access token.
    pub access_token: Secret,
    /// The refresh token, with which new tokens are requested.
    pub refresh_token: Option<Secret>,
    /// The expiry of the access token; `None` if it does not expire or the provider did not state
    /// it. It is stored in whole seconds, as a time between 1970 and 9999.
    pub expires_at: Option<SystemTime>,
    /// The lifetime that the provider stated.
    pub lifetime: Option<Duration>,
    /// The other fields of the provider's response, such as `scope`, or the `team` of Slack. They may
    /// contain further tokens. They are not stored.
    pub extra: Map<String, Value>,
}

impl Tokens {
    /// Creates tokens that do not expire, without a refresh token.
    #[must_use]
    pub fn new(access_token: impl Into<Secret>) -> Self {
        Self {
            access_token: access_token.into(),
            refresh_token: None,
            expires_at: None,
            lifetime: None,
            extra: Map::new(),
        }
    }

    /// Sets the lifetime of an access token that was requested at `asked`.
    pub(super) fn lasting(mut self, lifetime: Option<Duration>, asked: SystemTime) -> Self {
        self.lifetime = lifetime;
        self.expires_at = lifetime.and_then(|lasts| asked.checked_add(lasts));
        self
    }

    /// Takes from the previous tokens the lifetime that the provider did not repeat.
    pub(super) fn following(self, previous: &Self, asked: SystemTime) -> Self {
        if self.lifetime.is_some() || previous.expires_at.is_none() {
            return self;
        }
        self.lasting(Some(previous.lifetime.unwrap_or(USUAL_LIFETIME)), asked)
    }

    /// Returns whether the access token is valid for longer than `time`.
    #[must_use]
    pub fn holds_for(&self, time: Duration) -> bool {
        let needed = SystemTime::now().checked_add(time);
        self.expires_at
            .is_none_or(|end| needed.is_some_and(|needed| end > needed))
    }

    /// Keeps the used refresh token if the provider did not return a new one.
    pub(super) fn or_refresh_token(mut self, used: &Secret) -> Self {
        self.refresh_token.get_or_insert_with(|| used.clone());
        self
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.extra.keys().collect();
        formatter
            .debug_struct("Tokens")
            .field("access_token", &self.access_token)
            .field("refresh_token", &self.refresh_token)
            .field("expires_at", &self.expires_at)
            .field("lifetime", &self.lifetime)
            .field("extra", &names)
            .finish()
    }
}

/// The JSON form of the tokens.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    access_token: Secret,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<Secret>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lifetime: Option<u64>,
}

impl From<Tokens> for Wire {
    fn from(tokens: Tokens) -> Self {
        Self {
            access_token: tokens.access_token,
            refresh_token: tokens.refresh_token,
            expires_at: tokens.expires_at.map(date_time::format_seconds),
            lifetime: tokens.lifetime.map(|lifetime| lifetime.as_secs()),
        }
    }
}

impl TryFrom<Wire> for Tokens {
    type Error = InvalidDate;

    fn try_from(wire: Wire) -> Result<Self, Self::Error> {
        let time = wire.expires_at.as_deref();
        Ok(Self {
            access_token: wire.access_token,
            refresh_token: wire.refresh_token,
            expires_at: time
                .map(str::parse::<DateTime>)
                .transpose()?
                .map(SystemTime::from),
            lifetime: wire.lifetime.map(Duration::from_secs),
            extra: Map::new(),
        })
    }
}
