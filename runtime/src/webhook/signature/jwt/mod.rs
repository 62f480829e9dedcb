//! JSON Web Tokens that are signed with a key of a published set.

mod fetching;

use std::collections::HashSet;
use std::time::Duration;

use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::jwk::{Jwk, JwkSet, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation, decode, decode_header};
use serde::de::{DeserializeOwned, IgnoredAny};

use super::SignatureError;
use super::header::header;
use crate::secret::is_blank;
use crate::webhook::{Verified, WebhookRequest};

pub use self::fetching::FetchingJwtVerifier;

/// Signatures that a public key checks. With the others (HS256) whoever knows the key set could sign.
const ALGORITHMS: [Algorithm; 9] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];

/// Checks tokens against a key set: the signature, for whom and by whom the token is, and until when.
///
/// ```
/// # fn example(key_set: &str) -> contexture::Result {
/// use contexture::webhook::signature::jwt::JwtVerifier;
///
/// let verifier = JwtVerifier::new(key_set, "my-app-id", "https://api.botframework.com")?;
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
#[must_use = "a verifier checks nothing until `verify` is called"]
pub struct JwtVerifier {
    keys: JwkSet,
    audiences: HashSet<String>,
    issuers: HashSet<String>,
    leeway: Duration,
}

impl JwtVerifier {
    /// Checks tokens for this audience by this issuer.
    ///
    /// The key set is the JSON that the issuer publishes (RFC 7517), at the address `jwks_uri` of its metadata. Keys
    /// are replaced now and then: [`FetchingJwtVerifier`] fetches them, and fetches them anew.
    ///
    /// # Errors
    ///
    /// The text is no key set, or the audience or the issuer is empty or blank.
    pub fn new(
        key_set: &str,
        audience: impl Into<String>,
        issuer: impl Into<String>,
    ) -> Result<Self, SignatureError> {
        let keys = serde_json::from_str(key_set).map_err(|_| SignatureError::UnusableSecret {
            expected: "a JSON Web Key Set",
        })?;
        let (audience, issuer) = (audience.into(), issuer.into());
        if is_blank(&audience) || is_blank(&issuer) {
            return Err(SignatureError::UnusableSecret {
                expected: "an audience and an issuer that are not blank",
            });
        }
        Ok(Self {
            keys,
            audiences: HashSet::from([audience]),
            issuers: HashSet::from([issuer]),
            leeway: Duration::from_mins(1),
        })
    }

    /// Takes tokens for another audience, too. One that is empty or blank is left out.
    pub fn or_audience(mut self, audience: impl Into<String>) -> Self {
        insert(&mut self.audiences, audience.into());
        self
    }

    /// Takes tokens by another issuer, too. One that is empty or blank is left out.
    pub fn or_issuer(mut self, issuer: impl Into<String>) -> Self {
        insert(&mut self.issuers, issuer.into());
        self
    }

    /// Changes by how much clocks may differ: a minute otherwise. Fractions of a second do not count.
    pub fn leeway(mut self, leeway: Duration) -> Self {
        self.leeway = leeway;
        self
    }

    /// Gives the claims of a token.
    ///
    /// # Errors
    ///
    /// The token is not signed with a key of the set, is for or by somebody else, is not of this time, or its claims
    /// are not of this form.
    #[must_use = "a token that was not verified may come from anybody"]
    pub fn verify_token<C: DeserializeOwned>(
        &self,
        token: &str,
    ) -> Result<Verified<C>, SignatureError> {
        self.claims(&self.keys, token)
    }

    fn claims<C: DeserializeOwned>(
        &self,
        keys: &JwkSet,
        token: &str,
    ) -> Result<Verified<C>, SignatureError> {
        let header = read_header(token)?;
        let key = find(keys, header.kid.as_deref())?;
        if !permits(key, header.alg) {
            return Err(refused("its key is for another use"));
        }
        let key = DecodingKey::from_jwk(key).map_err(|error| refusal(error.kind()))?;
        let claims = decode::<C>(token, &key, &self.validation(header.alg));
        let claims = claims.map_err(|error| refusal(error.kind()))?.claims;
        Ok(Verified::new(claims))
    }

