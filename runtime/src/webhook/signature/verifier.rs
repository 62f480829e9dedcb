//! Verification of requests with the secrets of a scheme.

use std::fmt;
use std::time::{Duration, SystemTime};

use subtle::ConstantTimeEq as _;

use super::form::Form;
#[cfg(feature = "public-key-signatures")]
use super::public_key::PublicKey;
use super::{Algorithm, Keys, SignatureError, SignedMessage, timestamp};
use crate::webhook::{Verified, WebhookRequest};

/// The default tolerance for the time of a signature: 5 minutes.
pub const DEFAULT_TOLERANCE: Duration = Duration::from_mins(5);

type ReadClaim = dyn Fn(&WebhookRequest) -> Result<SignedMessage, SignatureError> + Send + Sync;

/// Verifies that requests are signed with one of its secrets.
#[must_use = "a verifier checks nothing until `verify` is called"]
pub struct Verifier {
    scheme: &'static str,
    proof: Proof,
    keys: Result<Keys, SignatureError>,
    tolerance: Duration,
    pub(super) read: Box<ReadClaim>,
    /// How the service adds its signature; unknown for [`Verifier::hmac`].
    pub(super) form: Option<Form>,
}

/// How the sender proves that it knows the secret.
#[derive(Clone, Copy, Debug)]
enum Proof {
    Hmac(Algorithm),
    /// The request contains the secret itself.
    Token,
    #[cfg(feature = "public-key-signatures")]
    PublicKey(PublicKey),
}

impl Verifier {
    /// Creates a verifier for an HMAC over any part of the request. `read` returns the signed
    /// message, the signatures and the time of a request.
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

    /// Creates an HMAC verifier like [`hmac`](Self::hmac), with keys that may be unusable.
    pub(super) fn hmac_with(
        algorithm: Algorithm,
        keys: Result<Keys, SignatureError>,
        read: impl Fn(&WebhookRequest) -> Result<SignedMessage, SignatureError> + Send + Sync + 'static,
    ) -> Self {
        Self::new(Proof::Hmac(algorithm), keys, Box::new(read))
    }

    /// Creates a verifier that compares the secret with a token in the request.
    pub(super) fn token(
        keys: Keys,
        read: impl Fn(&WebhookRequest) -> Result<SignedMessage, SignatureError> + Send + Sync + 'static,
    ) -> Self {
        Self::new(Proof::Token, Ok(keys), Box::new(read))
    }

    fn new(proof: Proof, keys: Result<Keys, SignatureError>, read: Box<ReadClaim>) -> Self {
        let scheme = match proof {
            Proof::Hmac(_) => "hmac",
            Proof::Token => "shared_token",
            #[cfg(feature = "public-key-signatures")]
            Proof::PublicKey(_) => "public_key",
        };
        Self {
            scheme,
            proof,
            keys,
            tolerance: DEFAULT_TOLERANCE,
            read,
            form: None,
        }
    }

    /// Creates a verifier with public keys.
    #[cfg(feature = "public-key-signatures")]
    pub(super) fn public_key(
        kind: PublicKey,
        keys: Result<Keys, SignatureError>,
        read: impl Fn(&WebhookRequest) -> Result<SignedMessage, SignatureError> + Send + Sync + 'static,
    ) -> Self {
        Self::new(Proof::PublicKey(kind), keys, Box::new(read))
    }

    pub(super) fn with_form(mut self, form: Form) -> Self {
        self.form = Some(form);
        self
    }

    /// Checks that there is at least one secret, and that all of them have the form of the scheme. A
    /// request is refused if they have not; call this when the service starts
    /// ([`Service::check_webhooks`](crate::Service::check_webhooks)).
    ///
    /// # Errors
    ///
    /// Returns [`SignatureError::NoSecret`] or [`SignatureError::UnusableSecret`].
    pub fn check_secrets(&self) -> Result<(), SignatureError> {
        self.usable_keys().map(drop)
    }

