//! Errors of signing secrets and of signatures.

/// A list of signing secrets that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SigningSecretError {
    /// There is no secret.
    #[error("no signing secret given")]
    Missing,
    /// A secret is blank, or is not base64url.
    #[error("signing secret {position} is not base64url text")]
    Malformed {
        /// The position of the secret in the list. The first one is 1.
        position: usize,
    },
}

/// An environment variable about signatures of calls has an invalid value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SigningVariableError {
    /// The signing secrets in `BP_SIGNING_SECRET` cannot be used.
    #[error("BP_SIGNING_SECRET: {0}")]
    Secret(#[from] SigningSecretError),
    /// The value of `CONTEXTURE_UNSIGNED_CALLS` is not a mode.
    #[error("CONTEXTURE_UNSIGNED_CALLS is `{0}`: expected `reject` or `warn`")]
    Mode(String),
}

/// The reason why a call is not verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CallSignatureError {
    /// The call has no signature, or more than one header with a signature.
    #[error("the header x-bp-signature is missing")]
    Missing,
    /// The header is not a time and one to five signatures.
    #[error("the header x-bp-signature is malformed")]
    Malformed,
    /// The method is not POST, or the body is empty. Botpress signs neither.
    #[error("only a POST with a body can be signed")]
    Unsigned,
    /// The time of the signature differs too much from the current time.
    #[error("the signature is too old, or from the future")]
    OutOfTime,
    /// No signature matches any of the secrets.
    #[error("the signature does not match the body and the signing secret")]
    Mismatch,
    /// The signature was used before.
    #[error("the signature was used before")]
    Replayed,
}