    /// Gives the request back as a verified one when the header `authorization` has a token that holds
    /// (`Bearer …`).
    ///
    /// It proves who sent the request, and not what: only the connection keeps the body from being changed.
    ///
    /// # Errors
    ///
    /// As those of [`verify_token`](Self::verify_token), or there is no such header.
    #[must_use = "a request that was not verified may come from anybody"]
    pub fn verify(
        &self,
        request: WebhookRequest,
    ) -> Result<Verified<WebhookRequest>, SignatureError> {
        self.verify_token::<IgnoredAny>(bearer(&request)?)?;
        Ok(Verified::new(request))
    }

    fn validation(&self, algorithm: Algorithm) -> Validation {
        let mut validation = Validation::new(algorithm);
        validation.required_spec_claims = ["exp", "aud", "iss"]
            .into_iter()
            .map(str::to_owned)
            .collect();
        validation.leeway = self.leeway.as_secs();
        validation.validate_nbf = true;
        validation.aud = Some(self.audiences.clone());
        validation.iss = Some(self.issuers.clone());
        validation
    }
}

fn insert(names: &mut HashSet<String>, name: String) {
    if !is_blank(&name) {
        names.insert(name);
    }
}

/// The token that a request carries.
fn bearer(request: &WebhookRequest) -> Result<&str, SignatureError> {
    const HEADER: &str = "authorization";
    let token = header(request, HEADER)?.split_once(' ');
    let token = token.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let (_, token) =
        token.ok_or_else(|| SignatureError::malformed_header(HEADER, "`Bearer` and a token"))?;
    Ok(token.trim())
}

/// Reads which key signed a token, which has to be a public one.
fn read_header(token: &str) -> Result<Header, SignatureError> {
    let header = decode_header(token).map_err(|error| refusal(error.kind()))?;
    if ALGORITHMS.contains(&header.alg) {
        Ok(header)
    } else {
        Err(refused("its algorithm is not one of public keys"))
    }
}

/// Why a token is refused whose key may be a newer one.
const UNKNOWN_KEY: SignatureError = refused("its key is not in the key set");

fn find<'a>(keys: &'a JwkSet, id: Option<&str>) -> Result<&'a Jwk, SignatureError> {
    let key = match (id, keys.keys.as_slice()) {
        (_, []) => return Err(SignatureError::NoSecret),
        (Some(id), _) => keys.find(id),
        (None, [key]) => Some(key),
        (None, _) => None,
    };
    key.ok_or(UNKNOWN_KEY)
}

/// Whether a key says that it may check signatures of this algorithm; a key that says nothing may.
fn permits(key: &Jwk, algorithm: Algorithm) -> bool {
    let named = key.common.key_algorithm;
    let named = named.is_none_or(|named| named.to_string() == format!("{algorithm:?}"));
    let signs = matches!(
        key.common.public_key_use,
        None | Some(PublicKeyUse::Signature)
    );
    named && signs
}

const fn refused(reason: &'static str) -> SignatureError {
    SignatureError::Token { reason }
}

/// Says why without quoting the token.
fn refusal(kind: &ErrorKind) -> SignatureError {
    refused(match kind {
        ErrorKind::InvalidSignature => return SignatureError::Mismatch,
        ErrorKind::ExpiredSignature => "it has expired",
        ErrorKind::ImmatureSignature => "it is not valid yet",
        ErrorKind::InvalidAudience => "it is for another audience",
        ErrorKind::InvalidIssuer => "it is by another issuer",
        ErrorKind::MissingRequiredClaim(_) => "it lacks one of the claims `exp`, `aud`, `iss`",
        ErrorKind::InvalidAlgorithm => "its algorithm is not that of its key",
        ErrorKind::InvalidAlgorithmName | ErrorKind::UnsupportedAlgorithm => {
            "its algorithm is not known"
        }
        _ => "it is not a token of the expected form",
    })
}
