//! Services that send the secret itself.

use crate::webhook::signature::form::Form;
use crate::webhook::signature::header::header;
use crate::webhook::signature::{Keys, SignedMessage, Verifier};

/// Verifies requests with the secret in a header, such as Telegram's
/// `x-telegram-bot-api-secret-token`.
///
/// This proves the identity of the sender but not the integrity of the request. Only TLS protects
/// the body from changes.
pub fn shared_token(name: &'static str, keys: impl Into<Keys>) -> Verifier {
    let verifier = Verifier::token(keys.into(), move |request| {
        Ok(SignedMessage::new([], header(request, name)?))
    });
    verifier.with_form(Form::new(move |mut request, token| {
        let token = String::from_utf8_lossy(token).into_owned();
        request.headers.set(name, token);
        request
    }))
}
