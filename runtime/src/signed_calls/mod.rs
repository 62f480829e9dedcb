//! Signatures of calls: proof that a call comes from Botpress.
//!
//! Botpress signs its calls to integrations that are hosted elsewhere, with the header
//! `X-BP-Signature`. The format is that of Botpress's package `signature-verification`:
//!
//! ```text
//! X-BP-Signature: <time in milliseconds>,<signature>[,<signature> …, at most five]
//! signature = base64url(HMAC-SHA256(base64url-decoded secret, "<time>.<raw body>"))
//! ```

#[cfg(all(
    any(feature = "lambda", feature = "server"),
    not(target_family = "wasm")
))]
mod call_verifier;
mod error;
mod from_env;
mod layer;
mod replays;
mod secrets;
mod signature;
mod verifier;

#[cfg(all(
    any(feature = "lambda", feature = "server"),
    not(target_family = "wasm")
))]
pub(crate) use self::{call_verifier::CallVerifier, verifier::unauthorized};
pub use self::{
    error::{CallSignatureError, SigningSecretError, SigningVariableError},
    layer::{VerifyCalls, VerifyCallsLayer},
    signature::CallSigner,
};
