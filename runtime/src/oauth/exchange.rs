//! HTTP requests to the provider, sent with the transport of the environment.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::Uri;
use oauth2::{HttpRequest, HttpResponse};

use super::OauthError;
use super::answer::with_whole_seconds;
use crate::client::{Clock, Transport, TransportError, within};
use crate::{Context, Definition, Environment};

/// The timeout for responses of the provider.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Sends the requests of `oauth2`. There are no retries, because codes and many refresh tokens can
/// be used only once.
pub(super) struct Http {
    transport: Arc<dyn Transport>,
    clock: Arc<dyn Clock>,
}

impl Http {
    /// Creates a client for this URL with the transport and the clock of the context.
    ///
    /// # Errors
    ///
    /// Returns an error if the transport or the clock is missing (without a clock, a request could
    /// wait forever), or if the URL uses plain HTTP and the environment does not allow it.
    pub(super) fn new<D: Definition>(ctx: &Context<D>, address: &str) -> Result<Self, OauthError> {
        let environment = ctx.environment();
        let address: Uri = address.parse().map_err(|_| OauthError::Setting {
            what: "the provider's token URL",
        })?;
        let allowed = environment.check_address(&address);
        allowed.map_err(|refused| OauthError::PlainHttp {
            problem: refused.to_string(),
        })?;
        let transport = environment.transport_ref().ok_or(OauthError::Setting {
            what: "the transport (feature `http-client`)",
        })?;
        Ok(Self {
            transport: Arc::clone(transport),
            clock: Arc::clone(clock(environment)?),
        })
    }

    /// Sends one request. Redirects are not followed, so tokens are not sent to other servers.
    pub(super) fn client(&self) -> impl Fn(HttpRequest) -> Sending {
        let (transport, clock) = (Arc::clone(&self.transport), Arc::clone(&self.clock));
        move |request| {
            let answer = transport.send(request.map(|body| Bytes::from(body).into()));
            let clock = Arc::clone(&clock);
            Box::pin(async move {
                let answer = within(clock.as_ref(), TIMEOUT, answer).await;
                let late =
                    || TransportError::timeout("no response from the provider before the timeout");
                let answer = answer.ok_or_else(late)??;
                Ok(answer.map(|body| with_whole_seconds(body.to_vec())))
            })
        }
    }
}

/// Returns the clock for the timeouts of the provider and the store.
pub(super) fn clock(environment: &Environment) -> Result<&Arc<dyn Clock>, OauthError> {
    environment.clock_ref().ok_or(OauthError::Setting {
        what: "the clock (feature `http-client`)",
    })
}

type Sending = Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>> + Send>>;
