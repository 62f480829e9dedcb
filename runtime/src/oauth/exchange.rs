//! Requests to the provider, over the transport that reaches the Botpress API.

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

/// How long a provider may take to answer.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Carries the requests of `oauth2`. Each is sent once, since a code or a refresh token can be used once.
pub(super) struct Http {
    transport: Arc<dyn Transport>,
    clock: Arc<dyn Clock>,
}

impl Http {
    /// Takes the transport and the clock of the context, for requests to this address.
    ///
    /// # Errors
    ///
    /// One of them is missing, since without a clock a request could wait for ever; or the address is one
    /// of plain http that the environment does not allow.
    pub(super) fn new<D: Definition>(ctx: &Context<D>, address: &str) -> Result<Self, OauthError> {
        let environment = ctx.environment();
        let address: Uri = address.parse().map_err(|_| OauthError::Setting {
            what: "the address of the provider's tokens",
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

    /// Sends one request, without following redirects: a token goes nowhere else.
    pub(super) fn client(&self) -> impl Fn(HttpRequest) -> Sending {
        let (transport, clock) = (Arc::clone(&self.transport), Arc::clone(&self.clock));
        move |request| {
            let answer = transport.send(request.map(|body| Bytes::from(body).into()));
            let clock = Arc::clone(&clock);
            Box::pin(async move {
                let answer = within(clock.as_ref(), TIMEOUT, answer).await;
                let late = || TransportError::timeout("the provider did not answer in time");
                let answer = answer.ok_or_else(late)??;
                Ok(answer.map(|body| with_whole_seconds(body.to_vec())))
            })
        }
    }
}

/// The clock that limits how long the provider and the store may take.
pub(super) fn clock(environment: &Environment) -> Result<&Arc<dyn Clock>, OauthError> {
    environment.clock_ref().ok_or(OauthError::Setting {
        what: "the clock (feature `http-client`)",
    })
}

type Sending = Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>> + Send>>;
