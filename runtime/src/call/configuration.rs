//! The configuration of a call: decodes base64, parses JSON, and validates it against the schema of
//! its type.

use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

use super::{headers::EncodedConfiguration, state::ServiceState};
use crate::{ConfigurationError, Definition, Error, Result, error::refusal, payload::parse_json};

/// Reads the configuration of a call. Only the schema of its type is applied.
///
/// # Errors
///
/// Returns an error that names the location of each violation and quotes no value of the
/// configuration.
pub(super) fn read_configuration<D: Definition>(
    encoded: &EncodedConfiguration,
    state: &ServiceState<D>,
) -> Result<D::Configuration> {
    if let Some(configuration) = state.configurations.get(encoded) {
        return Ok(configuration);
    }
    let bytes = decode_base64(encoded.text.as_bytes())
        .ok_or_else(|| Error::invalid_payload("the header x-bp-configuration is not base64"))?;
    let configuration_type = encoded.configuration_type.as_deref();
    let configuration = D::decode_configuration(configuration_type, &bytes, state.unknown_fields)
        .map_err(|error| match error {
        ConfigurationError::Unknown(unknown) => match parse_json(&bytes) {
            Ok(_) => Error::invalid_payload(unknown.to_string()),
            Err(violations) => refusal(SUBJECT, &violations),
        },
        ConfigurationError::Invalid(violations) => refusal(SUBJECT, &violations),
    })?;
    state.configurations.insert(encoded, configuration.clone());
    Ok(configuration)
}

const SUBJECT: &str = "the configuration";

/// Decodes base64 as Node.js does: both alphabets, with or without padding, with whitespace
/// anywhere.
fn decode_base64(text: &[u8]) -> Option<Vec<u8>> {
    const TOLERANT: GeneralPurpose = GeneralPurpose::new(
        &alphabet::STANDARD,
        GeneralPurposeConfig::new()
            .with_decode_padding_mode(DecodePaddingMode::Indifferent)
            .with_decode_allow_trailing_bits(true),
    );

    let standard: Vec<u8> = text
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
