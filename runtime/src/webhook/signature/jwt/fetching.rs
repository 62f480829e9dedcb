//! A verifier that fetches the key set from the issuer.

use std::time::Duration;

use http::Uri;
use serde::de::{DeserializeOwned, IgnoredAny};

use super::key_set::KeySetCache;
use super::{JwtVerifier, SCHEME, UNKNOWN_KEY, bearer, token};
use crate::transport::check_plain_http;
use crate::webhook::signature::SignatureError;
use crate::webhook::{Verified, WebhookRequest};
use crate::{Context, Definition, Result};

/// Verifies tokens as [`JwtVerifier`] does, with a key set that it fetches.
///
/// Store it in the handlers, which live as long as the process. The keys are fetched when the first
/// token arrives; concurrent requests share the fetch. They are fetched again when they are a day
/// old, so that a revoked key is not accepted for longer. If the key of a token is not in the set,
/// the set is fetched earlier, but at most once a minute. Both durations can be changed.
///
/// If a new set cannot be fetched, the old one is used for at most another hour. After a failed
/// fetch there are no fetches for 10 seconds: requests use the old set or get the same error,
/// without waiting.
///
/// ```
/// use contexture::webhook::signature::jwt::FetchingJwtVerifier;
/// use contexture::webhook::{WebhookRequest, WebhookResponse};
/// use contexture::{Context, Definition, Result};
///
/// fn verifier() -> Result<FetchingJwtVerifier> {
///     let keys = "https://login.botframework.com/v1/.well-known/keys";
///     Ok(FetchingJwtVerifier::new(keys, "my-app-id", "https://api.botframework.com")?)
/// }
///
/// async fn handle<D: Definition>(
///     verifier: &FetchingJwtVerifier, ctx: &Context<D>, request: WebhookRequest,
/// ) -> Result<WebhookResponse> {
///     let request = verifier.verify(ctx, request).await?; // On failure: a 401.
///     let activity: serde_json::Value = request.json()?;
///     Ok(WebhookResponse::ok())
/// }
/// # assert!(verifier().is_ok());
/// ```
#[derive(Debug)]
#[must_use = "a verifier checks nothing until `verify` is called"]
pub struct FetchingJwtVerifier {
    /// Has no keys itself.
    checks: JwtVerifier,
    keys: KeySetCache,
}

impl FetchingJwtVerifier {
    /// Creates a verifier for tokens with this audience and this issuer. `address` is the URL of
    /// the key set: `jwks_uri` in the issuer's metadata.
    ///
    /// # Errors
    ///
    /// Returns an error if the address is not a URL or does not use HTTPS (plain HTTP is allowed
    /// only for the local machine), or if the audience or the issuer is empty or blank.
    pub fn new(
        address: &str,
        audience: impl Into<String>,
        issuer: impl Into<String>,
    ) -> Result<Self, SignatureError> {
        let unusable = || SignatureError::UnusableSecret {
            expected: "the HTTPS URL of a key set",
        };
        let address: Uri = address.parse().map_err(|_| unusable())?;
        // A key set that can be changed in transit proves nothing, so plain HTTP is allowed only
        // for the local machine.
        check_plain_http(&address, &[]).map_err(|_| unusable())?;
        Ok(Self {
            checks: JwtVerifier::new(r#"{"keys":[]}"#, audience, issuer)?,
            keys: KeySetCache::new(address),
        })
    }

    /// Also accepts tokens for another audience.
    pub fn or_audience(mut self, audience: impl Into<String>) -> Self {
        self.checks = self.checks.or_audience(audience);
        self
    }

    /// Also accepts tokens of another issuer.
    pub fn or_issuer(mut self, issuer: impl Into<String>) -> Self {
        self.checks = self.checks.or_issuer(issuer);
        self
    }

    /// Sets the tolerance for clock differences, as [`JwtVerifier::leeway`] does.
    pub fn leeway(mut self, leeway: Duration) -> Self {
        self.checks = self.checks.leeway(leeway);
        self
    }

    /// Sets how long fetched keys are used. The default is one day.
    pub fn lifetime(mut self, lifetime: Duration) -> Self {
        self.keys.lifetime = lifetime;
        self
    }

    /// Sets how much longer the old keys are used if new ones cannot be fetched. The default is one
    /// hour.
    pub fn stale_time(mut self, stale_time: Duration) -> Self {
        self.keys.stale_time = stale_time;
        self
    }

    /// Sets the minimum time between fetches for tokens whose key is not in the set. The default is
    /// one minute.
    pub fn pause(mut self, pause: Duration) -> Self {
        self.keys.pause = pause;
        self
    }

    /// Verifies a request and returns it as a verified request, as [`JwtVerifier::verify`] does.
    ///
    /// # Errors
    ///
    /// Returns a [`SignatureError`], which results in a 401, if the token is invalid. Returns
    /// another error if the keys cannot be fetched.
    pub async fn verify<D: Definition>(
        &self,
        ctx: &Context<D>,
        request: WebhookRequest,
    ) -> Result<Verified<WebhookRequest>> {
        let outcome = match bearer(&request) {
            Ok(token) => self.check_token::<IgnoredAny, D>(ctx, token).await?,
            Err(refused) => Err(refused),
        };
        request.body.verification.note(SCHEME, &outcome);
        outcome?;
        Ok(Verified::new(request))
    }

    /// Verifies a token and returns its claims.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`verify`](Self::verify).
    pub async fn verify_token<C: DeserializeOwned, D: Definition>(
        &self,
        ctx: &Context<D>,
        token: &str,
    ) -> Result<Verified<C>> {
        Ok(self.check_token(ctx, token).await??)
    }

    /// Checks a token. The outer error is that of a fetch.
    async fn check_token<C: DeserializeOwned, D: Definition>(
        &self,
        ctx: &Context<D>,
        token: &str,
    ) -> Result<Result<Verified<C>, SignatureError>> {
        // Malformed tokens do not cause a fetch.
        if let Err(malformed) = token::read(token) {
            return Ok(Err(malformed));
        }
        let environment = ctx.environment();
        let kept = self.keys.current(environment).await?;
        let checked = self.checks.claims(&kept.set, token);
        if !matches!(&checked, Err(error) if [UNKNOWN_KEY, SignatureError::NoSecret].contains(error))
        {
            return Ok(checked);
        }
        let newer = self.keys.newer_than(environment, &kept).await?;
        Ok(self.checks.claims(&newer.set, token))
    }
}
