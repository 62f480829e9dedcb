//! Services that sign the time and the body with a private key: Discord and `SendGrid`.

use std::time::SystemTime;

use base64::Engine as _;

use crate::webhook::WebhookRequest;
use crate::webhook::signature::form::Form;
use crate::webhook::signature::keys::{LENIENT, decode_hex, encode_base64, encode_hex};
use crate::webhook::signature::public_key::{PublicKey, ed25519_keys, p256_keys};
use crate::webhook::signature::{
    Keys, SignatureError, SignedMessage, Verifier, header::header, timestamp,
};

/// Verifies requests of Discord (interactions and webhook events), with the headers
/// `x-signature-ed25519` and `x-signature-timestamp`. The key is the application's public key, in
/// hexadecimal.
///
/// Discord sends requests with wrong signatures to check that they are rejected with a 401.
///
/// Source: <https://discord.com/developers/docs/interactions/overview#setting-up-an-endpoint>.
pub fn discord(public_keys: impl Into<Keys>) -> Verifier {
    const SIGNATURE: &str = "x-signature-ed25519";
    const TIME: &str = "x-signature-timestamp";

    let keys = ed25519_keys(&public_keys.into()).ok_or(SignatureError::UnusableSecret {
        expected: "a public key of 64 hexadecimal digits",
    });
    let decode = |text: &str| decode_hex(text);
    let read = move |request: &WebhookRequest| timed(request, SIGNATURE, TIME, decode);
    let form = Form::new(|mut request, signature| {
        request.headers.set(SIGNATURE, encode_hex(signature));
        request
    });
    let verifier = Verifier::public_key(PublicKey::Ed25519, keys, read).named("discord");
    verifier.with_form(form.after(at(TIME)))
}

/// Verifies requests of the Event Webhook of `SendGrid`, with the headers
/// `x-twilio-email-event-webhook-signature` and `x-twilio-email-event-webhook-timestamp`. The key is
/// the verification key that `SendGrid` shows, in Base64.
///
/// Source: <https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features>.
pub fn sendgrid(public_keys: impl Into<Keys>) -> Verifier {
    const SIGNATURE: &str = "x-twilio-email-event-webhook-signature";
    const TIME: &str = "x-twilio-email-event-webhook-timestamp";

    let keys = p256_keys(&public_keys.into()).ok_or(SignatureError::UnusableSecret {
        expected: "a public key in Base64, as SendGrid shows it",
    });
    let decode = |text: &str| LENIENT.decode(text).ok();
    let read = move |request: &WebhookRequest| timed(request, SIGNATURE, TIME, decode);
    let form = Form::new(|mut request, signature| {
        request.headers.set(SIGNATURE, encode_base64(signature));
        request
    });
    let verifier = Verifier::public_key(PublicKey::EcdsaP256, keys, read).named("sendgrid");
    verifier.with_form(form.after(at(TIME)))
}

/// Reads a signature of the time and the body.
fn timed(
    request: &WebhookRequest,
    signature: &str,
    time: &str,
    decode: impl Fn(&str) -> Option<Vec<u8>>,
) -> Result<SignedMessage, SignatureError> {
    let signed = decode(header(request, signature)?);
    let signed =
        signed.ok_or_else(|| SignatureError::malformed_header(signature, "a signature"))?;
    let seconds = header(request, time)?;
    let signed_at = timestamp::seconds(seconds).ok_or_else(|| {
        SignatureError::malformed_header(time, "whole seconds since the Unix epoch")
    })?;
    let body = request.body.unverified_bytes();
    let message = [seconds.as_bytes(), body].concat();
    Ok(SignedMessage::new(message, signed).signed_at(signed_at))
}

fn at(header: &'static str) -> impl Fn(WebhookRequest, SystemTime) -> WebhookRequest {
    move |mut request, now| {
        request.headers.set(header, timestamp::to_seconds(now));
        request
    }
}
