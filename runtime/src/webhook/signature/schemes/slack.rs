//! Services that sign a version, the time and the body, joined by colons: Slack and Zoom.

use crate::webhook::signature::header::header;
use crate::webhook::signature::{
    Algorithm, HeaderSignature, Keys, SignatureError, SignedMessage, Verifier, timestamp,
};

/// Verifies requests of Slack, with the headers `x-slack-signature` and
/// `x-slack-request-timestamp`.
///
/// Source: <https://docs.slack.dev/authentication/verifying-requests-from-slack>.
pub fn slack(keys: impl Into<Keys>) -> Verifier {
    versioned(keys, "x-slack-signature", "x-slack-request-timestamp").named("slack")
}

/// Verifies requests of Zoom, with the headers `x-zm-signature` and `x-zm-request-timestamp`.
///
/// Source: <https://developers.zoom.us/docs/api/webhooks/#verify-webhook-events>.
pub fn zoom(keys: impl Into<Keys>) -> Verifier {
    versioned(keys, "x-zm-signature", "x-zm-request-timestamp").named("zoom")
}

fn versioned(keys: impl Into<Keys>, signature: &'static str, time: &'static str) -> Verifier {
    let signature = HeaderSignature::hex(signature).prefix("v0=");
    let form = signature.form().after(move |mut request, now| {
        request.headers.set(time, timestamp::to_seconds(now));
        request
    });
    let verifier = Verifier::hmac(Algorithm::Sha256, keys, move |request| {
        let seconds = header(request, time)?;
        let signed_at = timestamp::seconds(seconds).ok_or_else(|| {
            SignatureError::malformed_header(time, "whole seconds since the Unix epoch")
        })?;
        let body = request.body.unverified_text();
        let message = format!("v0:{seconds}:{body}");
        Ok(SignedMessage::new(message, signature.read(request)?).signed_at(signed_at))
    });
    verifier.with_form(form)
}
