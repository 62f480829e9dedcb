//! A key set that is fetched from where its issuer publishes it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, StatusCode, Uri};
use jsonwebtoken::jwk::JwkSet;
use serde::de::{DeserializeOwned, IgnoredAny};
use tokio::sync::Mutex as Turn;

use super::{JwtVerifier, UNKNOWN_KEY, bearer, read_header};
use crate::client::{RequestBody, exchange};
use crate::webhook::signature::SignatureError;
use crate::webhook::{Verified, WebhookRequest};
use crate::{ClientError, Context, Definition, Environment, Result};

/// How long a fetch may take, and with all attempts.
const TIME_OUT: Duration = Duration::from_secs(10);
const BUDGET: Duration = Duration::from_secs(20);

/// Checks tokens as [`JwtVerifier`] does, against a key set that it fetches itself.
///
/// It belongs to the handlers, which live as long as the process. The keys are fetched when the first
/// token comes, once for however many come at the same time, and again when they are a day old, so that
/// a key that the issuer has taken back is not believed for longer. A token whose key is not among them
/// has them fetched before that, once a minute at most. Both times can be changed.
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
    address: Uri,
    lifetime: Duration,
    pause: Duration,
    keys: Mutex<Keys>,
    turn: Turn<()>,
}

/// What is known of the keys; times are those of the client's clock.
#[derive(Clone, Debug, Default)]
struct Keys {
    kept: Option<Kept>,
    /// When they were last asked for, whatever came of it.
    asked: Option<Duration>,
}

#[derive(Clone, Debug)]
struct Kept {
    set: Arc<JwkSet>,
    fetched: Duration,
}

/// Why there are no keys.
#[derive(Debug, thiserror::Error)]
enum KeySetError {
    #[error("the key set was not fetched")]
    Unreachable(#[source] ClientError),
    #[error("the key set was not fetched: its address answers with {0}")]
    Refused(StatusCode),
    #[error("what is at the address of the key set is none")]
    Unreadable,
    #[error("nobody keeps time: enable the feature `transport`, or set a clock")]
    NoClock,
}

impl FetchingJwtVerifier {
    /// Checks tokens for this audience by this issuer, with the keys at this address: the `jwks_uri` of
    /// the issuer's metadata.
    ///
    /// # Errors
    ///
    /// The address is none or without TLS (which loopback alone needs not), or the audience or the issuer
    /// is empty.
    pub fn new(
        address: &str,
        audience: impl Into<String>,
        issuer: impl Into<String>,
    ) -> Result<Self, SignatureError> {
        let unusable = || SignatureError::UnusableSecret {
            expected: "the address of a key set, with https",
        };
        let address: Uri = address.parse().map_err(|_| unusable())?;
        if !is_safe(&address) {
            return Err(unusable());
        }
        Ok(Self {
            checks: JwtVerifier::new(r#"{"keys":[]}"#, audience, issuer)?,
            address,
            lifetime: Duration::from_hours(24),
            pause: Duration::from_mins(1),
            keys: Mutex::default(),
            turn: Turn::new(()),
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
        self.lifetime = lifetime;
        self
    }

    /// Changes how much time passes at least before keys are fetched again for a token whose key is not
    /// among them: a minute otherwise.
    pub fn pause(mut self, pause: Duration) -> Self {
        self.pause = pause;
        self
    }

    /// Gives the request back as a verified one, as [`JwtVerifier::verify`] does.
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

    /// Gives the claims of a token.
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
        read_header(token)?;
        let environment = ctx.environment();
        let kept = self.keys(environment, None).await?;
        let checked = self.checks.claims(&kept.set, token);
        if !matches!(&checked, Err(error) if [UNKNOWN_KEY, SignatureError::NoSecret].contains(error))
        {
            return Ok(checked?);
        }
        let newer = self.keys(environment, Some(kept.fetched)).await?;
        Ok(self.checks.claims(&newer.set, token)?)
    }

    /// Gives the keys that are kept, or fetches them; those that were fetched at a time may lack one.
    async fn keys(
        &self,
        environment: &Environment,
        lacking: Option<Duration>,
    ) -> Result<Kept, KeySetError> {
        let clock = environment.clock_ref().ok_or(KeySetError::NoClock)?;
        if let Some(kept) = self.usable(clock.now(), lacking) {
            return Ok(kept);
        }
        let _turn = self.turn.lock().await;
        // Whoever had the turn before has fetched them.
        if let Some(kept) = self.usable(clock.now(), lacking) {
            return Ok(kept);
        }
        let asked = clock.now();
        self.known().asked = Some(asked);
        let kept = Kept {
            set: Arc::new(fetch(environment, &self.address).await?),
            fetched: asked,
        };
        self.known().kept = Some(kept.clone());
        Ok(kept)
    }

    fn usable(&self, now: Duration, lacking: Option<Duration>) -> Option<Kept> {
        let Keys { kept, asked } = self.known().clone();
        let age = |since: Duration| now.saturating_sub(since);
        kept.filter(|kept| match lacking {
            None => age(kept.fetched) < self.lifetime,
            Some(fetched) => {
                kept.fetched > fetched || asked.is_some_and(|asked| age(asked) < self.pause)
            }
        })
    }

    fn known(&self) -> MutexGuard<'_, Keys> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn fetch(environment: &Environment, address: &Uri) -> Result<JwkSet, KeySetError> {
    let retries = environment.retries_ref().time_out(TIME_OUT).budget(BUDGET);
    let make = || {
        let mut request = Request::new(RequestBody::from(Bytes::new()));
        *request.method_mut() = Method::GET;
        *request.uri_mut() = address.clone();
        request
    };
    let answer = exchange(environment, &retries, true, make).await;
    let answer = answer.map_err(KeySetError::Unreachable)?;
    if !answer.status().is_success() {
        return Err(KeySetError::Refused(answer.status()));
    }
    serde_json::from_slice(answer.body()).map_err(|_| KeySetError::Unreadable)
}

/// Whoever can change keys on their way can sign.
fn is_safe(address: &Uri) -> bool {
    let host = address.host().unwrap_or_default();
    match address.scheme_str() {
        Some("https") => !host.is_empty(),
        Some("http") => ["localhost", "127.0.0.1", "[::1]"].contains(&host),
        _ => false,
    }
}
