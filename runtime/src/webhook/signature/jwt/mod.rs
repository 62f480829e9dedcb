//! JSON Web Tokens that are signed with a key of a published set.

mod claims;
mod fetching;
mod key_set;
mod refused;
mod token;

use std::collections::HashSet;
use std::time::{Duration, SystemTime};

use jsonwebtoken::Algorithm;
use jsonwebtoken::jwk::{Jwk, JwkSet, PublicKeyUse};
use serde::de::{DeserializeOwned, IgnoredAny};

use self::claims::Accepted;
use self::refused::refused;
use super::SignatureError;
use super::header::header;
use crate::value::is_blank;
use crate::webhook::{Verified, WebhookRequest};

pub use self::fetching::FetchingJwtVerifier;

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
    accepted: Accepted,
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
            accepted: Accepted {
                audiences: HashSet::from([audience]),
                issuers: HashSet::from([issuer]),
                leeway: Duration::from_mins(1),
            },
        })
    }

    /// Takes tokens for another audience, too. One that is empty or blank is left out.
    pub fn or_audience(mut self, audience: impl Into<String>) -> Self {
        insert(&mut self.accepted.audiences, audience.into());
        self
    }

    /// Takes tokens by another issuer, too. One that is empty or blank is left out.
    pub fn or_issuer(mut self, issuer: impl Into<String>) -> Self {
        insert(&mut self.accepted.issuers, issuer.into());
        self
    }

    /// Changes by how much clocks may differ: a minute otherwise.
    pub fn leeway(mut self, leeway: Duration) -> Self {
        self.accepted.leeway = leeway;
        self
    }

    /// Returns the claims of a token.
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
        let token = token::read(token)?;
        let key = find(keys, token.key_id.as_deref())?;
        if !permits(key, token.algorithm) {
            return Err(refused("its key is for another use"));
        }
        token.check_signature(key)?;
        let malformed = |_| refused("its claims are not of the expected form");
        let registered = serde_json::from_slice(&token.payload).map_err(malformed)?;
        self.accepted.check(&registered, SystemTime::now())?;
        let claims = serde_json::from_slice(&token.payload).map_err(malformed)?;
        Ok(Verified::new(claims))
    }

    /// Returns the request back as a verified one when the header `authorization` has a token that holds
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
