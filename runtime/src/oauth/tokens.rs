//! What a provider gives.

use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::Secret;

/// What a provider gives to act for somebody.
///
/// As JSON it is what the state that keeps it has to hold: `accessToken`, and, where the provider gives them,
/// `refreshToken` and `expiresAt`, a date-time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tokens {
    /// The token that proves who acts.
    pub access_token: Secret,
    /// The token that others can be asked for with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<Secret>,
    /// Until when the access token holds; for ever when it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "date_time")]
    pub expires_at: Option<SystemTime>,
}

impl Tokens {
    /// Whether the access token holds for this long, and longer.
    #[must_use]
    pub fn holds_for(&self, time: Duration) -> bool {
        let needed = SystemTime::now() + time;
        self.expires_at.is_none_or(|end| end > needed)
    }

    /// Keeps the refresh token that was used, when the provider gave no other.
    pub(super) fn or_refresh_token(mut self, used: &Secret) -> Self {
        self.refresh_token.get_or_insert_with(|| used.clone());
        self
    }
}

mod date_time {
    use std::time::SystemTime;

    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    #[expect(clippy::ref_option, reason = "serde calls it so")]
    pub(super) fn serialize<S: Serializer>(
        time: &Option<SystemTime>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match time {
            Some(time) => serializer.collect_str(&humantime::format_rfc3339_seconds(*time)),
            None => serializer.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<SystemTime>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        let time = text.map(|text| humantime::parse_rfc3339_weak(&text));
        time.transpose()
            .map_err(|_| D::Error::custom("expected a date-time in UTC"))
    }
}
