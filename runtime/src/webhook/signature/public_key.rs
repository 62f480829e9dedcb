//! Signatures that are verified with a public key.

use std::fmt;

use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P256_SHA256_ASN1_SIGNING, ED25519, EcdsaKeyPair, Ed25519KeyPair,
    KeyPair as _, UnparsedPublicKey, VerificationAlgorithm,
};

use super::Keys;
use super::keys::{decode_base64, decode_hex, encode_base64, encode_hex};
use crate::random;

/// The start of a P-256 public key in DER (RFC 5480). The point of the curve follows.
const P256_HEADER: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];

/// A point of P-256 that is not compressed: a tag and two coordinates.
const P256_POINT: usize = 65;

/// The kind of a public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PublicKey {
    Ed25519,
    /// ECDSA with the curve P-256 and SHA-256. Signatures are in DER.
    EcdsaP256,
}

impl PublicKey {
    /// Returns whether a message has one of the signatures.
    pub(super) fn verifies(self, key: &[u8], message: &[u8], signature: &[u8]) -> bool {
        let algorithm: &dyn VerificationAlgorithm = match self {
            Self::Ed25519 => &ED25519,
            Self::EcdsaP256 => &ECDSA_P256_SHA256_ASN1,
        };
        UnparsedPublicKey::new(algorithm, key)
            .verify(message, signature)
            .is_ok()
    }
}

/// Decodes Ed25519 keys in hexadecimal. Returns `None` if one has another form.
pub(super) fn ed25519_keys(keys: &Keys) -> Option<Keys> {
    keys.convert(|text| decode_hex(text).filter(|key| key.len() == 32))
}

/// Decodes P-256 keys in Base64 and DER. Returns `None` if one has another form.
pub(super) fn p256_keys(keys: &Keys) -> Option<Keys> {
    keys.convert(|text| {
        let der = decode_base64(text)?;
        let point = der.strip_prefix(&P256_HEADER)?;
        (point.len() == P256_POINT).then(|| point.to_vec())
    })
}

/// A new key pair, with which tests sign webhooks as a service does.
///
/// ```
/// # fn example() -> Result<(), contexture::webhook::signature::SignatureError> {
/// use contexture::webhook::{WebhookRequest, signature};
/// use contexture::Secret;
///
/// let pair = signature::KeyPair::ed25519();
/// let verifier = signature::discord(&Secret::from(pair.public_key()));
/// let request = WebhookRequest::new("POST", "/").with_body("{}");
/// verifier.verify(verifier.sign_with(&pair, request)?)?;
/// # Ok(()) }
/// ```
pub struct KeyPair {
    pair: Pair,
    public_key: String,
}

enum Pair {
    Ed25519(Ed25519KeyPair),
    EcdsaP256(EcdsaKeyPair),
}

impl KeyPair {
    /// Creates an Ed25519 key pair, as Discord has one.
    ///
    /// # Panics
    ///
    /// Panics if the operating system has no random numbers.
    #[must_use]
    pub fn ed25519() -> Self {
        let seed: [u8; 32] = random::bytes();
        let pair = Ed25519KeyPair::from_seed_unchecked(&seed).expect("every seed has a key pair");
        Self {
            public_key: encode_hex(pair.public_key().as_ref()),
            pair: Pair::Ed25519(pair),
        }
    }

    /// Creates a P-256 key pair for ECDSA, as `SendGrid` has one.
    ///
    /// # Panics
    ///
    /// Panics if the operating system has no random numbers.
    #[must_use]
    pub fn ecdsa_p256() -> Self {
        let random = ring::rand::SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;
        let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).expect("random numbers");
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random)
            .expect("a generated key pair is valid");
        let der = [&P256_HEADER[..], pair.public_key().as_ref()].concat();
        Self {
            public_key: encode_base64(&der),
            pair: Pair::EcdsaP256(pair),
        }
    }

    /// Returns the public key in the form that the service shows.
    #[must_use]
    pub fn public_key(&self) -> &str {
        &self.public_key
    }

    pub(super) fn kind(&self) -> PublicKey {
        match self.pair {
            Pair::Ed25519(_) => PublicKey::Ed25519,
            Pair::EcdsaP256(_) => PublicKey::EcdsaP256,
        }
    }

    pub(super) fn sign(&self, message: &[u8]) -> Vec<u8> {
        match &self.pair {
            Pair::Ed25519(pair) => pair.sign(message).as_ref().to_vec(),
            Pair::EcdsaP256(pair) => {
                let random = ring::rand::SystemRandom::new();
                let signature = pair.sign(&random, message);
                signature.map_or_else(|_| Vec::new(), |signature| signature.as_ref().to_vec())
            }
        }
    }
}

impl fmt::Debug for KeyPair {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("KeyPair")
            .field("public_key", &self.public_key)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Test 2 of RFC 8032, section 7.1.
    #[test]
    fn the_vector_of_the_rfc_is_right() {
        let key = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
        let signature = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da\
             085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";
        let (key, signature) = (decode_hex(key).unwrap(), decode_hex(signature).unwrap());
        assert!(PublicKey::Ed25519.verifies(&key, b"\x72", &signature));
        assert!(!PublicKey::Ed25519.verifies(&key, b"\x73", &signature));
        assert!(!PublicKey::EcdsaP256.verifies(&key, b"\x72", &signature));
    }
}
