//! Services that send the secret itself.

use crate::webhook::signature::header::header;
use crate::webhook::signature::{Keys, SignedMessage, Verifier};

/// A header that holds the secret, such as Telegram's `x-telegram-bot-api-secret-token`.
///
/// It proves who sent the request, and not what: only the connection keeps the body from being changed.
pub fn shared_token(name: &'static str, keys: impl Into<Keys>) -> Verifier {
    Verifier::token(keys.into(), move |request| {
        Ok(SignedMessage::new([], header(request, name)?))
    })
}
