//! Tokens of a provider.

use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::{Secret, date_time};

/// The tokens of a provider for one user.
///
/// The schema of the state that stores them must allow their JSON form: `accessToken`, and
/// optionally `refreshToken` and `expiresAt` (a date-time).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Wire", try_from = "Wire")]
pub struct Tokens {
    /// The access token.
    pub access_token: Secret,
    /// The refresh token, with which new tokens are requested.
    pub refresh_token: Option<Secret>,
    /// The expiry of the access token; `None` if it does not expire or the provider did not state
    /// it. It is stored in whole seconds, as a time between 1970 and 9999.
    pub expires_at: Option<SystemTime>,
}

impl Tokens {
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

/// The JSON form of the tokens.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    access_token: Secret,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<Secret>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<String>,
}

impl From<Tokens> for Wire {
    fn from(tokens: Tokens) -> Self {
        Self {
            access_token: tokens.access_token,
            refresh_token: tokens.refresh_token,
            expires_at: tokens.expires_at.map(date_time::format_seconds),
        }
    }
}

impl TryFrom<Wire> for Tokens {
    type Error = humantime::TimestampError;

    fn try_from(wire: Wire) -> Result<Self, Self::Error> {
        let time = wire.expires_at.as_deref();
        Ok(Self {
            access_token: wire.access_token,
            refresh_token: wire.refresh_token,
            expires_at: time.map(humantime::parse_rfc3339).transpose()?,
        })
    }
}
