//! A token: its parts, and its signature.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::crypto::rust_crypto;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey, DecodingKeyKind};
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};

use super::refused::refused;
use crate::webhook::signature::SignatureError;

/// Signatures that a public key checks. With the others (HS256) a reader of the key set could sign.
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

/// The bytes of an RSA modulus at least: RFC 7518 requires 2048 bits.
const MODULUS: usize = 256;

/// The bytes of an Ed25519 key.
const ED25519: usize = 32;

const MALFORMED: SignatureError = refused("it is not a token of the expected form");

/// A token whose signature was not checked.
#[derive(Debug)]
pub(super) struct Token<'a> {
    pub(super) algorithm: Algorithm,
    pub(super) key_id: Option<String>,
    /// The claims as JSON.
    pub(super) payload: Vec<u8>,
    /// The text that was signed.
    message: &'a str,
    signature: Vec<u8>,
}

/// The header of a token (RFC 7515), as far as it has a say here.
#[derive(Deserialize)]
struct Header {
    alg: Algorithm,
    kid: Option<String>,
    /// Whether it names extensions that a reader has to understand.
    #[serde(default, rename = "crit", deserialize_with = "is_there")]
    is_critical: bool,
}

fn is_there<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    IgnoredAny::deserialize(deserializer).map(|IgnoredAny| true)
}

/// Reads the parts of a token.
///
/// # Errors
///
/// It has not the form of a token, is not to be checked with a public key, or has extensions that have to be
/// understood: none is known here.
pub(super) fn read(token: &str) -> Result<Token<'_>, SignatureError> {
    let (message, signature) = token.rsplit_once('.').ok_or(MALFORMED)?;
    let (header, payload) = message.split_once('.').ok_or(MALFORMED)?;
    let decode = |part| URL_SAFE_NO_PAD.decode(part).map_err(|_| MALFORMED);
    let header: Header = serde_json::from_slice(&decode(header)?).map_err(|_| MALFORMED)?;
    if !ALGORITHMS.contains(&header.alg) {
        return Err(refused("its algorithm is not one of public keys"));
    }
    if header.is_critical {
        return Err(refused("it has critical extensions that are not known"));
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
    /// Checks the signature.
    ///
    /// The cryptography is named here: `jsonwebtoken::decode` takes the one that is installed for the process,
    /// which belongs to the application, and panics where none or several are compiled in.
    ///
    /// # Errors
    ///
    /// The key is of another kind than the signature or unusable, or the signature is not one of this key.
    pub(super) fn check_signature(&self, key: &Jwk) -> Result<(), SignatureError> {
        let key = DecodingKey::from_jwk(key).ok().filter(is_usable);
        let key = key.ok_or(refused("its key is not usable"))?;
        let verifier = (rust_crypto::DEFAULT_PROVIDER.verifier_factory)(&self.algorithm, &key);
        let verifier = verifier.map_err(|_| refused("its algorithm is not that of its key"))?;
        let checked = verifier.verify(self.message.as_bytes(), &self.signature);
        checked.map_err(|_| SignatureError::Mismatch)
    }
}

/// Whether a key has the length of its kind. The cryptography panics on an Ed25519 key that is too short.
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
