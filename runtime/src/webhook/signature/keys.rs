//! The secrets for the verification of signatures.

use std::fmt;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::SignatureError;
use crate::Secret;
use crate::value::is_blank;

/// Base64 with or without padding, because users copy secrets in both forms.
pub(super) const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The secrets that signatures are verified with: one, or several during a key rotation.
///
/// Create it from a [`Secret`], an optional one, or an array or vector of them. Empty and blank
/// secrets are ignored.
#[derive(Clone, Default)]
pub struct Keys(Vec<Vec<u8>>);

impl Keys {
    fn of<'a>(secrets: impl IntoIterator<Item = &'a Secret>) -> Self {
        let texts = secrets.into_iter().map(Secret::expose);
        let usable = texts.filter(|text| !is_blank(text));
        Self(usable.map(|text| text.clone().into_bytes()).collect())
    }

    /// Returns the keys, of which there is at least one.
    pub(super) fn usable(&self) -> Result<&[Vec<u8>], SignatureError> {
        if self.0.is_empty() {
            return Err(SignatureError::NoSecret);
        }
        Ok(&self.0)
    }

    /// Removes secrets that consist only of the service's prefix.
    pub(super) fn without_bare(mut self, prefix: &str) -> Self {
        self.0.retain(|key| {
            let text = str::from_utf8(key).unwrap_or_default();
            !text.trim().strip_prefix(prefix).is_some_and(is_blank)
        });
        self
    }

    /// Decodes secrets in Base64 with an optional prefix. Returns `None` if one is not valid
    /// Base64.
    pub(super) fn decode(&self, prefix: &str) -> Option<Self> {
        let decoded = self.0.iter().map(|key| {
            let text = key.strip_prefix(prefix.as_bytes()).unwrap_or(key);
            let key = LENIENT.decode(text).ok();
            key.filter(|key| !key.is_empty())
        });
        decoded.collect::<Option<_>>().map(Self)
    }
}

impl From<&Secret> for Keys {
    fn from(secret: &Secret) -> Self {
        Self::of([secret])
    }
}

impl From<Option<&Secret>> for Keys {
    fn from(secret: Option<&Secret>) -> Self {
        Self::of(secret)
    }
}

impl From<&Option<Secret>> for Keys {
    fn from(secret: &Option<Secret>) -> Self {
        Self::of(secret)
    }
}

impl<const N: usize> From<[&Secret; N]> for Keys {
    fn from(secrets: [&Secret; N]) -> Self {
        Self::of(secrets)
    }
}

impl From<&[Secret]> for Keys {
    fn from(secrets: &[Secret]) -> Self {
        Self::of(secrets)
    }
}

impl From<Vec<&Secret>> for Keys {
    fn from(secrets: Vec<&Secret>) -> Self {
        Self::of(secrets)
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Keys({} hidden)", self.0.len())
    }
}
