//! The signature of a webhook that is replayed.

use contexture::Secret;

use super::WebhookSigning;
use crate::exchange::Secrets;
use crate::platform::Platform;
use crate::platform::instance::Instance;
use crate::platform::providers::{Provider, WebhookSigner};
use crate::platform::webhooks::Received;

/// What a replayed webhook is signed with.
pub(super) struct ReplaySignature<'a> {
    pub(super) platform: &'a Platform,
    pub(super) instance: &'a Instance,
    pub(super) secrets: &'a Secrets,
    /// The service and the secret, if they are given.
    pub(super) signing: Option<WebhookSigning>,
}

impl ReplaySignature<'_> {
    /// Signs a request again if the service is known, and the secret with which `recorded` was signed at `at`. Otherwise
    /// returns the request as it is, and why it will not verify.
    pub(super) fn sign(
        &self,
        recorded: &Received,
        edited: Received,
        at: u64,
    ) -> (Received, Option<String>) {
        let given = self.signing.as_ref().map(|signing| signing.provider);
        let Some(provider) = given.or_else(|| Provider::of_headers(&recorded.headers)) else {
            // A request without a known signature needs none, or one that cannot be made here.
            return (edited, None);
        };
        let webhook_url = self.platform.webhook_url(&self.instance.webhook_id);
        let secret = match &self.signing {
            Some(signing) => Some(signing.secret.clone()),
            None => self.find_secret(provider, &webhook_url, recorded, at),
        };
        let Some(secret) = secret else {
            return (edited, Some(without_secret(provider)));
        };
        let path = self.path_behind(&edited);
        let signer = WebhookSigner {
            provider,
            secret,
            webhook_url: &webhook_url,
            path: &path,
        };
        match signer.sign(&edited) {
            Ok(request) => (request, None),
            Err(error) => {
                let name = provider.as_str();
                let note = format!(
                    "the signature of {name} is the recorded one, and will not verify: {error}"
                );
                (edited, Some(note))
            }
        }
    }

    /// Finds the known secret with which a request was signed.
    fn find_secret(
        &self,
        provider: Provider,
        webhook_url: &str,
        recorded: &Received,
        at: u64,
    ) -> Option<Secret> {
        let path = self.path_behind(recorded);
        let secrets = self
            .secrets
            .values()
            .map(|value| Secret::from(value.to_owned()));
        let mut signers = secrets.map(|secret| WebhookSigner {
            provider,
            secret,
            webhook_url,
            path: &path,
        });
        let signer = signers.find(|signer| signer.has_signed(recorded, at))?;
        Some(signer.secret)
    }

    fn path_behind(&self, received: &Received) -> String {
        self.platform.path_behind(&received.path)
    }
}

fn without_secret(provider: Provider) -> String {
    let name = provider.as_str();
    let reason = match provider {
        Provider::Discord | Provider::SendGrid => {
            "only the service has the private key".to_owned()
        }
        _ => "no secret of the configuration or of the integration has signed it; give the secret to sign it again"
            .to_owned(),
    };
    format!("the signature of {name} is the recorded one, and will not verify: {reason}")
}
