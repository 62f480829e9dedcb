//! Services that sign the body and nothing else. What they sign can be sent again: remember the deliveries.

use crate::webhook::signature::{Algorithm, HeaderSignature, Keys, Verifier};

/// GitHub: the header `x-hub-signature-256`.
///
/// Source: <https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries>.
pub fn github(keys: impl Into<Keys>) -> Verifier {
    let header = HeaderSignature::hex("x-hub-signature-256").prefix("sha256=");
    header.verifier(Algorithm::Sha256, keys)
}

/// Messenger, Instagram and WhatsApp, whose key is the secret of the app: the header `x-hub-signature-256`.
///
/// Source: <https://developers.facebook.com/docs/graph-api/webhooks/getting-started>.
pub fn meta(keys: impl Into<Keys>) -> Verifier {
    github(keys)
}

/// Shopify: the header `x-shopify-hmac-sha256`.
///
/// Source: <https://shopify.dev/docs/apps/build/webhooks/subscribe/https>.
pub fn shopify(keys: impl Into<Keys>) -> Verifier {
    HeaderSignature::base64("x-shopify-hmac-sha256").verifier(Algorithm::Sha256, keys)
}
