//! Checks a request against the secrets of a scheme.

use std::fmt;
use std::time::{Duration, SystemTime};

use subtle::ConstantTimeEq as _;

use super::{Algorithm, Claim, Keys, SignatureError, timestamp};
use crate::webhook::{Verified, WebhookRequest};

/// How far the time of a signature may be from now, unless a verifier says otherwise: five minutes.
pub const DEFAULT_TOLERANCE: Duration = Duration::from_mins(5);

type ReadClaim = dyn Fn(&WebhookRequest) -> Result<Claim, SignatureError> + Send + Sync;

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
    /// use contexture::webhook::signature::{Algorithm, Claim, SignatureError, Verifier};
    ///
    /// let verifier = Verifier::hmac(Algorithm::Sha256, &Secret::from("s"), |request| {
    ///     let signature = request.header("x-acme-signature").unwrap_or_default();
    ///     let signed = format!("{} {}", request.path, request.body.unverified_text());
    ///     Ok(Claim::new(signed, signature))
    /// });
    /// ```
    pub fn hmac(
        algorithm: Algorithm,
        keys: impl Into<Keys>,
        read: impl Fn(&WebhookRequest) -> Result<Claim, SignatureError> + Send + Sync + 'static,
    ) -> Self {
        Self::new(Proof::Hmac(algorithm), Ok(keys.into()), Box::new(read))
    }

    /// As [`hmac`](Self::hmac), with keys that may be unusable.
    pub(super) fn hmac_with(
        algorithm: Algorithm,
        keys: Result<Keys, SignatureError>,
        read: impl Fn(&WebhookRequest) -> Result<Claim, SignatureError> + Send + Sync + 'static,
    ) -> Self {
        Self::new(Proof::Hmac(algorithm), keys, Box::new(read))
    }

    /// Compares the secret with what the request has in place of a signature.
    pub(super) fn token(
        keys: Keys,
        read: impl Fn(&WebhookRequest) -> Result<Claim, SignatureError> + Send + Sync + 'static,
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

    /// Gives the request back as a verified one.
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

    fn is_proven(&self, key: &[u8], claim: &Claim) -> bool {
        match self.proof {
            Proof::Token => is_among(key, &claim.signatures),
            Proof::Hmac(algorithm) => is_signed(claim, |message| {
                algorithm.sign(key, message).as_bytes().to_vec()
            }),
        }
    }
}

/// Whether one of the messages has one of the signatures. Each message is signed once, however many signatures a sender
/// claims for it.
fn is_signed(claim: &Claim, mut sign: impl FnMut(&[u8]) -> Vec<u8>) -> bool {
    let mut messages = claim.messages.iter();
    messages.any(|message| is_among(&sign(message), &claim.signatures))
}

/// Compares in a time that does not tell where a signature differs.
fn is_among(proof: &[u8], signatures: &[Vec<u8>]) -> bool {
    let mut signatures = signatures.iter();
    signatures.any(|signature| bool::from(proof.ct_eq(signature)))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_signed_once_however_many_signatures_are_claimed() {
        let wrong = (0..1000_u32).map(|number| number.to_be_bytes().to_vec());
        let claim = Claim {
            messages: vec![b"one".to_vec(), b"other".to_vec()],
            signatures: wrong.chain([b"signed other".to_vec()]).collect(),
            signed_at: None,
        };
        let mut signed = 0;
        let is_right = is_signed(&claim, |message| {
            signed += 1;
            [b"signed ", message].concat()
        });
        assert_eq!((is_right, signed), (true, 2));
    }
}
