//! The signature that GitHub gives its webhooks: an HMAC-SHA-256 over the body.

use contexture::Secret;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// The header that holds the signature.
pub(crate) const HEADER: &str = "x-hub-signature-256";

/// What stands before the digits.
const SCHEME: &str = "sha256=";

/// Why a webhook is not known to come from GitHub.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SignatureError {
    /// Anybody can sign with an empty secret.
    #[error("there is no secret to check the signature with")]
    NoSecret,
    #[error("it has no header {HEADER}")]
    Missing,
    #[error("the header {HEADER} is not `{SCHEME}` and hexadecimal digits")]
    Malformed,
    #[error("the signature belongs to another secret or another body")]
    Mismatch,
}

/// Checks that whoever sent the body knows the secret.
///
/// The body has to be the bytes that came: JSON that was read and written again is another body. The comparison takes
/// the same time wherever the two signatures first differ.
#[must_use = "a webhook whose signature was not looked at may come from anybody"]
pub(crate) fn verify(
    secret: &Secret,
    signature: Option<&str>,
    body: &[u8],
) -> Result<(), SignatureError> {
    let hmac = hmac(secret, body).ok_or(SignatureError::NoSecret)?;
    let signature = signature.ok_or(SignatureError::Missing)?;
    let digits = signature.strip_prefix(SCHEME);
    let digits = digits.ok_or(SignatureError::Malformed)?;
    let expected = hex::decode(digits).map_err(|_| SignatureError::Malformed)?;
    hmac.verify_slice(&expected)
        .map_err(|_| SignatureError::Mismatch)
}

/// Signs as GitHub does, for the demo and the tests; `None` without a secret.
pub(crate) fn sign(secret: &Secret, body: &[u8]) -> Option<String> {
    let digest = hmac(secret, body)?.finalize().into_bytes();
    Some(format!("{SCHEME}{}", hex::encode(digest)))
}

fn hmac(secret: &Secret, body: &[u8]) -> Option<Hmac<Sha256>> {
    let secret = secret.expose().as_bytes();
    if secret.is_empty() {
        return None;
    }
    let mut hmac = Hmac::new_from_slice(secret).ok()?;
    hmac.update(body);
    Some(hmac)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of GitHub's documentation.
    const SECRET: &str = "It's a Secret to Everybody";
    const BODY: &[u8] = b"Hello, World!";
    const SIGNATURE: &str =
        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    fn check(secret: &str, signature: Option<&str>, body: &[u8]) -> Result<(), SignatureError> {
        verify(&Secret::from(secret), signature, body)
    }

    #[test]
    fn the_documented_signature_is_right() {
        assert_eq!(check(SECRET, Some(SIGNATURE), BODY), Ok(()));
        assert_eq!(
            sign(&Secret::from(SECRET), BODY).as_deref(),
            Some(SIGNATURE)
        );
    }

    #[test]
    fn another_body_or_secret_does_not_match() {
        let mismatch = Err(SignatureError::Mismatch);
        assert_eq!(check(SECRET, Some(SIGNATURE), b"Hello, World"), mismatch);
        assert_eq!(check("another", Some(SIGNATURE), BODY), mismatch);
        assert_eq!(check(SECRET, Some(&SIGNATURE[..69]), BODY), mismatch);
    }

    #[test]
    fn what_is_no_signature_is_told_from_a_wrong_one() {
        let malformed = Err(SignatureError::Malformed);
        assert_eq!(check(SECRET, None, BODY), Err(SignatureError::Missing));
        assert_eq!(check(SECRET, Some("sha256=xyz"), BODY), malformed);
        assert_eq!(check(SECRET, Some(&SIGNATURE[7..]), BODY), malformed);
    }

    #[test]
    fn without_a_secret_every_webhook_is_refused() {
        assert_eq!(
            check("", Some(SIGNATURE), BODY),
            Err(SignatureError::NoSecret)
        );
    }
}
