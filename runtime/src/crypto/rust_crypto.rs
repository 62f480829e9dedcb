//! The functions by RustCrypto.

use hmac::Hmac;
#[cfg(feature = "webhook-signatures")]
use sha1::Sha1;
use sha2::Sha256;
#[cfg(feature = "webhook-signatures")]
use sha2::Sha512;

use super::Hash;

/// A key for HMACs.
#[derive(Clone)]
pub(crate) struct HmacKey(Keyed);

#[derive(Clone)]
enum Keyed {
    #[cfg(feature = "webhook-signatures")]
    Sha1(Hmac<Sha1>),
    Sha256(Hmac<Sha256>),
    #[cfg(feature = "webhook-signatures")]
    Sha512(Box<Hmac<Sha512>>),
}

/// An HMAC.
#[derive(Clone)]
pub(crate) struct Mac(Vec<u8>);

impl HmacKey {
    pub(crate) fn new(hash: Hash, key: &[u8]) -> Self {
        Self(match hash {
            #[cfg(feature = "webhook-signatures")]
            Hash::Sha1 => Keyed::Sha1(keyed(key)),
            Hash::Sha256 => Keyed::Sha256(keyed(key)),
            #[cfg(feature = "webhook-signatures")]
            Hash::Sha512 => Keyed::Sha512(Box::new(keyed(key))),
        })
    }

    /// Signs a message that consists of these parts.
    pub(crate) fn sign(&self, message: &[&[u8]]) -> Mac {
        match self.0.clone() {
            #[cfg(feature = "webhook-signatures")]
            Keyed::Sha1(mac) => sign(mac, message),
            Keyed::Sha256(mac) => sign(mac, message),
            #[cfg(feature = "webhook-signatures")]
            Keyed::Sha512(mac) => sign(*mac, message),
        }
    }
}

fn keyed<M: hmac::Mac + hmac::digest::KeyInit>(key: &[u8]) -> M {
    <M as hmac::digest::KeyInit>::new_from_slice(key).expect("an HMAC takes a key of any length")
}

fn sign(mut mac: impl hmac::Mac, message: &[&[u8]]) -> Mac {
    for part in message {
        mac.update(part);
    }
    Mac(mac.finalize().into_bytes().to_vec())
}

impl AsRef<[u8]> for Mac {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(feature = "webhook-signatures")]
pub(crate) fn sha256(message: &[u8]) -> impl AsRef<[u8]> {
    use sha2::Digest as _;
    Sha256::digest(message)
}

/// Returns whether this is an Ed25519 signature of the message.
#[cfg(feature = "public-key-signatures")]
pub(crate) fn verifies_ed25519(key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    use ed25519_dalek::{Signature, Verifier as _, VerifyingKey};
    let verifies = || {
        let key = VerifyingKey::from_bytes(key.try_into().ok()?).ok()?;
        let signature = Signature::from_slice(signature).ok()?;
        key.verify(message, &signature).ok()
    };
    verifies().is_some()
}

/// Returns whether this is an ECDSA signature of the message, with the curve P-256, SHA-256 and in
/// DER. The key is a point that is not compressed.
#[cfg(feature = "public-key-signatures")]
pub(crate) fn verifies_p256(key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    use p256::ecdsa::{Signature, VerifyingKey, signature::Verifier as _};
    let verifies = || {
        let key = VerifyingKey::from_sec1_bytes(key).ok()?;
        let signature = Signature::from_der(signature).ok()?;
        key.verify(message, &signature).ok()
    };
    verifies().is_some()
}
