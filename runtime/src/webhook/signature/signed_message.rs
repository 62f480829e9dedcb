//! What a request claims about itself.

use std::time::SystemTime;

/// What a request says was signed, by which signatures, and when: nothing of it is believed before a
/// [`Verifier`](super::Verifier) has checked it.
#[derive(Clone, Debug, Default)]
pub struct SignedMessage {
    pub(super) messages: Vec<Vec<u8>>,
    pub(super) signatures: Vec<Vec<u8>>,
    pub(super) signed_at: Option<SystemTime>,
}

impl SignedMessage {
    /// Claims that a message has a signature.
    pub fn new(message: impl Into<Vec<u8>>, signature: impl Into<Vec<u8>>) -> Self {
        Self {
            messages: vec![message.into()],
            signatures: vec![signature.into()],
            signed_at: None,
        }
    }

    /// Adds another signature: one that is right suffices.
    #[must_use]
    pub fn or_signature(mut self, signature: impl Into<Vec<u8>>) -> Self {
        self.signatures.push(signature.into());
        self
    }

    /// Adds another form of the message, for a sender that writes it in more than one way.
    #[must_use]
    pub fn or_message(mut self, message: impl Into<Vec<u8>>) -> Self {
        self.messages.push(message.into());
        self
    }

    /// Says when it was signed. The time has to be part of the message: otherwise anybody can change it.
    #[must_use]
    pub fn signed_at(mut self, time: SystemTime) -> Self {
        self.signed_at = Some(time);
        self
    }
}
