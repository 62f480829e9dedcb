//! Signatures of calls: proof that a call comes from Botpress.
//!
//! Botpress signs its calls to integrations that are hosted elsewhere, with the header
//! `X-BP-Signature`. The format is that of Botpress's package `signature-verification`:
//!
//! ```text
//! X-BP-Signature: <time in milliseconds>,<signature>[,<signature> …, at most five]
//! signature = base64url(HMAC-SHA256(base64url-decoded secret, "<time>.<raw body>"))
//! ```

mod error;
mod layer;
mod replays;
mod secrets;
mod signature;
mod verifier;

#[cfg(all(feature = "server", not(target_family = "wasm")))]
pub(crate) use self::verifier::{Verdict, unauthorized};
pub use self::{
    error::{CallSignatureError, SigningSecretError},
    layer::{VerifyCalls, VerifyCallsLayer},
    signature::CallSigner,
};
