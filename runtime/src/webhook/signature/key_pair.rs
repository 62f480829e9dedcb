//! Key pairs of a service, for tests.

use std::fmt;

use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _};

use super::keys::{encode_base64, encode_hex};
use super::public_key::{P256_HEADER, PublicKey};
use crate::random;

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
