//! Webhooks of services.

use contexture::Secret;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Control;
use super::body::Refusal;
use super::called::Called;
use crate::platform::{Provider, WebhookCall, WebhookSigning};

/// A webhook request.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Webhook {
    method: Option<String>,
    path: Option<String>,
    #[serde(default)]
    query: String,
    #[serde(default)]
    headers: Vec<(String, String)>,
    #[serde(default)]
    body: String,
    /// The service that signs it.
    provider: Option<String>,
    /// The secret itself.
    secret: Option<String>,
    /// The name of the secret, in the configuration or in the integration.
    secret_name: Option<String>,
}

/// A webhook of an instance.
#[derive(Deserialize)]
pub(super) struct WebhookOf {
    instance: Option<String>,
    #[serde(flatten)]
    webhook: Webhook,
}

impl Control {
    pub(super) async fn send_webhook(
        &self,
        webhook_id: &str,
        webhook: Webhook,
    ) -> Result<Called, Refusal> {
        let call = self.webhook_call(webhook_id, webhook)?;
        let answer = self.platform.send_webhook(webhook_id, call).await?;
        let status = answer.status;
        Ok(Called {
            exchange: Some(answer.exchange),
            problem: (!status.is_success() && !status.is_redirection())
                .then(|| format!("the webhook was answered with {status}")),
        })
    }

    /// The headers and the body of a signed webhook.
    pub(super) fn sign(&self, new: WebhookOf) -> Result<Value, Refusal> {
        let instance = self.instance(new.instance.as_deref())?;
        let id = &instance.webhook_id;
        let call = self.webhook_call(id, new.webhook)?;
        let (headers, body) = self.platform.sign_webhook(id, call)?;
        Ok(json!({ "headers": headers, "body": String::from_utf8_lossy(&body) }))
    }

    fn webhook_call(&self, webhook_id: &str, webhook: Webhook) -> Result<WebhookCall, Refusal> {
        let signing = match &webhook.provider {
            Some(name) => Some(self.signing(webhook_id, name, &webhook)?),
            None => None,
        };
        Ok(WebhookCall {
            method: webhook.method,
            path: webhook.path,
            query: webhook.query,
            headers: webhook.headers,
            body: webhook.body.into_bytes(),
            signing,
        })
    }

    fn signing(
        &self,
        webhook_id: &str,
        provider: &str,
        webhook: &Webhook,
    ) -> Result<WebhookSigning, Refusal> {
        let secret = if let Some(secret) = &webhook.secret {
            Secret::from(secret.clone())
        } else {
            let name = webhook.secret_name.as_deref();
            self.platform.webhook_secret(webhook_id, name)?.1
        };
        Ok(WebhookSigning {
            provider: provider_named(provider)?,
            secret,
        })
    }
}

pub(super) fn provider_named(name: &str) -> Result<Provider, Refusal> {
    Provider::from_name(name).ok_or_else(|| {
        let known: Vec<_> = Provider::names().collect();
        Refusal::wrong(format!(
            "no service is named `{name}`: {}",
            known.join(", ")
        ))
    })
}
