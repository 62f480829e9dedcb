//! Checks a request against the secrets of a scheme.

use std::fmt;
use std::time::{Duration, SystemTime};

use subtle::ConstantTimeEq as _;

use super::{Algorithm, Keys, SignatureError, SignedMessage, timestamp};
use crate::webhook::{Verified, WebhookRequest};

/// How far the time of a signature may be from now, unless a verifier says otherwise: five minutes.
pub const DEFAULT_TOLERANCE: Duration = Duration::from_mins(5);

type ReadClaim = dyn Fn(&WebhookRequest) -> Result<SignedMessage, SignatureError> + Send + Sync;

/// Checks whether requests are signed with one of some secrets.
#[must_use = "a verifier checks nothing until `verify` is called"]
pub struct Verifier {
    proof: Proof,
    keys: Result<Keys, SignatureError>,
    tolerance: Duration,
    read: Box<ReadClaim>,
}

/// What shows that the sender knows the secret.
#[derive(Clone, Copy, Debug)]
enum Proof {
    Hmac(Algorithm),
    /// The secret itself.
    Token,
}

impl Verifier {
    /// Checks an HMAC over whatever the service signs: the function reads from a request what was signed, the
    /// signatures, and the time.
    ///
    /// ```
    /// use contexture::Secret;
    /// use contexture::webhook::signature::{Algorithm, SignedMessage, SignatureError, Verifier};
    ///
    /// let verifier = Verifier::hmac(Algorithm::Sha256, &Secret::from("s"), |request| {
    ///     let signature = request.header("x-acme-signature").unwrap_or_default();
    ///     let signed = format!("{} {}", request.path, request.body.unverified_text());
    ///     Ok(SignedMessage::new(signed, signature))
    /// });
    /// ```
    pub fn hmac(
        algorithm: Algorithm,
        keys: impl Into<Keys>,
        read: impl Fn(&WebhookRequest) -> Result<SignedMessage, SignatureError> + Send + Sync + 'static,
    ) -> Self {
        Self::new(Proof::Hmac(algorithm), Ok(keys.into()), Box::new(read))
    }

    /// As [`hmac`](Self::hmac), with keys that may be unusable.
    pub(super) fn hmac_with(
        algorithm: Algorithm,
        keys: Result<Keys, SignatureError>,
        read: impl Fn(&WebhookRequest) -> Result<SignedMessage, SignatureError> + Send + Sync + 'static,
    ) -> Self {
        Self::new(Proof::Hmac(algorithm), keys, Box::new(read))
    }

    /// Compares the secret with what the request has in place of a signature.
    pub(super) fn token(
        keys: Keys,
        read: impl Fn(&WebhookRequest) -> Result<SignedMessage, SignatureError> + Send + Sync + 'static,
    ) -> Self {
        Self::new(Proof::Token, Ok(keys), Box::new(read))
    }

    fn new(proof: Proof, keys: Result<Keys, SignatureError>, read: Box<ReadClaim>) -> Self {
        Self {
            proof,
            keys,
            tolerance: DEFAULT_TOLERANCE,
            read,
        }
    }

    /// Changes how far the time of a signature may be from now, into the past and into the future. It has no effect
    /// where the scheme signs no time.
    pub fn within(mut self, tolerance: Duration) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// Returns the request back as a verified one.
    ///
    /// # Errors
    ///
    /// There is no secret, or the request is not signed with one of them, or not at this time.
    #[must_use = "a request that was not verified may come from anybody"]
    pub fn verify(
        &self,
        request: WebhookRequest,
    ) -> Result<Verified<WebhookRequest>, SignatureError> {
        self.verify_at(request, SystemTime::now())
    }

    /// As [`verify`](Self::verify), at another time than now.
    ///
    /// # Errors
    ///
    /// As those of [`verify`](Self::verify).
    #[must_use = "a request that was not verified may come from anybody"]
    pub fn verify_at(
        &self,
        request: WebhookRequest,
        now: SystemTime,
    ) -> Result<Verified<WebhookRequest>, SignatureError> {
        let keys = self.keys.as_ref().map_err(Clone::clone)?.usable()?;
        let claim = (self.read)(&request)?;
        if !keys.iter().any(|key| self.is_proven(key, &claim)) {
            return Err(SignatureError::Mismatch);
        }
        if let Some(signed_at) = claim.signed_at {
            timestamp::check(signed_at, now, self.tolerance)?;
        }
        Ok(Verified::new(request))
    }

    fn is_proven(&self, key: &[u8], claim: &SignedMessage) -> bool {
        let mut signatures = claim.signatures.iter();
        signatures.any(|signature| match self.proof {
            Proof::Token => bool::from(key.ct_eq(signature)),
            Proof::Hmac(algorithm) => {
                let mut messages = claim.messages.iter();
                messages.any(|message| algorithm.is_signed(key, message, signature))
            }
        })
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Verifier")
            .field("proof", &self.proof)
            .field("keys", &self.keys)
            .field("tolerance", &self.tolerance)
            .finish_non_exhaustive()
    }
}
