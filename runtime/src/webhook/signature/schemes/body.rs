//! Services that sign only the body. Their requests can be replayed, so remember the deliveries.

use crate::webhook::signature::{Algorithm, HeaderSignature, Keys, Verifier};

/// Verifies requests of GitHub, which has the signature in the header `x-hub-signature-256`.
///
/// Source: <https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries>.
pub fn github(keys: impl Into<Keys>) -> Verifier {
    let header = HeaderSignature::hex("x-hub-signature-256").prefix("sha256=");
    header.verifier(Algorithm::Sha256, keys).named("github")
}

/// Verifies requests of Messenger, Instagram and WhatsApp, which have the signature in the header
/// `x-hub-signature-256`. The key is the app secret.
///
/// Source: <https://developers.facebook.com/docs/graph-api/webhooks/getting-started>.
pub fn meta(keys: impl Into<Keys>) -> Verifier {
    github(keys).named("meta")
}

/// Verifies requests of Shopify, which has the signature in the header `x-shopify-hmac-sha256`.
///
/// Source: <https://shopify.dev/docs/apps/build/webhooks/subscribe/https>.
pub fn shopify(keys: impl Into<Keys>) -> Verifier {
    let header = HeaderSignature::base64("x-shopify-hmac-sha256");
    header.verifier(Algorithm::Sha256, keys).named("shopify")
}
