//! The secrets that calls are signed with.

use std::fmt;

use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

use super::SigningSecretError;
use crate::crypto::{Hash, HmacKey};

/// Base64url with or without padding, because secrets are copied in both forms.
const BASE64URL: GeneralPurpose = GeneralPurpose::new(
    &alphabet::URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// One or more secrets. Several are accepted while a secret is rotated.
#[derive(Clone)]
pub(super) struct SigningSecrets(Vec<HmacKey>);

impl SigningSecrets {
    /// Decodes secrets. There is at least one.
    pub(super) fn decode<V: AsRef<str>>(
        secrets: impl IntoIterator<Item = V>,
    ) -> Result<Self, SigningSecretError> {
        let decoded: Result<Vec<_>, _> = secrets
            .into_iter()
            .enumerate()
            .map(|(index, secret)| {
                decode(secret.as_ref()).ok_or(SigningSecretError::Malformed {
                    position: index + 1,
                })
            })
            .collect();
        match decoded? {
            secrets if secrets.is_empty() => Err(SigningSecretError::Missing),
            secrets => Ok(Self(secrets)),
        }
    }

    pub(super) fn all(&self) -> &[HmacKey] {
        &self.0
    }

    pub(super) fn first(&self) -> &HmacKey {
        // `decode` accepts no empty list.
        &self.0[0]
    }
}

fn decode(secret: &str) -> Option<HmacKey> {
    let key = BASE64URL.decode(secret.trim()).ok()?;
    if key.is_empty() {
        return None;
    }
    Some(HmacKey::new(Hash::Sha256, &key))
}

impl fmt::Debug for SigningSecrets {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SigningSecrets({} hidden)", self.0.len())
    }
}
