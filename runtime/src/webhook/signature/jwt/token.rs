//! A token: its parts and its signature.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::crypto::rust_crypto;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey, DecodingKeyKind};
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};

use super::refused::refused;
use crate::webhook::signature::SignatureError;

/// Public-key algorithms. With symmetric ones (HS256), anyone who can read the key set could sign.
const ALGORITHMS: [Algorithm; 9] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];

/// The minimum length of an RSA modulus in bytes: RFC 7518 requires 2048 bits.
const MODULUS: usize = 256;

/// The length of an Ed25519 key in bytes.
const ED25519: usize = 32;

const MALFORMED: SignatureError = refused("not a signed JSON Web Token");

/// A token whose signature is not verified yet.
#[derive(Debug)]
pub(super) struct Token<'a> {
    pub(super) algorithm: Algorithm,
    pub(super) key_id: Option<String>,
    /// The claims as JSON.
    pub(super) payload: Vec<u8>,
    /// The signed text.
    message: &'a str,
    signature: Vec<u8>,
}

/// The header of a token (RFC 7515), with the fields that are needed here.
#[derive(Deserialize)]
struct Header {
    alg: Algorithm,
    kid: Option<String>,
    /// Whether it lists critical extensions.
    #[serde(default, rename = "crit", deserialize_with = "is_there")]
    is_critical: bool,
}

fn is_there<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    IgnoredAny::deserialize(deserializer).map(|IgnoredAny| true)
}

/// Parses a token.
///
/// # Errors
///
/// Returns an error if the token is malformed, does not use a public-key algorithm, or has critical
/// extensions, because none are supported.
pub(super) fn read(token: &str) -> Result<Token<'_>, SignatureError> {
    let (message, signature) = token.rsplit_once('.').ok_or(MALFORMED)?;
    let (header, payload) = message.split_once('.').ok_or(MALFORMED)?;
    let decode = |part| URL_SAFE_NO_PAD.decode(part).map_err(|_| MALFORMED);
    let header: Header = serde_json::from_slice(&decode(header)?).map_err(|_| MALFORMED)?;
    if !ALGORITHMS.contains(&header.alg) {
        return Err(refused("the algorithm is not a public-key algorithm"));
    }
    if header.is_critical {
        return Err(refused("unsupported critical extensions"));
    }
    Ok(Token {
        algorithm: header.alg,
        key_id: header.kid,
        payload: decode(payload)?,
        message,
        signature: decode(signature)?,
    })
}

impl Token<'_> {
    /// Verifies the signature.
    ///
    /// The crypto provider is passed explicitly: `jsonwebtoken::decode` uses the process-wide
    /// provider, which belongs to the application, and panics if none or several are compiled in.
    ///
    /// # Errors
    ///
    /// Returns an error if the key is unusable or does not match the algorithm, or if the signature
    /// is invalid.
    pub(super) fn check_signature(&self, key: &Jwk) -> Result<(), SignatureError> {
        let key = DecodingKey::from_jwk(key).ok().filter(is_usable);
        let key = key.ok_or(refused("the key is not usable"))?;
        let verifier = (rust_crypto::DEFAULT_PROVIDER.verifier_factory)(&self.algorithm, &key);
        let verifier = verifier.map_err(|_| refused("the algorithm does not match the key"))?;
        let checked = verifier.verify(self.message.as_bytes(), &self.signature);
        checked.map_err(|_| SignatureError::Mismatch)
    }
}

/// Returns whether a key has the length that its kind requires. The crypto provider panics on an
/// Ed25519 key that is too short.
fn is_usable(key: &DecodingKey) -> bool {
    match (key.family(), key.kind()) {
        (AlgorithmFamily::Ed, DecodingKeyKind::SecretOrDer(bytes)) => bytes.len() == ED25519,
        (AlgorithmFamily::Rsa, DecodingKeyKind::RsaModulusExponent { n, .. }) => {
            n.iter().skip_while(|byte| **byte == 0).count() >= MODULUS
        }
        (AlgorithmFamily::Ec, DecodingKeyKind::SecretOrDer(_)) => true,
        _ => false,
    }
}
