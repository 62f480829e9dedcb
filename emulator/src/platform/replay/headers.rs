//! The headers of a replay.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;

use super::restored_text;
use crate::exchange::{REDACTED, Secrets, TRACEPARENT};
use crate::platform::call::SIGNATURE;
use crate::platform::error::PlatformError;
use crate::platform::headers::CONFIGURATION;
use crate::platform::instance::Instance;

/// Headers, and the names of those that are left out because their values were not recorded.
pub(super) struct RestoredHeaders {
    pub(super) headers: Vec<(String, String)>,
    pub(super) left_out: Vec<String>,
}

impl RestoredHeaders {
    /// Writes the secrets in the places of their placeholders. The trace is a new one.
    pub(super) fn of(
        headers: &[(String, String)],
        secrets: &Secrets,
    ) -> Result<Self, PlatformError> {
        let mut restored = Self {
            headers: Vec::new(),
            left_out: Vec::new(),
        };
        for (name, value) in headers {
            if value.contains(REDACTED) {
                restored.left_out.push(name.clone());
            } else if !name.eq_ignore_ascii_case(TRACEPARENT) {
                let value = restored_text(value, secrets)?;
                restored.headers.push((name.clone(), value));
            }
        }
        Ok(restored)
    }
}

/// The edited headers of a call. The signature and the trace are new, and the configuration has its secrets.
pub(super) fn of_call(
    edited: &[(String, String)],
    instance: &Instance,
    secrets: &Secrets,
    traceparent: &str,
) -> Result<Vec<(String, String)>, PlatformError> {
    let mut headers = RestoredHeaders::of(edited, secrets)?.headers;
    headers.retain(|(name, _)| !name.eq_ignore_ascii_case(SIGNATURE));
    for (name, value) in &mut headers {
        if name.eq_ignore_ascii_case(CONFIGURATION) {
            // A header that is broken on purpose stays as it is.
            if let Some(restored) = configuration(value, instance, secrets) {
                *value = restored;
            }
        }
    }
    headers.push((TRACEPARENT.to_owned(), traceparent.to_owned()));
    Ok(headers)
}

fn configuration(value: &str, instance: &Instance, secrets: &Secrets) -> Option<String> {
    let json = BASE64_STANDARD.decode(value).ok()?;
    let edited: Value = serde_json::from_slice(&json).ok()?;
    let restored = secrets.restore_configuration(edited, &instance.configuration);
    Some(BASE64_STANDARD.encode(restored.to_string()))
}
