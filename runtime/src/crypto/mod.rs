//! Hashes and signatures, by a library that compiles for the target.
//!
//! ring is the library of the TLS implementation, so that native programs have one. It needs a C
//! compiler for the target, which authors have no reason to install for WebAssembly; `RustCrypto` is
//! Rust alone. Both have the same functions here.

#[cfg(not(target_family = "wasm"))]
#[path = "ring.rs"]
mod library;
#[cfg(target_family = "wasm")]
#[path = "rust_crypto.rs"]
mod library;

#[cfg(feature = "webhook-signatures")]
pub(crate) use self::library::sha256;
pub(crate) use self::library::{HmacKey, Mac};
#[cfg(feature = "public-key-signatures")]
pub(crate) use self::library::{verifies_ed25519, verifies_p256};

/// The hash function of an HMAC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hash {
    #[cfg(feature = "webhook-signatures")]
    Sha1,
    Sha256,
    #[cfg(feature = "webhook-signatures")]
    Sha512,
}
