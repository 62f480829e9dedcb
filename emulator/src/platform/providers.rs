//! The services whose webhooks the emulator can sign.

use std::time::{Duration, UNIX_EPOCH};

use contexture::Secret;
use contexture::webhook::WebhookRequest;
use contexture::webhook::signature::{self, SignatureError, Verifier};

use super::webhooks::Received;

/// A service that signs its webhooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Provider {
    /// Discord, which signs with a private key.
    Discord,
    /// GitHub.
    GitHub,
    /// HubSpot, version 3.
    HubSpot,
    /// Linear.
    Linear,
    /// Messenger, Instagram and WhatsApp.
    Meta,
    /// `SendGrid`, which signs with a private key.
    SendGrid,
    /// Shopify.
    Shopify,
    /// Slack.
    Slack,
    /// Services that follow Standard Webhooks.
    StandardWebhooks,
    /// Stripe.
    Stripe,
    /// Services that use Svix.
    Svix,
    /// Telegram, which sends the secret itself.
    Telegram,
    /// Twilio.
    Twilio,
    /// Zoom.
    Zoom,
}

/// The header that a service's requests have.
struct Row {
    provider: Provider,
    name: &'static str,
    header: &'static str,
}

/// All services. If two have one header, the first one is taken.
const ROWS: [Row; 14] = [
    row(Provider::Discord, "discord", "x-signature-ed25519"),
    row(Provider::GitHub, "github", "x-github-event"),
    row(Provider::HubSpot, "hubspot", "x-hubspot-signature-v3"),
    row(Provider::Linear, "linear", "linear-signature"),
    row(Provider::Meta, "meta", "x-hub-signature-256"),
    row(
        Provider::SendGrid,
        "sendgrid",
        "x-twilio-email-event-webhook-signature",
    ),
    row(Provider::Shopify, "shopify", "x-shopify-hmac-sha256"),
    row(Provider::Slack, "slack", "x-slack-signature"),
    row(
        Provider::StandardWebhooks,
        "standard-webhooks",
        "webhook-signature",
    ),
    row(Provider::Stripe, "stripe", "stripe-signature"),
    row(Provider::Svix, "svix", "svix-signature"),
    row(Provider::Telegram, "telegram", TELEGRAM),
    row(Provider::Twilio, "twilio", "x-twilio-signature"),
    row(Provider::Zoom, "zoom", "x-zm-signature"),
];

const TELEGRAM: &str = "x-telegram-bot-api-secret-token";

const fn row(provider: Provider, name: &'static str, header: &'static str) -> Row {
    Row {
        provider,
        name,
        header,
    }
}

impl Provider {
    /// The names of all services.
    pub fn names() -> impl Iterator<Item = &'static str> {
        ROWS.iter().map(|row| row.name)
    }

    /// The service with a name, such as `github`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let row = ROWS.iter().find(|row| row.name == name)?;
        Some(row.provider)
    }

    /// The name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        let row = ROWS.iter().find(|row| row.provider == self);
        row.map_or("", |row| row.name)
    }

    /// Signs a request as the service does now. Some services sign the address of the webhook, too.
    ///
    /// # Errors
    ///
    /// Only the service can sign, the secret has another form, or the request lacks something.
    pub fn sign(
        self,
        secret: &Secret,
        webhook_url: &str,
        request: WebhookRequest,
    ) -> Result<WebhookRequest, SignatureError> {
        self.verifier(secret, webhook_url)?.sign(request)
    }

    /// The service that has sent a request with these headers.
    pub(super) fn of_headers(headers: &[(String, String)]) -> Option<Self> {
        let has = |row: &&Row| {
            let mut names = headers.iter();
            names.any(|(name, _)| name.eq_ignore_ascii_case(row.header))
        };
        let row = ROWS.iter().find(has)?;
        Some(row.provider)
    }

    fn verifier(self, secret: &Secret, webhook_url: &str) -> Result<Verifier, SignatureError> {
        Ok(match self {
            Self::Discord | Self::SendGrid => return Err(SignatureError::CannotSign),
            Self::GitHub => signature::github(secret),
            Self::HubSpot => signature::hubspot_v3(secret, webhook_url),
            Self::Linear => signature::linear(secret),
            Self::Meta => signature::meta(secret),
            Self::Shopify => signature::shopify(secret),
            Self::Slack => signature::slack(secret),
            Self::StandardWebhooks => signature::standard_webhooks(secret),
            Self::Stripe => signature::stripe(secret),
            Self::Svix => signature::svix(secret),
            Self::Telegram => signature::shared_token(TELEGRAM, secret),
            Self::Twilio => signature::twilio(secret, webhook_url),
            Self::Zoom => signature::zoom(secret),
        })
    }
}