    fn usable_keys(&self) -> Result<&[Vec<u8>], SignatureError> {
        self.keys.as_ref().map_err(Clone::clone)?.usable()
    }

    /// Returns the function that proves the knowledge of the first secret.
    pub(super) fn secret_proof(&self) -> Result<impl Fn(&[u8]) -> Vec<u8>, SignatureError> {
        let key = self.usable_keys()?[0].clone();
        let algorithm = match self.proof {
            Proof::Hmac(algorithm) => Some(algorithm),
            Proof::Token => None,
            #[cfg(feature = "public-key-signatures")]
            Proof::PublicKey(_) => return Err(SignatureError::CannotSign),
        };
        Ok(move |message: &[u8]| match algorithm {
            Some(algorithm) => algorithm.sign(&key, message).as_bytes().to_vec(),
            None => key.clone(),
        })
    }

    #[cfg(all(feature = "public-key-signatures", not(target_family = "wasm")))]
    pub(super) fn has_public_keys(&self, of: PublicKey) -> bool {
        matches!(self.proof, Proof::PublicKey(kind) if kind == of)
    }

    /// Sets the name of the scheme for metrics and hooks. The functions of this module have set
    /// theirs, such as `github`; that of other verifiers is `hmac`.
    pub fn named(mut self, scheme: &'static str) -> Self {
        self.scheme = scheme;
        self
    }

    /// Sets the tolerance for the time of a signature, in both directions. It has no effect if the
    /// scheme does not sign a timestamp.
    pub fn within(mut self, tolerance: Duration) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// Verifies a request and returns it as a verified request.
    ///
    /// # Errors
    ///
    /// Returns an error if no secret is configured, if the request is not signed with one of the
    /// secrets, or if the time of the signature is outside the tolerance.
    #[must_use = "an unverified request may come from anyone"]
    pub fn verify(
        &self,
        request: WebhookRequest,
    ) -> Result<Verified<WebhookRequest>, SignatureError> {
        self.verify_at(request, SystemTime::now())
    }

    /// Verifies a request as [`verify`](Self::verify) does, with `now` as the current time.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`verify`](Self::verify).
    #[must_use = "an unverified request may come from anyone"]
    pub fn verify_at(
        &self,
        request: WebhookRequest,
        now: SystemTime,
    ) -> Result<Verified<WebhookRequest>, SignatureError> {
        let outcome = self.check(&request, now);
        request.body.verification.note(self.scheme, &outcome);
        outcome.map(|()| Verified::new(request))
    }

    fn check(&self, request: &WebhookRequest, now: SystemTime) -> Result<(), SignatureError> {
        let keys = self.usable_keys()?;
        let claim = (self.read)(request)?;
        if !keys.iter().any(|key| self.is_proven(key, &claim)) {
            return Err(SignatureError::Mismatch);
        }
        if let Some(signed_at) = claim.signed_at {
            timestamp::check(signed_at, now, self.tolerance)?;
        }
        Ok(())
    }

    fn is_proven(&self, key: &[u8], claim: &SignedMessage) -> bool {
        match self.proof {
            Proof::Token => is_among(key, &claim.signatures),
            #[cfg(feature = "public-key-signatures")]
            Proof::PublicKey(kind) => claim.messages.iter().any(|message| {
                let mut signatures = claim.signatures.iter();
                signatures.any(|signature| kind.verifies(key, message, signature))
            }),
            Proof::Hmac(algorithm) => is_signed(claim, |message| {
                algorithm.sign(key, message).as_bytes().to_vec()
            }),
        }
    }
}

/// Whether one of the messages has one of the signatures. Each message is signed once, however many signatures a sender
/// claims for it.
fn is_signed(claim: &SignedMessage, mut sign: impl FnMut(&[u8]) -> Vec<u8>) -> bool {
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
            .field("scheme", &self.scheme)
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
        let claim = SignedMessage {
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
