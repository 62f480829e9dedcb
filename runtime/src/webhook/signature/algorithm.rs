//! HMAC and its hash functions.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::keys::encode_hex;
use crate::crypto::{Hash, HmacKey, Mac};

/// The hash function of an HMAC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Algorithm {
    /// HMAC-SHA-1. It is still secure as a MAC; use it only if the service offers nothing else.
    Sha1,
    /// HMAC-SHA-256.
    Sha256,
    /// HMAC-SHA-512.
    Sha512,
}

impl Algorithm {
    /// Signs a message. Use it in tests that simulate the service, and for responses that must be
    /// signed.
    #[must_use]
    pub fn sign(self, key: &[u8], message: &[u8]) -> Tag {
        let hash = match self {
            Self::Sha1 => Hash::Sha1,
            Self::Sha256 => Hash::Sha256,
            Self::Sha512 => Hash::Sha512,
        };
        Tag(HmacKey::new(hash, key).sign(&[message]))
    }
}

/// A signature that was computed here. `Debug` redacts it.
#[derive(Clone)]
pub struct Tag(Mac);

impl Tag {
    /// Returns the signature in lower-case hexadecimal.
    #[must_use]
    pub fn hex(&self) -> String {
        encode_hex(self.as_bytes())
    }

    /// Returns the signature in Base64 with padding.
    #[must_use]
    pub fn base64(&self) -> String {
        STANDARD.encode(self.as_bytes())
    }

    /// Returns the bytes of the signature.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_ref()
    }
}

impl fmt::Debug for Tag {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Tag(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Test case 2 of RFC 2202 (SHA-1) and RFC 4231 (SHA-256, SHA-512).
    #[test]
    fn the_vectors_of_the_rfcs_are_right() {
        let (key, message) = (b"Jefe", b"what do ya want for nothing?");
        let expected = [
            (Algorithm::Sha1, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
            (
                Algorithm::Sha256,
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (
                Algorithm::Sha512,
                "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
            ),
        ];
        for (algorithm, signature) in expected {
            let tag = algorithm.sign(key, message);
            assert_eq!(tag.hex(), signature);
        }
    }
}
