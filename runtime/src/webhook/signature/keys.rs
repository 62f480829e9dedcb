//! The secrets that a signature may have been made with.

use std::fmt;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::SignatureError;
use crate::Secret;
use crate::value::is_blank;

/// Base64 as people copy it: with or without padding.
pub(super) const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The secrets that a signature may have been made with: one, or several while one replaces another.
///
/// It is made of a [`Secret`], of an optional one, and of an array or a vector of them. Those that are empty
/// or blank are left out.
#[derive(Clone, Default)]
pub struct Keys(Vec<Vec<u8>>);

impl Keys {
    fn of<'a>(secrets: impl IntoIterator<Item = &'a Secret>) -> Self {
        let texts = secrets.into_iter().map(Secret::expose);
        let usable = texts.filter(|text| !is_blank(text));
        Self(usable.map(|text| text.clone().into_bytes()).collect())
    }

    /// The keys, at least one.
    pub(super) fn usable(&self) -> Result<&[Vec<u8>], SignatureError> {
        if self.0.is_empty() {
            return Err(SignatureError::NoSecret);
        }
        Ok(&self.0)
    }

    /// Leaves out secrets that are nothing but the prefix that the service's secrets have.
    pub(super) fn without_bare(mut self, prefix: &str) -> Self {
        self.0.retain(|key| {
            let text = str::from_utf8(key).unwrap_or_default();
            !text.trim().strip_prefix(prefix).is_some_and(is_blank)
        });
        self
    }

    /// Reads secrets that are Base64 after a prefix, which may be left out; none when one is not.
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
