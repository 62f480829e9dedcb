//! Replays of recorded exchanges, as they were or edited.

mod api;
mod call;
mod headers;
mod signature;
mod webhook;

use contexture::Secret;
use http::Method;

use super::Platform;
use super::answer::CallProblem;
use super::error::PlatformError;
use super::instance::Instance;
use super::operations::WEBHOOK;
use super::providers::Provider;
use crate::exchange::{Exchange, ExchangeKind, Secrets};

/// What is different in a replay.
#[derive(Clone, Default)]
pub struct ReplayEdit {
    /// Another HTTP method.
    pub method: Option<String>,
    /// Another path with its query.
    pub path: Option<String>,
    /// Other headers in the place of all.
    pub headers: Option<Vec<(String, String)>>,
    /// Another body.
    pub body: Option<Vec<u8>>,
    /// How a webhook is signed, if the emulator cannot find it out.
    pub signing: Option<WebhookSigning>,
}

/// How a webhook is signed.
#[derive(Clone, Debug)]
pub struct WebhookSigning {
    /// The service.
    pub provider: Provider,
    /// The secret that the service and the integration share.
    pub secret: Secret,
}

/// Omits what may be secret.
impl std::fmt::Debug for ReplayEdit {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("ReplayEdit")
            .field("method", &self.method)
            .field("signing", &self.signing)
            .finish_non_exhaustive()
    }
}

impl ReplayEdit {
    fn is_none(&self) -> bool {
        self.method.is_none()
            && self.path.is_none()
            && self.headers.is_none()
            && self.body.is_none()
    }
}

/// A replay that has ended.
#[derive(Debug)]
#[non_exhaustive]
pub struct Replayed {
    /// The id of the new exchange.
    pub exchange: String,
    /// What was wrong with the answer.
    pub problem: Option<CallProblem>,
}

impl Platform {
    /// Repeats an exchange. A call has the configuration that the instance has now, and a new signature. A webhook is signed
    /// again if the service and the secret are known; otherwise the note of the new exchange says why it will not verify.
    ///
    /// # Errors
    ///
    /// There is no such exchange or instance, a part of the exchange was not recorded, or the storage fails.
    pub async fn replay(&self, id: &str, edit: ReplayEdit) -> Result<Replayed, PlatformError> {
        let unknown = || PlatformError::UnknownExchange(id.to_owned());
        let exchange = self.recorder().find(id)?.ok_or_else(unknown)?;
        match exchange.kind {
            ExchangeKind::Api => self.replay_api(&exchange, edit),
            ExchangeKind::Webhook => self.replay_webhook(&exchange, edit).await,
            ExchangeKind::Call => match self.webhook_of(&exchange, &edit)? {
                Some(webhook) => self.replay_webhook(&webhook, edit).await,
                None => self.replay_call(&exchange, edit).await,
            },
        }
    }

    /// The webhook request that a call passes on. Only that can be signed again.
    fn webhook_of(
        &self,
        call: &Exchange,
        edit: &ReplayEdit,
    ) -> Result<Option<Exchange>, PlatformError> {
        match &call.parent {
            Some(parent) if call.name == WEBHOOK && edit.is_none() => {
                Ok(self.recorder().find(parent)?)
            }
            _ => Ok(None),
        }
    }

    fn instance_of(&self, exchange: &Exchange) -> Result<Instance, PlatformError> {
        match &exchange.instance {
            Some(webhook_id) => self.instance(webhook_id),
            None => Err(PlatformError::NoReplay(
                "it belongs to no instance".to_owned(),
            )),
        }
    }
}

/// Reads a method.
fn method_of(method: &str) -> Result<Method, PlatformError> {
    Method::from_bytes(method.as_bytes())
        .map_err(|_| PlatformError::NoReplay(format!("`{method}` is no HTTP method")))
}

/// The body of a replay, with its secrets.
fn replayed_body(
    exchange: &Exchange,
    edited: Option<Vec<u8>>,
    secrets: &Secrets,
) -> Result<Vec<u8>, PlatformError> {
    match (edited, exchange.request.body.note()) {
        (Some(edited), _) => restored(&edited, secrets),
        (None, Some(note)) => Err(PlatformError::NoReplay(format!("only {note}"))),
        (None, None) => restored(exchange.request.body.bytes(), secrets),
    }
}

/// Writes the secrets in the places of their placeholders, which an edited text contains, too.
fn restored(text: &[u8], secrets: &Secrets) -> Result<Vec<u8>, PlatformError> {
    secrets.restore(text).map_err(|names| {
        let names = names.join(", ");
        PlatformError::NoReplay(format!(
            "these secrets were not recorded: {names}; edit it, and write them in the places of their names"
        ))
    })
}

fn restored_text(text: &str, secrets: &Secrets) -> Result<String, PlatformError> {
    let bytes = restored(text.as_bytes(), secrets)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