/// A signature of a service's webhooks.
pub(super) struct WebhookSigner<'a> {
    pub(super) provider: Provider,
    pub(super) secret: Secret,
    /// The address of the webhook, which some services sign.
    pub(super) webhook_url: &'a str,
    /// The path behind that address.
    pub(super) path: &'a str,
}

impl WebhookSigner<'_> {
    /// Signs a request as the service does now.
    pub(super) fn sign(&self, received: &Received) -> Result<Received, SignatureError> {
        let verifier = self.verifier()?;
        let signed = verifier.sign(self.request(received))?;
        let headers = signed.headers.iter();
        Ok(Received {
            headers: headers
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            body: match signed.body.unverified_text() {
                text if text.as_bytes() == received.text().as_bytes() => received.body.clone(),
                text => text.to_owned().into(),
            },
            ..received.clone()
        })
    }

    /// Whether a request was signed with the secret, at a time in milliseconds since the Unix epoch.
    pub(super) fn has_signed(&self, received: &Received, at: u64) -> bool {
        let at = UNIX_EPOCH + Duration::from_millis(at);
        let verified = self
            .verifier()
            .and_then(|verifier| verifier.verify_at(self.request(received), at));
        verified.is_ok()
    }

    fn verifier(&self) -> Result<Verifier, SignatureError> {
        self.provider.verifier(&self.secret, self.webhook_url)
    }

    fn request(&self, received: &Received) -> WebhookRequest {
        let request = WebhookRequest::new(&received.method, self.path).with_query(&received.query);
        let headers = received.headers.iter();
        headers
            .fold(request, |request, (name, value)| {
                request.with_header(name, value)
            })
            .with_body(received.text())
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    #[test]
    fn each_name_leads_to_its_service() {
        for name in Provider::names() {
            let provider = Provider::from_name(name).unwrap();
            assert_eq!(provider.as_str(), name);
        }
        assert_eq!(Provider::from_name("other"), None);
    }

    #[test]
    fn github_is_told_apart_from_meta() {
        let header = |name: &str| (name.to_owned(), "x".to_owned());
        let both = [header("X-Hub-Signature-256"), header("X-GitHub-Event")];
        assert_eq!(Provider::of_headers(&both), Some(Provider::GitHub));
        assert_eq!(Provider::of_headers(&both[..1]), Some(Provider::Meta));
        assert_eq!(Provider::of_headers(&[]), None);
    }

    #[test]
    fn what_is_signed_verifies_and_its_service_is_found() {
        let received = Received {
            method: "POST".to_owned(),
            path: "/webhook/webhook_1/in".to_owned(),
            query: String::new(),
            headers: vec![("x-github-event".to_owned(), "push".to_owned())],
            body: r#"{"a":1}"#.into(),
        };
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let now = u64::try_from(now.as_millis()).unwrap();
        for name in Provider::names() {
            let provider = Provider::from_name(name).unwrap();
            let mut received = received.clone();
            if provider != Provider::GitHub {
                received.headers.clear();
            }
            let signer = |secret: &str| WebhookSigner {
                provider,
                secret: Secret::from(secret.to_owned()),
                webhook_url: "https://webhook.test/webhook_1",
                path: "/in",
            };
            let (right, wrong) = (signer("c2VjcmV0IHNlY3JldA=="), signer("b3RoZXIgc2VjcmV0"));
            match right.sign(&received) {
                Ok(request) => {
                    assert_eq!(Provider::of_headers(&request.headers), Some(provider));
                    assert!(right.has_signed(&request, now), "{name}");
                    assert!(!wrong.has_signed(&request, now), "{name}");
                }
                Err(error) => {
                    let is_private = matches!(provider, Provider::Discord | Provider::SendGrid);
                    assert!(is_private, "{name}: {error}");
                }
            }
        }
    }
}
