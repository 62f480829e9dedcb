//! Twilio.

use form_urlencoded::parse;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::address;
use crate::webhook::WebhookRequest;
use crate::webhook::signature::{
    Algorithm, HeaderSignature, Keys, SignatureError, SignedMessage, Verifier,
};

/// Twilio: the header `x-twilio-signature`. It signs the address, too: give the one that Twilio was told, without
/// the part behind the webhook's id.
///
/// Twilio joins the names and the values of a form without anything between them, and signs no time. By its scheme a
/// captured signature fits each form whose names and values give the same text, and can be sent again: read the fields
/// into a type that requires the ones that Twilio always sends, such as `AccountSid` and `CallSid` or `MessageSid`, and
/// remember these ids ([`Deliveries`](crate::webhook::Deliveries)).
///
/// A body that is no form is signed by its hash in the query (`bodySHA256`).
///
/// Source: <https://www.twilio.com/docs/usage/webhooks/webhooks-security>.
pub fn twilio(keys: impl Into<Keys>, webhook_url: impl Into<String>) -> Verifier {
    let webhook_url = webhook_url.into();
    let signature = HeaderSignature::base64("x-twilio-signature");
    Verifier::hmac(Algorithm::Sha1, keys, move |request| {
        let signature = signature.read(request)?;
        let address = address::called(&webhook_url, request)?;
        let fields = signed_fields(request)?;
        let claim = SignedMessage::new(format!("{address}{fields}"), signature);
        // Twilio writes the port of some addresses, and leaves it out of others.
        Ok(match other_port(&address) {
            Some(address) => claim.or_message(format!("{address}{fields}")),
            None => claim,
        })
    })
}

/// The fields of a form, by name; of another body nothing, once its hash was seen to be the one in the query.
fn signed_fields(request: &WebhookRequest) -> Result<String, SignatureError> {
    let body = request.body.unverified_bytes();
    let mut query = parse(request.query.as_bytes());
    if let Some((_, hash)) = query.find(|(name, _)| name == "bodySHA256") {
        let expected = hex::encode(Sha256::digest(body));
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
    // A field without a name could take the text of the one before it.
    if fields.iter().any(|(name, _)| name.is_empty()) {
        return Err(SignatureError::Malformed {
            part: "the body".to_owned(),
            expected: "a form whose fields have names",
        });
    }
    fields.sort();
    // A value that is given twice is signed once.
    fields.dedup();
    Ok(fields
        .iter()
        .flat_map(|(name, value)| [&**name, &**value])
        .collect())
}

/// The address with the port of its scheme, or without a port where it has one.
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
