//! The configuration of a call: base64, then JSON, then the schema of its type.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

use super::headers::EncodedConfiguration;
use crate::{
    ConfigurationError, Definition, Error, Result, UnknownFields,
    error::refusal,
    payload::{decode_configuration, parse_json},
};

/// Configurations that were read before, by how they came.
pub(crate) struct ConfigurationCache<D: Definition> {
    known: Mutex<HashMap<EncodedConfiguration, D::Configuration>>,
}

impl<D: Definition> ConfigurationCache<D> {
    /// How many are kept: a process serves few bots at a time, and each has one.
    const CAPACITY: usize = 256;
    /// Up to which size they are kept.
    const LARGEST: usize = 16 * 1024;

    pub(crate) fn new() -> Self {
        Self {
            known: Mutex::new(HashMap::new()),
        }
    }

    fn get(&self, encoded: &EncodedConfiguration) -> Option<D::Configuration> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(encoded).cloned()
    }

    fn insert(&self, encoded: &EncodedConfiguration, configuration: D::Configuration) {
        if encoded.text.len() > Self::LARGEST {
            return;
        }
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= Self::CAPACITY {
            known.clear();
        }
        known.insert(encoded.detached(), configuration);
    }
}

/// Reads the configuration of a call: its type first, then only that type's schema.
///
/// # Errors
///
/// A refusal that names the place and quotes none of the configuration's values.
pub(crate) fn read_configuration<D: Definition>(
    encoded: &EncodedConfiguration,
    unknown_fields: UnknownFields,
    cache: &ConfigurationCache<D>,
) -> Result<D::Configuration> {
    if let Some(configuration) = cache.get(encoded) {
        return Ok(configuration);
    }
    let bytes = decode_base64(encoded.text.as_bytes())
        .ok_or_else(|| Error::invalid_payload("the header x-bp-configuration is not base64"))?;
    let value = parse_json(&bytes).map_err(|violations| refusal(SUBJECT, &violations))?;
    let configuration_type = encoded.configuration_type.as_deref();
    let configuration = decode_configuration::<D>(configuration_type, value, unknown_fields)
        .map_err(|error| match error {
            ConfigurationError::Unknown(unknown) => Error::invalid_payload(unknown.to_string()),
            ConfigurationError::Invalid(violations) => refusal(SUBJECT, &violations),
        })?;
    cache.insert(encoded, configuration.clone());
    Ok(configuration)
}

const SUBJECT: &str = "the configuration";

/// Reads base64 as Node does: both alphabets, with or without padding, whitespace anywhere.
fn decode_base64(text: &[u8]) -> Option<Vec<u8>> {
    const TOLERANT: GeneralPurpose = GeneralPurpose::new(
        &alphabet::STANDARD,
        GeneralPurposeConfig::new()
            .with_decode_padding_mode(DecodePaddingMode::Indifferent)
            .with_decode_allow_trailing_bits(true),
    );

    let standard: Vec<_> = text
        .iter()
        .filter(|byte| !byte.is_ascii_whitespace())
        .map(|byte| match byte {
            b'-' => b'+',
            b'_' => b'/',
            other => *other,
        })
        .collect();
    TOLERANT.decode(standard).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read_in_every_form_that_node_reads() {
        for text in ["+/+/YQ==", "-_-_YQ", "+/+ /Y\nQ="] {
            assert_eq!(
                decode_base64(text.as_bytes()),
                Some(vec![0xfb, 0xff, 0xbf, b'a']),
                "{text}"
            );
        }
        assert_eq!(decode_base64(b"@@@"), None);
        assert_eq!(decode_base64(b"YWJj=YWJj"), None);
    }
}
