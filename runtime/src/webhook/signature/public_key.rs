//! Signatures that are verified with a public key.

use super::Keys;
use super::keys::{decode_base64, decode_hex};
use crate::crypto::{verifies_ed25519, verifies_p256};

/// The start of a P-256 public key in DER (RFC 5480). The point of the curve follows.
pub(super) const P256_HEADER: [u8; 26] = [
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
        match self {
            Self::Ed25519 => verifies_ed25519(key, message, signature),
            Self::EcdsaP256 => verifies_p256(key, message, signature),
        }
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
