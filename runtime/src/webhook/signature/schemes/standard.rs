//! Standard Webhooks, and its origin Svix.

use base64::Engine as _;

use crate::webhook::signature::form::Form;
use crate::webhook::signature::header::header;
use crate::webhook::signature::keys::{LENIENT, encode_base64};
use crate::webhook::signature::{
    Algorithm, Keys, SignatureError, SignedMessage, Verifier, timestamp,
};

/// The header names of a variant.
#[derive(Clone, Copy)]
struct Headers {
    id: &'static str,
    time: &'static str,
    signature: &'static str,
}

/// Verifies requests of services that follow Standard Webhooks, with the headers `webhook-id`,
/// `webhook-timestamp` and `webhook-signature`. The secret is Base64 with an optional prefix
/// `whsec_` or `v1,whsec_`, or a list of secrets with `|` between them. Public-key signatures (`v1a`) are ignored.
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
    .named("standard_webhooks")
}

/// Verifies requests of services that use Svix. Like [`standard_webhooks`], but with the headers
/// `svix-id`, `svix-timestamp` and `svix-signature`.
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
    .named("svix")
}

fn verifier(keys: &Keys, headers: Headers) -> Verifier {
    // Supabase shows secrets as `v1,whsec_…`, and several of them with `|` between them.
    let keys = keys.split('|', "v1,").without_bare("whsec_");
    let keys = keys.decode("whsec_").ok_or(SignatureError::UnusableSecret {
        expected: "Base64 with an optional prefix `whsec_`",
    });
    let verifier = Verifier::hmac_with(Algorithm::Sha256, keys, move |request| {
        let id = header(request, headers.id)?;
        // A dot ends the id in the signed text. If ids could contain dots, the same text could have
        // several meanings.
        if id.is_empty() || id.contains('.') {
            return Err(SignatureError::malformed_header(
                headers.id,
                "an id without dots",
            ));
        }
        let seconds = header(request, headers.time)?;
        let signed_at = timestamp::seconds(seconds).ok_or_else(|| {
            SignatureError::malformed_header(headers.time, "whole seconds since the Unix epoch")
        })?;
        // With several secrets, there are several signatures, separated by spaces.
        let texts = header(request, headers.signature)?.split_whitespace();
        let signatures = texts.filter_map(|text| LENIENT.decode(text.strip_prefix("v1,")?).ok());
        let signatures: Vec<_> = signatures.collect();
        if signatures.is_empty() {
            return Err(SignatureError::malformed_header(
                headers.signature,
                "`v1,` and a Base64 signature",
            ));
        }
        let body = request.body.unverified_text();
        Ok(SignedMessage {
            messages: vec![format!("{id}.{seconds}.{body}").into_bytes()],
            signatures,
            signed_at: Some(signed_at),
        })
    });
    verifier.with_form(form(headers))
}

/// The form of the headers. A request without an id gets one.
fn form(headers: Headers) -> Form {
    let form = Form::new(move |mut request, signature| {
        let value = format!("v1,{}", encode_base64(signature));
        request.headers.set(headers.signature, value);
        request
    });
    form.after(move |mut request, now| {
        let time = timestamp::to_seconds(now);
        if request.header(headers.id).is_none() {
            request.headers.set(headers.id, format!("msg_{time}"));
        }
        request.headers.set(headers.time, time);
        request
    })
}
