//! The secrets for the verification of signatures.

use std::fmt;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};

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

    /// Splits lists of secrets, as services show them during a rotation, and removes a prefix.
    pub(super) fn split(&self, separator: char, prefix: &str) -> Self {
        let texts = self.0.iter().filter_map(|key| str::from_utf8(key).ok());
        let texts = texts.flat_map(|text| text.split(separator));
        let texts = texts.map(|text| text.trim().strip_prefix(prefix).unwrap_or(text.trim()));
        let texts = texts.filter(|text| !is_blank(text));
        Self(texts.map(|text| text.as_bytes().to_vec()).collect())
    }

    /// Decodes secrets in Base64 with an optional prefix. Returns `None` if one is not valid
    /// Base64.
    pub(super) fn decode(&self, prefix: &str) -> Option<Self> {
        self.convert(|text| decode_base64(text.strip_prefix(prefix).unwrap_or(text)))
    }

    /// Converts every secret. Returns `None` if one cannot be converted, or becomes empty.
    pub(super) fn convert(&self, convert: impl Fn(&str) -> Option<Vec<u8>>) -> Option<Self> {
        let converted = self.0.iter().map(|key| {
            let key = convert(str::from_utf8(key).ok()?.trim());
            key.filter(|key| !key.is_empty())
        });
        converted.collect::<Option<_>>().map(Self)
    }
}

pub(super) fn decode_base64(text: &str) -> Option<Vec<u8>> {
    LENIENT.decode(text).ok()
}

pub(super) fn encode_base64(bytes: &[u8]) -> String {
    LENIENT.encode(bytes)
}

/// Decodes hexadecimal digits of either case.
pub(super) fn decode_hex(text: &str) -> Option<Vec<u8>> {
    HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok()
}

pub(super) fn encode_hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(bytes)
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
