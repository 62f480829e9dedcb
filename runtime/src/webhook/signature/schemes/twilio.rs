//! Twilio.

use form_urlencoded::parse;
use subtle::ConstantTimeEq as _;

use super::address;
use crate::crypto::sha256;
use crate::webhook::WebhookRequest;
use crate::webhook::signature::keys::encode_hex;
use crate::webhook::signature::{
    Algorithm, HeaderSignature, Keys, SignatureError, SignedMessage, Verifier,
};

/// Verifies requests of Twilio, with the header `x-twilio-signature`.
///
/// Twilio also signs the URL. Pass the webhook URL that is configured at Twilio, without the part
/// after the webhook's id.
///
/// Twilio joins the names and values of a form without separators and does not sign a timestamp. A
/// captured signature is therefore valid for every form whose names and values result in the same
/// text, and the request can be replayed. Deserialize the form into a type that requires the fields
/// that Twilio always sends, such as `AccountSid` and `CallSid` or `MessageSid`, and remember these
/// ids ([`Deliveries`](crate::webhook::Deliveries)).
///
/// If the body is not a form, its hash in the query (`bodySHA256`) is signed.
///
/// Source: <https://www.twilio.com/docs/usage/webhooks/webhooks-security>.
pub fn twilio(keys: impl Into<Keys>, webhook_url: impl Into<String>) -> Verifier {
    let webhook_url = webhook_url.into();
    let signature = HeaderSignature::base64("x-twilio-signature");
    let form = signature.form();
    let verifier = Verifier::hmac(Algorithm::Sha1, keys, move |request| {
        let signature = signature.read(request)?;
        let address = address::called(&webhook_url, request)?;
        let fields = signed_fields(request)?;
        let claim = SignedMessage::new(format!("{address}{fields}"), signature);
        // Twilio includes the port in some URLs and omits it in others.
        Ok(match other_port(&address) {
            Some(address) => claim.or_message(format!("{address}{fields}")),
            None => claim,
        })
    });
    verifier.with_form(form).named("twilio")
}

/// Returns the fields of a form, sorted by name. For another body, checks its hash in the query and
/// returns nothing.
fn signed_fields(request: &WebhookRequest) -> Result<String, SignatureError> {
    let body = request.body.unverified_bytes();
    let mut query = parse(request.query.as_bytes());
    if let Some((_, hash)) = query.find(|(name, _)| name == "bodySHA256") {
        let expected = encode_hex(sha256(body).as_ref());
        let same = expected
            .as_bytes()
            .ct_eq(hash.to_ascii_lowercase().as_bytes());
        return if bool::from(same) {
            Ok(String::new())
        } else {
            Err(SignatureError::Mismatch)
        };
    }
    let mut fields: Vec<_> = parse(body).collect();
    // A field without a name could take over the text of the field before it.
    if fields.iter().any(|(name, _)| name.is_empty()) {
        return Err(SignatureError::Malformed {
            part: "the body".to_owned(),
            expected: "a form whose fields have names",
        });
    }
    fields.sort();
    // A repeated value is signed once.
    fields.dedup();
    Ok(fields
        .iter()
        .flat_map(|(name, value)| [&**name, &**value])
        .collect())
}

/// Returns the URL with the default port of its scheme, or without its port if it has one.
fn other_port(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let host = match host.rsplit_once(':') {
        Some((host, _)) => host.to_owned(),
        None => format!("{host}:{}", if scheme == "http" { 80 } else { 443 }),
    };
    Some(format!("{scheme}://{host}{path}"))
}

#[cfg(test)]
mod tests {
    use super::other_port;

    #[test]
    fn a_port_is_added_or_taken_away() {
        let pairs = [
            ("https://a.test/x?y", "https://a.test:443/x?y"),
            ("http://a.test", "http://a.test:80"),
            ("https://a.test:8443/x", "https://a.test/x"),
        ];
        for (address, other) in pairs {
            assert_eq!(other_port(address).as_deref(), Some(other));
        }
        assert_eq!(other_port("a.test"), None);
    }
}
