//! A key set that is fetched from where its issuer publishes it.

use std::time::Duration;

use http::Uri;
use serde::de::{DeserializeOwned, IgnoredAny};

use super::key_set::KeySetCache;
use super::{JwtVerifier, UNKNOWN_KEY, bearer, token};
use crate::transport::check_plain_http;
use crate::webhook::signature::SignatureError;
use crate::webhook::{Verified, WebhookRequest};
use crate::{Context, Definition, Result};

/// Checks tokens as [`JwtVerifier`] does, against a key set that it fetches itself.
///
/// It belongs to the handlers, which live as long as the process. The keys are fetched when the first
/// token comes, once for however many come at the same time, and again when they are a day old, so that
/// a key that the issuer has taken back is not believed for longer. A token whose key is not among them
/// has them fetched before that, once a minute at most. Both times can be changed.
///
/// Where a newer set cannot be fetched, the old one is used for another hour at most. After a failure
/// nothing is fetched for ten seconds: requests get the old set, or the same failure, without waiting.
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
///     let request = verifier.verify(ctx, request).await?; // or a 401
///     let activity: serde_json::Value = request.json()?;
///     Ok(WebhookResponse::ok())
/// }
/// # assert!(verifier().is_ok());
/// ```
#[derive(Debug)]
#[must_use = "a verifier checks nothing until `verify` is called"]
pub struct FetchingJwtVerifier {
    /// Has no keys of its own.
    checks: JwtVerifier,
    keys: KeySetCache,
}

impl FetchingJwtVerifier {
    /// Checks tokens for this audience by this issuer, with the keys at this address: the `jwks_uri` of
    /// the issuer's metadata.
    ///
    /// # Errors
    ///
    /// The address is none or has no https (this machine alone needs none), or the audience or the issuer is
    /// empty or blank.
    pub fn new(
        address: &str,
        audience: impl Into<String>,
        issuer: impl Into<String>,
    ) -> Result<Self, SignatureError> {
        let unusable = || SignatureError::UnusableSecret {
            expected: "the address of a key set, with https",
        };
        let address: Uri = address.parse().map_err(|_| unusable())?;
        // A key set that can be changed on its way is no proof: no host is allowed beyond this machine.
        check_plain_http(&address, &[]).map_err(|_| unusable())?;
        Ok(Self {
            checks: JwtVerifier::new(r#"{"keys":[]}"#, audience, issuer)?,
            keys: KeySetCache::new(address),
        })
    }

    /// Takes tokens for another audience, too.
    pub fn or_audience(mut self, audience: impl Into<String>) -> Self {
        self.checks = self.checks.or_audience(audience);
        self
    }

    /// Takes tokens by another issuer, too.
    pub fn or_issuer(mut self, issuer: impl Into<String>) -> Self {
        self.checks = self.checks.or_issuer(issuer);
        self
    }

    /// Changes by how much clocks may differ, as [`JwtVerifier::leeway`] does.
    pub fn leeway(mut self, leeway: Duration) -> Self {
        self.checks = self.checks.leeway(leeway);
        self
    }

    /// Changes for how long keys are used that were fetched: a day otherwise.
    pub fn lifetime(mut self, lifetime: Duration) -> Self {
        self.keys.lifetime = lifetime;
        self
    }

    /// Changes for how much longer keys are used while no newer ones can be fetched: an hour otherwise.
    pub fn stale_time(mut self, stale_time: Duration) -> Self {
        self.keys.stale_time = stale_time;
        self
    }

    /// Changes how much time passes at least before keys are fetched again for a token whose key is not
    /// among them: a minute otherwise.
    pub fn pause(mut self, pause: Duration) -> Self {
        self.keys.pause = pause;
        self
    }

    /// Returns the request back as a verified one, as [`JwtVerifier::verify`] does.
    ///
    /// # Errors
    ///
    /// A [`SignatureError`], which is answered with a 401; or the keys are not there, which is a failure
    /// of the integration.
    pub async fn verify<D: Definition>(
        &self,
        ctx: &Context<D>,
        request: WebhookRequest,
    ) -> Result<Verified<WebhookRequest>> {
        self.verify_token::<IgnoredAny, D>(ctx, bearer(&request)?)
            .await?;
        Ok(Verified::new(request))
    }

    /// Returns the claims of a token.
    ///
    /// # Errors
    ///
    /// As those of [`verify`](Self::verify).
    pub async fn verify_token<C: DeserializeOwned, D: Definition>(
        &self,
        ctx: &Context<D>,
        token: &str,
    ) -> Result<Verified<C>> {
        // Nothing is fetched for what is no token.
        token::read(token)?;
        let environment = ctx.environment();
        let kept = self.keys.current(environment).await?;
        let checked = self.checks.claims(&kept.set, token);
        if !matches!(&checked, Err(error) if [UNKNOWN_KEY, SignatureError::NoSecret].contains(error))
        {
            return Ok(checked?);
        }
        let newer = self.keys.newer_than(environment, &kept).await?;
        Ok(self.checks.claims(&newer.set, token)?)
    }
}
