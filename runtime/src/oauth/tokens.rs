//! What a provider gives.

use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::{Secret, date_time};

/// What a provider gives to act for somebody.
///
/// As JSON it is what the state that keeps it has to hold: `accessToken`, and, where the provider gives them,
/// `refreshToken` and `expiresAt`, a date-time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Wire", try_from = "Wire")]
pub struct Tokens {
    /// The token that proves who acts.
    pub access_token: Secret,
    /// The token that others can be asked for with.
    pub refresh_token: Option<Secret>,
    /// Until when the access token holds; for ever when it is not said. It is kept in whole seconds, as
    /// a time between 1970 and 9999.
    pub expires_at: Option<SystemTime>,
}

impl Tokens {
    /// Whether the access token holds for this long, and longer.
    #[must_use]
    pub fn holds_for(&self, time: Duration) -> bool {
        let needed = SystemTime::now().checked_add(time);
        self.expires_at
            .is_none_or(|end| needed.is_some_and(|needed| end > needed))
    }

    /// Keeps the refresh token that was used, when the provider gave no other.
    pub(super) fn or_refresh_token(mut self, used: &Secret) -> Self {
        self.refresh_token.get_or_insert_with(|| used.clone());
        self
    }
}

/// The tokens as JSON.
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
