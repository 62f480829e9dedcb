//! The signed part of a request.

use std::time::SystemTime;

/// The signed message, its signatures and its timestamp, as stated by a request. They are not
/// trustworthy until a [`Verifier`](super::Verifier) has checked them.
#[derive(Clone, Debug, Default)]
pub struct SignedMessage {
    pub(super) messages: Vec<Vec<u8>>,
    pub(super) signatures: Vec<Vec<u8>>,
    pub(super) signed_at: Option<SystemTime>,
}

impl SignedMessage {
    /// Creates a message with a signature.
    pub fn new(message: impl Into<Vec<u8>>, signature: impl Into<Vec<u8>>) -> Self {
        Self {
            messages: vec![message.into()],
            signatures: vec![signature.into()],
            signed_at: None,
        }
    }

    /// Adds another signature. One valid signature is sufficient.
    #[must_use]
    pub fn or_signature(mut self, signature: impl Into<Vec<u8>>) -> Self {
        self.signatures.push(signature.into());
        self
    }

    /// Adds another form of the message, for services that sign more than one form.
    #[must_use]
    pub fn or_message(mut self, message: impl Into<Vec<u8>>) -> Self {
        self.messages.push(message.into());
        self
    }

    /// Sets the time of the signature. It must be part of the signed message; otherwise anyone
    /// could change it.
    #[must_use]
    pub fn signed_at(mut self, time: SystemTime) -> Self {
        self.signed_at = Some(time);
        self
    }
}
