//! Webhook requests that the emulator makes itself, signed as a service does.

use axum::body::to_bytes;
use bytes::Bytes;
use contexture::Secret;

use super::Received;
use crate::platform::Platform;
use crate::platform::answer::Answer;
use crate::platform::error::PlatformError;
use crate::platform::providers::WebhookSigner;
use crate::platform::replay::WebhookSigning;

/// A webhook request of a service.
#[derive(Clone, Default)]
pub struct WebhookCall {
    /// The method; POST by default.
    pub method: Option<String>,
    /// The path behind the address of the webhook; `/` by default.
    pub path: Option<String>,
    /// The query, without `?`.
    pub query: String,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// How it is signed, if it is.
    pub signing: Option<WebhookSigning>,
}

/// Omits what may be secret.
impl std::fmt::Debug for WebhookCall {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("WebhookCall")
            .field("method", &self.method)
            .field("signing", &self.signing)
            .finish_non_exhaustive()
    }
}

impl Platform {
    /// Sends a webhook request to an instance, as a service does.
    ///
    /// # Errors
    ///
    /// There is no such instance, the request cannot be signed, or the storage fails. An answer of the integration is none,
    /// whatever its status.
    pub async fn send_webhook(
        &self,
        webhook_id: &str,
        call: WebhookCall,
    ) -> Result<Answer, PlatformError> {
        let received = self.signed_webhook(webhook_id, call)?;
        let (exchange, response) = self.pass(&received, None, None).await?;
        let (head, body) = response.into_parts();
        Ok(Answer {
            exchange,
            status: head.status,
            headers: head.headers,
            body: to_bytes(body, usize::MAX).await.unwrap_or_default(),
        })
    }

    /// The headers and the body of a webhook request with its signature.
    ///
    /// # Errors
    ///
    /// There is no such instance, the request cannot be signed, or the storage fails.
    pub fn sign_webhook(
        &self,
        webhook_id: &str,
        call: WebhookCall,
    ) -> Result<(Vec<(String, String)>, Bytes), PlatformError> {
        let signed = self.signed_webhook(webhook_id, call)?;
        Ok((signed.headers, signed.body))
    }

    fn signed_webhook(
        &self,
        webhook_id: &str,
        call: WebhookCall,
    ) -> Result<Received, PlatformError> {
        self.instance(webhook_id)?;
        let behind = call.path.as_deref().unwrap_or("/");
        let behind = format!("/{}", behind.trim_start_matches('/'));
        let webhook_url = self.webhook_url(webhook_id);
        let received = Received {
            method: call.method.unwrap_or_else(|| "POST".to_owned()),
            path: format!("/webhook/{webhook_id}{}", behind.trim_end_matches('/')),
            query: call.query,
            headers: call.headers,
            body: call.body.into(),
        };
        let Some(signing) = call.signing else {
            return Ok(received);
        };
        let signer = WebhookSigner {
            provider: signing.provider,
            secret: signing.secret,
            webhook_url: &webhook_url,
            path: &behind,
        };
        signer
            .sign(&received)
            .map_err(|error| PlatformError::CannotSign {
                provider: signing.provider.as_str(),
                reason: error.to_string(),
            })
    }

    /// The name and the value of the secret that webhooks of an instance are signed with: the one with this name, or the only
    /// likely one.
    ///
    /// # Errors
    ///
    /// There is no such secret, or there are several. The error has their names.
    pub fn webhook_secret(
        &self,
        webhook_id: &str,
        name: Option<&str>,
    ) -> Result<(String, Secret), PlatformError> {
        let instance = self.instance(webhook_id)?;
        let secrets = self.secrets_of_author(&instance);
        let named: Vec<_> = secrets.named().collect();
        let is_wanted = |known: &str| match name {
            Some(name) => known.trim_start_matches('/') == name.trim_start_matches('/'),
            None => named.len() == 1 || is_for_signatures(known),
        };
        let mut found = named.iter().filter(|(known, _)| is_wanted(known));
        match (found.next(), found.next()) {
            (Some((name, value)), None) => {
                Ok(((*name).to_owned(), Secret::from((*value).to_owned())))
            }
            _ => Err(PlatformError::NoWebhookSecret {
                known: named.iter().map(|(name, _)| (*name).to_owned()).collect(),
            }),
        }
    }
}

/// Whether a secret seems to be for signatures, by its name.
fn is_for_signatures(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["webhook", "signing", "signature"]
        .iter()
        .any(|part| name.contains(part))
}
