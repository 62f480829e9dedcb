//! HTTP requests to the provider, sent with the transport of the environment.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Response, Uri};
use oauth2::{HttpRequest, HttpResponse};

use super::OauthError;
use super::provider_response::{NoTokens, standard_form};
use super::refusal::Refusal;
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
                let answer = answer.ok_or_else(late)?;
                standard_response(&answer?)
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

type Sending = Pin<Box<dyn Future<Output = Result<HttpResponse, SendError>> + Send>>;

/// The reason why there is no response with tokens.
#[derive(Debug, thiserror::Error)]
pub(super) enum SendError {
    #[error(transparent)]
    Transport(#[from] TransportError),
    #[error("the provider refused the request")]
    Refused(Refusal),
    #[error("the response is not readable")]
    Unreadable,
}

/// Converts a response to the form that `oauth2` reads.
fn standard_response(response: &Response<Bytes>) -> Result<HttpResponse, SendError> {
    match standard_form(response) {
        Ok(tokens) => Ok(Response::new(tokens.to_string().into_bytes())),
        Err(NoTokens::Refused(refusal)) => Err(SendError::Refused(refusal)),
        Err(NoTokens::Unreadable) => Err(SendError::Unreadable),
    }
}
