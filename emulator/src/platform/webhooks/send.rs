//! Webhook requests that the emulator makes in the place of a service.

use contexture::Secret;

use super::Received;
use crate::platform::Platform;
use crate::platform::error::PlatformError;
use crate::platform::providers::WebhookSigner;
use crate::platform::replay::WebhookSigning;

/// A webhook request to an instance.
#[derive(Clone, Default)]
pub struct NewWebhook {
    /// The method; POST if it is empty.
    pub method: String,
    /// The path behind the address of the webhook, such as `/events`.
    pub path: String,
    /// The query, without `?`.
    pub query: String,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// How it is signed.
    pub signing: Option<WebhookSigning>,
}

/// Omits what may be secret.
impl std::fmt::Debug for NewWebhook {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("NewWebhook")
            .field("method", &self.method)
            .field("signing", &self.signing)
            .finish_non_exhaustive()
    }
}

impl Platform {
    /// Sends a webhook request to an instance, signed as the service does. Returns the id of the exchange.
    ///
    /// # Errors
    ///
    /// There is no such instance, the request cannot be signed with this secret, or the storage fails.
    pub async fn send_webhook(
        &self,
        webhook_id: &str,
        webhook: NewWebhook,
    ) -> Result<String, PlatformError> {
        self.instance(webhook_id)?;
        let path = format!("/{}", webhook.path.trim_start_matches('/'));
        let mut received = Received {
            method: match webhook.method.as_str() {
                "" => "POST".to_owned(),
                method => method.to_owned(),
            },
            path: format!("/webhook/{webhook_id}{path}"),
            query: webhook.query,
            headers: webhook.headers,
            body: webhook.body.into(),
        };
        if let Some(WebhookSigning { provider, secret }) = webhook.signing {
            let signer = WebhookSigner {
                provider,
                secret,
                webhook_url: &self.webhook_url(webhook_id),
                path: &path,
            };
            received = signer.sign(&received).map_err(|error| {
                PlatformError::NoSignature(format!("as {}: {error}", provider.as_str()))
            })?;
        }
        let (exchange, _) = self.pass(&received, None, None).await?;
        Ok(exchange)
    }

    /// The names of the secrets that a webhook can be signed with: those of the integration, and JSON pointers of the
    /// configuration.
    ///
    /// # Errors
    ///
    /// There is no such instance, or the storage fails.
    pub fn secret_names(&self, webhook_id: &str) -> Result<Vec<String>, PlatformError> {
        let instance = self.instance(webhook_id)?;
        let secrets = self.shared_secrets(&instance);
        let mut names: Vec<_> = secrets.named().map(|(name, _)| name.to_owned()).collect();
        names.sort();
        names.dedup();
        Ok(names)
    }

    /// The secret with a name of [`secret_names`](Self::secret_names).
    ///
    /// # Errors
    ///
    /// There is no such instance, or the storage fails.
    pub fn named_secret(
        &self,
        webhook_id: &str,
        name: &str,
    ) -> Result<Option<Secret>, PlatformError> {
        let instance = self.instance(webhook_id)?;
        let secrets = self.shared_secrets(&instance);
        let mut named = secrets.named();
        let found = named.find(|(known, _)| *known == name);
        Ok(found.map(|(_, value)| Secret::from(value.to_owned())))
    }
}
