//! The configuration of a call: decodes base64, parses JSON, and validates it against the schema of
//! its type.

use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

use super::{headers::EncodedConfiguration, state::ServiceState};
use crate::{
    ConfigurationError, Definition, Error, Result, UnknownFields,
    definition::MigratedConfiguration, error::refusal, payload::parse_json,
};

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
    let configuration = decode::<D>(configuration_type, &bytes, state.unknown_fields)?;
    state.configurations.insert(encoded, configuration.clone());
    Ok(configuration)
}

/// Decodes a configuration of today's version or of an older one.
///
/// A version that declares all fields of a value goes before one that would drop some: an optional field that was renamed
/// would be lost otherwise.
fn decode<D: Definition>(
    configuration_type: Option<&str>,
    bytes: &[u8],
    unknown_fields: UnknownFields,
) -> Result<D::Configuration> {
    // Only an older version can take a field that today's schema would drop.
    let is_exact_first = D::HAS_OLDER_VERSIONS && unknown_fields == UnknownFields::Drop;
    if is_exact_first
        && let Ok(read) = decode_with::<D>(configuration_type, bytes, UnknownFields::Refuse)
    {
        return read;
    }
    decode_with::<D>(configuration_type, bytes, unknown_fields)
        .unwrap_or_else(|error| Err(explain(error, bytes)))
}

/// Decodes a configuration of the first version whose schema it fits. Its migration may fail.
///
/// # Errors
///
/// Returns why it does not fit today's schema, if it fits no version.
fn decode_with<D: Definition>(
    configuration_type: Option<&str>,
    bytes: &[u8],
    unknown_fields: UnknownFields,
) -> Result<Result<D::Configuration>, ConfigurationError> {
    let error = match D::decode_configuration(configuration_type, bytes, unknown_fields) {
        Ok(configuration) => return Ok(Ok(configuration)),
        Err(error) => error,
    };
    match D::decode_older_configuration(configuration_type, bytes, unknown_fields) {
        Some(migrated) => Ok(check_migrated::<D>(migrated)),
        None => Err(error),
    }
}

fn explain(error: ConfigurationError, bytes: &[u8]) -> Error {
    match error {
        ConfigurationError::Unknown(unknown) => match parse_json(bytes) {
            Ok(_) => Error::invalid_payload(unknown.to_string()),
            Err(violations) => refusal(SUBJECT, &violations),
        },
        ConfigurationError::Invalid(violations) => refusal(SUBJECT, &violations),
    }
}

/// Returns a migrated configuration, if it fits today's schema.
fn check_migrated<D: Definition>(
    migrated: MigratedConfiguration<D::Configuration>,
) -> Result<D::Configuration> {
    let version = migrated.version;
    let configuration = migrated.configuration?;
    match D::encode_configuration(&configuration) {
        Ok(_) => Ok(configuration),
        Err(violations) => Err(refusal(
            &format!("the configuration after its migration from version {version}"),
            &violations,
        )),
    }
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
