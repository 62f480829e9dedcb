//! States, as the API stores them.

use std::time::Duration;

use serde::{Deserialize, Deserializer};

use super::tolerant_count;

/// A stored state: its payload, and when it expires.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(
    rename_all = "camelCase",
    bound(deserialize = "T: Deserialize<'de> + Default")
)]
#[non_exhaustive]
pub struct StoredState<T> {
    /// The payload.
    #[serde(default)]
    pub payload: T,
    /// How long the state may be idle before it expires. `None` if it never expires, or if the
    /// response does not say so, as before version 1.86 of the API.
    #[serde(default, deserialize_with = "tolerant_milliseconds")]
    pub expiry: Option<Duration>,
    /// The time when the state expires, in ISO 8601. `None` like `expiry`.
    #[serde(default)]
    pub expires_at: Option<String>,
    /// The time of creation, in ISO 8601.
    #[serde(default)]
    pub created_at: Option<String>,
    /// The time of the last change, in ISO 8601.
    #[serde(default)]
    pub updated_at: Option<String>,
}

impl<T> StoredState<T> {
    /// Converts the payload and keeps all other fields.
    pub(in crate::client) fn try_map<U, E>(
        self,
        map: impl FnOnce(T) -> Result<U, E>,
    ) -> Result<StoredState<U>, E> {
        Ok(StoredState {
            payload: map(self.payload)?,
            expiry: self.expiry,
            expires_at: self.expires_at,
            created_at: self.created_at,
            updated_at: self.updated_at,
        })
    }
}

fn tolerant_milliseconds<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Duration>, D::Error> {
    Ok(tolerant_count(deserializer)?.map(Duration::from_millis))
}
