//! What is asked of the provider, by the transport that asks the Botpress API.

use std::pin::Pin;
use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use oauth2::basic::{BasicErrorResponse, BasicTokenResponse};
use oauth2::{HttpRequest, HttpResponse, RequestTokenError, TokenResponse as _};
use serde::Deserialize;

use super::{OauthError, Tokens};
use crate::client::{Transport, TransportError};
use crate::{Context, Definition, Secret};

/// Carries the requests of `oauth2`.
pub(super) struct Http(Arc<dyn Transport>);

impl Http {
    pub(super) fn new<D: Definition>(ctx: &Context<D>) -> Result<Self, OauthError> {
        let transport = ctx.environment().transport_ref();
        let transport = transport.ok_or(OauthError::Setting {
            what: "the transport (feature `transport`)",
        })?;
        Ok(Self(Arc::clone(transport)))
    }

    /// Sends one request, without following where it leads: a token goes nowhere else.
    pub(super) fn client(&self) -> impl Fn(HttpRequest) -> Sending {
        let transport = Arc::clone(&self.0);
        move |request| {
            let answer = transport.send(request.map(|body| Bytes::from(body).into()));
            Box::pin(async move { Ok(answer.await?.map(|body| body.to_vec())) })
        }
    }
}

type Sending = Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>> + Send>>;

type Answer = Result<BasicTokenResponse, RequestTokenError<TransportError, BasicErrorResponse>>;

/// Reads what the provider answered to a request that was made at this time.
pub(super) fn read_tokens(answer: Answer, asked: SystemTime) -> Result<Tokens, OauthError> {
    /// A refusal that came with the status of a success, as GitHub sends it.
    #[derive(Deserialize)]
    struct Refusal {
        error: String,
    }

    match answer {
        Ok(answer) => Ok(Tokens {
            access_token: Secret::from(answer.access_token().secret().as_str()),
            refresh_token: answer
                .refresh_token()
                .map(|token| Secret::from(token.secret().as_str())),
            expires_at: answer
                .expires_in()
                .and_then(|lasts| asked.checked_add(lasts)),
        }),
        Err(RequestTokenError::ServerResponse(refusal)) => {
            Err(OauthError::refused(refusal.error().as_ref()))
        }
        Err(RequestTokenError::Request(error)) => Err(OauthError::Unreachable(error)),
        // The reason is left out: it may quote the answer.
        Err(RequestTokenError::Parse(_, body)) => match serde_json::from_slice(&body) {
            Ok(Refusal { error }) => Err(OauthError::refused(&error)),
            Err(_) => Err(OauthError::Unreadable),
        },
        Err(RequestTokenError::Other(_)) => Err(OauthError::Unreadable),
    }
}
