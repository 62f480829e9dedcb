//! The header `X-BP-Signature`.

use std::time::SystemTime;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use subtle::ConstantTimeEq as _;

use super::{CallSignatureError, SigningSecretError, secrets::SigningSecrets};
use crate::crypto::{HmacKey, Mac};
use crate::unix_time::{milliseconds, to_milliseconds};

/// The name of the header.
pub(super) const HEADER: &str = "x-bp-signature";

/// The maximum number of signatures in one header: one for each secret during rotations.
const MOST_SIGNATURES: usize = 5;

/// A 32-byte hash.
pub(super) type Hash = [u8; 32];

/// A parsed header. It proves nothing until its hashes are compared.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Signature<'a> {
    /// The time as it was sent, which is a part of the signed message.
    time: &'a str,
    pub(super) signed_at: SystemTime,
    hashes: Vec<Hash>,
}

impl<'a> Signature<'a> {
    pub(super) fn parse(header: &'a str) -> Result<Self, CallSignatureError> {
        let (time, hashes) = header
            .split_once(',')
            .ok_or(CallSignatureError::Malformed)?;
        let signed_at = milliseconds(time).ok_or(CallSignatureError::Malformed)?;
        let hashes: Option<Vec<Hash>> = hashes
            .split(',')
            .take(MOST_SIGNATURES + 1)
            .map(|hash| BASE64_URL_SAFE_NO_PAD.decode(hash).ok()?.try_into().ok())
            .collect();
        match hashes {
            Some(hashes) if hashes.len() <= MOST_SIGNATURES => Ok(Self {
                time,
                signed_at,
                hashes,
            }),
            _ => Err(CallSignatureError::Malformed),
        }
    }

    /// Returns whether a hash matches a secret. All pairs are compared, each in constant time.
    pub(super) fn matches(&self, secrets: &SigningSecrets, body: &[u8]) -> bool {
        secrets.all().iter().fold(false, |matched, secret| {
            let expected = mac(secret, self.time, body);
            self.hashes.iter().fold(matched, |matched, hash| {
                matched | bool::from(expected.as_ref().ct_eq(hash))
            })
        })
    }

    /// Returns a hash that names the signed message, whichever of the signatures were sent.
    pub(super) fn identity(&self, secrets: &SigningSecrets, body: &[u8]) -> Hash {
        let mac = mac(secrets.first(), self.time, body);
        mac.as_ref().try_into().expect("SHA-256 has 32 bytes")
    }
}

fn mac(secret: &HmacKey, time: &str, body: &[u8]) -> Mac {
    secret.sign(&[time.as_bytes(), b".", body])
}

/// Signs calls as Botpress does, for tests and for programs that stand in for Botpress.
///
/// ```
/// # fn example() -> Result<(), contexture::SigningSecretError> {
/// use std::time::SystemTime;
///
/// let signer = contexture::CallSigner::new(["c2VjcmV0"])?;
/// let header = signer.sign(b"{}", SystemTime::now());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct CallSigner(SigningSecrets);

impl CallSigner {
    /// Creates a signer that signs with each of the secrets. A secret is base64url text, as the admin
    /// API returns it.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no secret, or if one is blank or not base64url.
    pub fn new<V: AsRef<str>>(
        secrets: impl IntoIterator<Item = V>,
    ) -> Result<Self, SigningSecretError> {
        SigningSecrets::decode(secrets).map(Self)
    }

    /// Returns the value of the header `X-BP-Signature` for a body that is sent at `time`. A time
    /// before 1970 counts as 1970.
    #[must_use]
    pub fn sign(&self, body: &[u8], time: SystemTime) -> String {
        let time = to_milliseconds(time);
        self.0.all().iter().fold(time.clone(), |header, secret| {
            let hash = mac(secret, &time, body);
            format!("{header},{}", BASE64_URL_SAFE_NO_PAD.encode(hash))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    /// Computed with Python's `hmac`, for the secret `secret`.
    const HEADER_OF_EMPTY_OBJECT: &str =
        "1700000000000,g5khbRESh-O7KOJcD08x3_34McaMnuK5bC9nybgdNBs";

    #[test]
    fn a_header_is_a_time_and_up_to_five_hashes() {
        let hash = BASE64_URL_SAFE_NO_PAD.encode([7; 32]);
        let parse = |header: String| Signature::parse(&header).map(|found| found.hashes.len());
        assert_eq!(parse(format!("1,{hash}")), Ok(1));
        assert_eq!(parse(format!("1{}", format!(",{hash}").repeat(5))), Ok(5));
        for malformed in [
            String::new(),
            "1".to_owned(),
            "1,".to_owned(),
            format!(",{hash}"),
            format!("01,{hash}"),
            format!("+1,{hash}"),
            format!("1, {hash}"),
            format!("1,{hash}="),
            format!("1,{hash},"),
            format!("1,{}", &hash[1..]),
            format!("99999999999999999999,{hash}"),
            format!("1{}", format!(",{hash}").repeat(6)),
        ] {
            assert_eq!(
                parse(malformed.clone()),
                Err(CallSignatureError::Malformed),
                "{malformed}"
            );
        }
    }

    #[test]
    fn a_signature_is_that_of_the_documented_algorithm() {
        let signer = CallSigner::new(["c2VjcmV0"]).unwrap();
        let time = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        assert_eq!(signer.sign(b"{}", time), HEADER_OF_EMPTY_OBJECT);
    }
}
