//! JSON Web Tokens that are signed with a key of a published key set.

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

/// Verifies tokens with a key set: the signature, the audience, the issuer and the validity period.
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
    /// Creates a verifier for tokens with this audience and this issuer.
    ///
    /// `key_set` is the JSON that the issuer publishes (RFC 7517) at the `jwks_uri` of its
    /// metadata. Issuers rotate their keys; [`FetchingJwtVerifier`] fetches them when needed.
    ///
    /// # Errors
    ///
    /// Returns an error if `key_set` is not a key set, or if the audience or the issuer is empty or
    /// blank.
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

    /// Also accepts tokens for another audience. An empty or blank one is ignored.
    pub fn or_audience(mut self, audience: impl Into<String>) -> Self {
        insert(&mut self.accepted.audiences, audience.into());
        self
    }

    /// Also accepts tokens of another issuer. An empty or blank one is ignored.
    pub fn or_issuer(mut self, issuer: impl Into<String>) -> Self {
        insert(&mut self.accepted.issuers, issuer.into());
        self
    }

    /// Sets the tolerance for clock differences. The default is one minute.
    pub fn leeway(mut self, leeway: Duration) -> Self {
        self.accepted.leeway = leeway;
        self
    }

    /// Verifies a token and returns its claims.
    ///
    /// # Errors
    ///
    /// Returns an error if the token is not signed with a key of the set, if its audience, issuer
    /// or validity period is not accepted, or if its claims do not fit the type.
    #[must_use = "an unverified token may come from anyone"]
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
            return Err(refused("the key is for another use"));
        }
        token.check_signature(key)?;
        let malformed = |_| refused("the claims do not have the expected form");
        let registered = serde_json::from_slice(&token.payload).map_err(malformed)?;
        self.accepted.check(&registered, SystemTime::now())?;
        let claims = serde_json::from_slice(&token.payload).map_err(malformed)?;
        Ok(Verified::new(claims))
    }

    /// Verifies the token in the header `authorization` (`Bearer …`) and returns the request as a
    /// verified request.
    ///
    /// This proves the identity of the sender but not the integrity of the request. Only TLS
    /// protects the body from changes.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`verify_token`](Self::verify_token), and an error if the header is
    /// missing or malformed.
    #[must_use = "an unverified request may come from anyone"]
    pub fn verify(
        &self,
        request: WebhookRequest,
    ) -> Result<Verified<WebhookRequest>, SignatureError> {
        let token = bearer(&request);
        let outcome = token.and_then(|token| self.verify_token::<IgnoredAny>(token));
        request.body.verification.note(SCHEME, &outcome);
        outcome.map(|_| Verified::new(request))
    }
}

fn insert(names: &mut HashSet<String>, name: String) {
    if !is_blank(&name) {
        names.insert(name);
    }
}

/// The name of the scheme in metrics.
const SCHEME: &str = "jwt";

/// Returns the token of a request.
fn bearer(request: &WebhookRequest) -> Result<&str, SignatureError> {
    const HEADER: &str = "authorization";
    let token = header(request, HEADER)?.split_once(' ');
    let token = token.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let (_, token) =
        token.ok_or_else(|| SignatureError::malformed_header(HEADER, "`Bearer` and a token"))?;
    Ok(token.trim())
}

/// The error for a token whose key may be newer than the key set.
const UNKNOWN_KEY: SignatureError = refused("the key is not in the key set");

fn find<'a>(keys: &'a JwkSet, id: Option<&str>) -> Result<&'a Jwk, SignatureError> {
    let key = match (id, keys.keys.as_slice()) {
        (_, []) => return Err(SignatureError::NoSecret),
        (Some(id), _) => keys.find(id),
        (None, [key]) => Some(key),
        (None, _) => None,
    };
    key.ok_or(UNKNOWN_KEY)
}

/// Returns whether a key may verify signatures of this algorithm. A key without restrictions may.
fn permits(key: &Jwk, algorithm: Algorithm) -> bool {
    let named = key.common.key_algorithm;
    let named = named.is_none_or(|named| named.to_string() == format!("{algorithm:?}"));
    let signs = matches!(
        key.common.public_key_use,
        None | Some(PublicKeyUse::Signature)
    );
    named && signs
}
