//! The functions by ring.

use ring::hmac;
#[cfg(feature = "public-key-signatures")]
use ring::signature::{ECDSA_P256_SHA256_ASN1, ED25519, UnparsedPublicKey};

use super::Hash;

/// A key for HMACs.
#[derive(Clone)]
pub(crate) struct HmacKey(hmac::Key);

/// An HMAC.
#[derive(Clone)]
pub(crate) struct Mac(hmac::Tag);

impl HmacKey {
    pub(crate) fn new(hash: Hash, key: &[u8]) -> Self {
        let algorithm = match hash {
            #[cfg(feature = "webhook-signatures")]
            Hash::Sha1 => hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
            Hash::Sha256 => hmac::HMAC_SHA256,
            #[cfg(feature = "webhook-signatures")]
            Hash::Sha512 => hmac::HMAC_SHA512,
        };
        Self(hmac::Key::new(algorithm, key))
    }

    /// Signs a message that consists of these parts.
    pub(crate) fn sign(&self, message: &[&[u8]]) -> Mac {
        let mut context = hmac::Context::with_key(&self.0);
        for part in message {
            context.update(part);
        }
        Mac(context.sign())
    }
}

impl AsRef<[u8]> for Mac {
    fn as_ref(&self) -> &[u8] {
        self.0.as_ref()
    }
}

#[cfg(feature = "webhook-signatures")]
pub(crate) fn sha256(message: &[u8]) -> impl AsRef<[u8]> {
    ring::digest::digest(&ring::digest::SHA256, message)
}

/// Returns whether this is an Ed25519 signature of the message.
#[cfg(feature = "public-key-signatures")]
pub(crate) fn verifies_ed25519(key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let key = UnparsedPublicKey::new(&ED25519, key);
    key.verify(message, signature).is_ok()
}

/// Returns whether this is an ECDSA signature of the message, with the curve P-256, SHA-256 and in
/// DER. The key is a point that is not compressed.
#[cfg(feature = "public-key-signatures")]
pub(crate) fn verifies_p256(key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, key);
    key.verify(message, signature).is_ok()
}
