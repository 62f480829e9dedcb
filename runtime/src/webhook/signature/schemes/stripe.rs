//! Stripe.

use crate::webhook::signature::form::Form;
use crate::webhook::signature::header::header;
use crate::webhook::signature::keys::{decode_hex, encode_hex};
use crate::webhook::signature::{
    Algorithm, Keys, SignatureError, SignedMessage, Verifier, timestamp,
};

const HEADER: &str = "stripe-signature";

/// Verifies requests of Stripe, with the header `stripe-signature`. It contains the time and a
/// signature for each secret of the endpoint. The secret is used unchanged, including `whsec_`.
///
/// Source: <https://docs.stripe.com/webhooks#verify-manually>.
pub fn stripe(keys: impl Into<Keys>) -> Verifier {
    // The prefix is public.
    let keys = keys.into().without_bare("whsec_");
    let verifier = Verifier::hmac(Algorithm::Sha256, keys, |request| {
        let malformed =
            || SignatureError::malformed_header(HEADER, "`t=` and `v1=`, separated by commas");
        let parts = header(request, HEADER)?.split(',');
        let parts: Vec<_> = parts
            .filter_map(|part| part.trim().split_once('='))
            .collect();
        let mut times = parts.iter().filter(|(name, _)| *name == "t");
        let (Some((_, seconds)), None) = (times.next(), times.next()) else {
            return Err(malformed());
        };
        // Schemes other than v1 are only for Stripe's tests, and weaker.
        let signatures = parts.iter().filter(|(name, _)| *name == "v1");
        let signatures: Vec<_> = signatures
            .filter_map(|(_, text)| decode_hex(text))
            .collect();
        if signatures.is_empty() {
            return Err(malformed());
        }
        let body = request.body.unverified_text();
        Ok(SignedMessage {
            messages: vec![format!("{seconds}.{body}").into_bytes()],
            signatures,
            signed_at: Some(timestamp::seconds(seconds).ok_or_else(malformed)?),
        })
    });
    verifier.with_form(form()).named("stripe")
}

/// The form of the header: first the time, then the signature behind it.
fn form() -> Form {
    let form = Form::new(|mut request, signature| {
        let time = request.header(HEADER).unwrap_or_default();
        let value = format!("{time},v1={}", encode_hex(signature));
        request.headers.set(HEADER, value);
        request
    });
    form.after(|mut request, now| {
        let time = format!("t={}", timestamp::to_seconds(now));
        request.headers.set(HEADER, time);
        request
    })
}
