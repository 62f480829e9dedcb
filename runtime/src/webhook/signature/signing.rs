//! Signing requests as a service does, for tests.

use std::time::SystemTime;

use super::{HeaderSignature, SignatureError, Verifier};
use crate::webhook::WebhookRequest;

impl Verifier {
    /// Sets the header in which [`sign`](Self::sign) puts the signature, for a verifier that was
    /// created by [`hmac`](Self::hmac).
    pub fn signed_in(self, header: HeaderSignature) -> Self {
        self.with_form(header.form())
    }

    /// Signs a request with the first secret, as the service does now. Use it in tests of handlers.
    /// It adds the headers with the signature and the time, in place of those that are there.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no usable secret, if the scheme signs with a private key, or if
    /// the verifier was created without a form ([`Verifier::hmac`]).
    pub fn sign(&self, request: WebhookRequest) -> Result<WebhookRequest, SignatureError> {
        self.sign_at(request, SystemTime::now())
    }

    /// Signs a request as [`sign`](Self::sign) does, with `now` as the current time.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`sign`](Self::sign).
    pub fn sign_at(
        &self,
        request: WebhookRequest,
        now: SystemTime,
    ) -> Result<WebhookRequest, SignatureError> {
        let proof = self.secret_proof()?;
        self.signed_by(request, now, proof)
    }

    /// Signs a request with a private key, for the schemes with public keys.
    ///
    /// # Errors
    ///
    /// Returns an error if the scheme has no keys of this kind.
    #[cfg(all(feature = "public-key-signatures", not(target_family = "wasm")))]
    pub fn sign_with(
        &self,
        pair: &super::KeyPair,
        request: WebhookRequest,
    ) -> Result<WebhookRequest, SignatureError> {
        if !self.has_public_keys(pair.kind()) {
            return Err(SignatureError::CannotSign);
        }
        self.signed_by(request, SystemTime::now(), |message| pair.sign(message))
    }

    fn signed_by(
        &self,
        request: WebhookRequest,
        now: SystemTime,
        sign: impl Fn(&[u8]) -> Vec<u8>,
    ) -> Result<WebhookRequest, SignatureError> {
        let form = self.form.as_ref().ok_or(SignatureError::CannotSign)?;
        let request = (form.prepare)(request, now);
        // The scheme says which message is signed. It reads it from a request with a signature.
        let unsigned = (form.attach)(request.clone(), &[0; 32]);
        let claim = (self.read)(&unsigned)?;
        let message = claim.messages.first().ok_or(SignatureError::CannotSign)?;
        Ok((form.attach)(request, &sign(message)))
    }
}
