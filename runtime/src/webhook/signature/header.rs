//! Signatures in a header.

use base64::Engine as _;

use super::{
    Algorithm, Keys, SignatureError, SignedMessage, Verifier,
    form::Form,
    keys::{LENIENT, decode_hex, encode_base64, encode_hex},
};
use crate::webhook::WebhookRequest;

/// A signature of the body in a header. Most services sign this way.
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
    /// Creates a scheme with a hexadecimal signature in the header `name`.
    #[must_use]
    pub const fn hex(name: &'static str) -> Self {
        Self {
            name,
            prefix: "",
            encoding: Encoding::Hex,
        }
    }

    /// Creates a scheme with a Base64 signature in the header `name`.
    #[must_use]
    pub const fn base64(name: &'static str) -> Self {
        Self {
            name,
            prefix: "",
            encoding: Encoding::Base64,
        }
    }

    /// Sets the prefix of the signature, such as `sha256=`.
    #[must_use]
    pub const fn prefix(mut self, prefix: &'static str) -> Self {
        self.prefix = prefix;
        self
    }

    /// Creates a verifier of the body's signature.
    pub fn verifier(self, algorithm: Algorithm, keys: impl Into<Keys>) -> Verifier {
        let verifier = Verifier::hmac(algorithm, keys, move |request| {
            let body = request.body.unverified_bytes();
            Ok(SignedMessage::new(body, self.read(request)?))
        });
        verifier.with_form(self.form())
    }

    /// Returns the form in which this header is added.
    pub(super) fn form(self) -> Form {
        Form::new(move |mut request, signature| {
            let text = match self.encoding {
                Encoding::Hex => encode_hex(signature),
                Encoding::Base64 => encode_base64(signature),
            };
            let value = format!("{}{text}", self.prefix);
            request.headers.set(self.name, value);
            request
        })
    }

    /// Reads the signature, for services that do not sign only the body.
    ///
    /// # Errors
    ///
    /// Returns an error if the header is missing or does not contain a signature in this encoding.
    pub fn read(self, request: &WebhookRequest) -> Result<Vec<u8>, SignatureError> {
        let value = header(request, self.name)?;
        let expected = match self.encoding {
            Encoding::Hex => "a hexadecimal signature",
            Encoding::Base64 => "a Base64 signature",
        };
        let signature = value.strip_prefix(self.prefix);
        let signature = signature.and_then(|text| match self.encoding {
            Encoding::Hex => decode_hex(text),
            Encoding::Base64 => LENIENT.decode(text).ok(),
        });
        signature.ok_or_else(|| SignatureError::malformed_header(self.name, expected))
    }
}

/// Returns the value of a header, without surrounding whitespace.
pub(super) fn header<'a>(
    request: &'a WebhookRequest,
    name: &str,
) -> Result<&'a str, SignatureError> {
    let value = request.header(name).map(str::trim);
    value.ok_or_else(|| SignatureError::missing_header(name))
}
