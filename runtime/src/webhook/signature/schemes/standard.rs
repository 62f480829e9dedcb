//! Standard Webhooks, and Svix, which they come from.

use base64::Engine as _;

use crate::webhook::signature::header::header;
use crate::webhook::signature::keys::LENIENT;
use crate::webhook::signature::{
    Algorithm, Keys, SignatureError, SignedMessage, Verifier, timestamp,
};

/// The names of the headers of a dialect.
#[derive(Clone, Copy)]
struct Headers {
    id: &'static str,
    time: &'static str,
    signature: &'static str,
}

/// Services that follow Standard Webhooks: the headers `webhook-id`, `webhook-timestamp` and `webhook-signature`. The
/// secret is Base64, with or without `whsec_` before it. Signatures with public keys (`v1a`) are not read.
///
/// Source: <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>.
pub fn standard_webhooks(keys: impl Into<Keys>) -> Verifier {
    verifier(
        &keys.into(),
        Headers {
            id: "webhook-id",
            time: "webhook-timestamp",
            signature: "webhook-signature",
        },
    )
}

/// Services that send by Svix: as [`standard_webhooks`], in the headers `svix-id`, `svix-timestamp` and
/// `svix-signature`.
///
/// Source: <https://docs.svix.com/receiving/verifying-payloads/how-manual>.
pub fn svix(keys: impl Into<Keys>) -> Verifier {
    verifier(
        &keys.into(),
        Headers {
            id: "svix-id",
            time: "svix-timestamp",
            signature: "svix-signature",
        },
    )
}

fn verifier(keys: &Keys, headers: Headers) -> Verifier {
    let keys = keys.clone().without_bare("whsec_");
    let keys = keys.decode("whsec_").ok_or(SignatureError::UnusableSecret {
        expected: "Base64, with or without `whsec_` before it",
    });
    Verifier::hmac_with(Algorithm::Sha256, keys, move |request| {
        let id = header(request, headers.id)?;
        // A dot ends the id in the signed text: with dots in it the same text could be read in another way.
        if id.is_empty() || id.contains('.') {
            return Err(SignatureError::malformed_header(
                headers.id,
                "an id without dots",
            ));
        }
        let seconds = header(request, headers.time)?;
        let signed_at = timestamp::seconds(seconds).ok_or_else(|| {
            SignatureError::malformed_header(headers.time, "whole seconds since 1970")
        })?;
        // Several secrets give several signatures, by blanks.
        let texts = header(request, headers.signature)?.split_whitespace();
        let signatures = texts.filter_map(|text| LENIENT.decode(text.strip_prefix("v1,")?).ok());
        let signatures: Vec<_> = signatures.collect();
        if signatures.is_empty() {
            return Err(SignatureError::malformed_header(
                headers.signature,
                "`v1,` and a signature in Base64",
            ));
        }
        let body = request.body.unverified_text();
        Ok(SignedMessage {
            messages: vec![format!("{id}.{seconds}.{body}").into_bytes()],
            signatures,
            signed_at: Some(signed_at),
        })
    })
}
