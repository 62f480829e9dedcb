//! HubSpot.

use super::address;
use crate::webhook::WebhookRequest;
use crate::webhook::signature::header::header;
use crate::webhook::signature::{
    Algorithm, HeaderSignature, Keys, SignatureError, SignedMessage, Verifier, timestamp,
};

const TIME: &str = "x-hubspot-request-timestamp";

/// The characters that HubSpot decodes in a URL before it signs it.
const DECODED: [(&str, &str); 12] = [
    ("%3A", ":"),
    ("%2F", "/"),
    ("%3F", "?"),
    ("%40", "@"),
    ("%21", "!"),
    ("%24", "$"),
    ("%27", "'"),
    ("%28", "("),
    ("%29", ")"),
    ("%2A", "*"),
    ("%2C", ","),
    ("%3B", ";"),
];

/// Verifies requests of HubSpot, version 3, with the headers `x-hubspot-signature-v3` and
/// `x-hubspot-request-timestamp`.
///
/// HubSpot also signs the URL. Pass the webhook URL that is configured at HubSpot, without the part
/// after the webhook's id.
///
/// HubSpot joins the URL, the body and the time without separators. So that a captured signature is
/// not valid for another request, the body must be a JSON object or array, and the URL must not
/// contain `{`, `[`, or an escaped `/` or `?` in its path.
///
/// Source: <https://developers.hubspot.com/docs/apps/legacy-apps/authentication/validating-requests>.
pub fn hubspot_v3(keys: impl Into<Keys>, webhook_url: impl Into<String>) -> Verifier {
    let webhook_url = webhook_url.into();
    let signature = HeaderSignature::base64("x-hubspot-signature-v3");
    let form = signature.form().after(|mut request, now| {
        request.headers.set(TIME, timestamp::to_milliseconds(now));
        request
    });
    let verifier = Verifier::hmac(Algorithm::Sha256, keys, move |request| {
        let time = header(request, TIME)?;
        let signed_at = timestamp::milliseconds(time).ok_or_else(|| {
            SignatureError::malformed_header(TIME, "whole milliseconds since the Unix epoch")
        })?;
        check_boundaries(request)?;
        let address = decode(&address::called(&webhook_url, request)?);
        let (method, body) = (&request.method, request.body.unverified_text());
        let message = format!("{method}{address}{body}{time}");
        Ok(SignedMessage::new(message, signature.read(request)?).signed_at(signed_at))
    });
    verifier.with_form(form).named("hubspot_v3")
}

/// Refuses a request if another split into URL, body and time, or another encoding of the URL,
/// could result in the same signed text.
fn check_boundaries(request: &WebhookRequest) -> Result<(), SignatureError> {
    const BODY: [char; 2] = ['{', '['];
    let body = request.body.unverified_text();
    if !body.is_empty() && !body.starts_with(BODY) {
        return Err(SignatureError::Malformed {
            part: "the body".to_owned(),
            expected: "JSON",
        });
    }
    let path = request.path.to_ascii_lowercase();
    let is_escaped = path.contains("%2f") || path.contains("%3f");
    if is_escaped || path.contains(BODY) || request.query.contains(BODY) {
        return Err(address::malformed());
    }
    Ok(())
}

fn decode(address: &str) -> String {
    DECODED
        .iter()
        .fold(address.to_owned(), |address, (from, to)| {
            let address = address.replace(from, to);
            address.replace(&from.to_ascii_lowercase(), to)
        })
}
