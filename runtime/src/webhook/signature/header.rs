//! A signature that is the value of a header.

use base64::Engine as _;

use super::{Algorithm, Keys, SignatureError, SignedMessage, Verifier, keys::LENIENT};
use crate::webhook::WebhookRequest;

/// A signature over the body that stands in a header, as most services have it.
///
/// ```
/// use contexture::Secret;
/// use contexture::webhook::signature::{Algorithm, HeaderSignature};
///
/// let verifier = HeaderSignature::hex("x-acme-signature")
///     .prefix("sha512=")
///     .verifier(Algorithm::Sha512, &Secret::from("s"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct HeaderSignature {
    name: &'static str,
    prefix: &'static str,
    encoding: Encoding,
}

#[derive(Clone, Copy, Debug)]
enum Encoding {
    Hex,
    Base64,
}

impl HeaderSignature {
    /// A signature in hexadecimal digits.
    #[must_use]
    pub const fn hex(name: &'static str) -> Self {
        Self {
            name,
            prefix: "",
            encoding: Encoding::Hex,
        }
    }

    /// A signature in Base64.
    #[must_use]
    pub const fn base64(name: &'static str) -> Self {
        Self {
            name,
            prefix: "",
            encoding: Encoding::Base64,
        }
    }

    /// What stands before the signature, such as `sha256=`.
    #[must_use]
    pub const fn prefix(mut self, prefix: &'static str) -> Self {
        self.prefix = prefix;
        self
    }

    /// Checks that the signature is that of the body.
    pub fn verifier(self, algorithm: Algorithm, keys: impl Into<Keys>) -> Verifier {
        Verifier::hmac(algorithm, keys, move |request| {
            let body = request.body.unverified_bytes();
            Ok(SignedMessage::new(body, self.read(request)?))
        })
    }

    /// Reads the signature, for a service that signs more than the body.
    ///
    /// # Errors
    ///
    /// The header is missing or no signature.
    pub fn read(self, request: &WebhookRequest) -> Result<Vec<u8>, SignatureError> {
        let value = header(request, self.name)?;
        let expected = match self.encoding {
            Encoding::Hex => "a signature in hexadecimal digits",
            Encoding::Base64 => "a signature in Base64",
        };
        let signature = value.strip_prefix(self.prefix);
        let signature = signature.and_then(|text| match self.encoding {
            Encoding::Hex => hex::decode(text).ok(),
            Encoding::Base64 => LENIENT.decode(text).ok(),
        });
        signature.ok_or_else(|| SignatureError::malformed_header(self.name, expected))
    }
}

/// The value of a header, without the blanks around it.
pub(super) fn header<'a>(
    request: &'a WebhookRequest,
    name: &str,
) -> Result<&'a str, SignatureError> {
    let value = request.header(name).map(str::trim);
    value.ok_or_else(|| SignatureError::missing_header(name))
}
