//! Verification of webhook signatures.
//!
//! A scheme creates a [`Verifier`] from its secrets. The verifier checks a request and returns it
//! as a [`Verified`](super::Verified) request, whose body can be read:
//!
//! ```
//! use contexture::webhook::{WebhookRequest, WebhookResponse, signature};
//! use contexture::{Result, Secret};
//!
//! fn handle(secret: &Secret, request: WebhookRequest) -> Result<WebhookResponse> {
//!     let request = signature::github(secret).verify(request)?;
//!     let payload: serde_json::Value = request.json()?;
//!     Ok(WebhookResponse::text(format!("got {}", payload["action"])))
//! }
//! # let forged = WebhookRequest::new("POST", "/").with_body("{}");
//! # assert!(handle(&Secret::from("s"), forged).is_err());
//! ```
//!
//! Through `?`, an error results in a 401 and a warning in the log. All schemes have these
//! properties:
//!
//! - The raw bytes are verified, in constant time.
//! - Without a secret, all requests are refused. Empty and blank secrets are ignored.
//! - Several secrets are tried, so that a secret can be rotated without downtime.
//! - If the timestamp is signed, it may differ from the current time by [`DEFAULT_TOLERANCE`] in
//!   both directions. [`Verifier::within`] changes the tolerance.
//! - Errors never show the expected signature.
//! - [`Verifier::sign`] signs a request as the service does, for tests.
//! - Metrics count the refused requests by scheme and kind, and a hook reports them
//!   ([`Service::on_refused_webhook`](crate::Service::on_refused_webhook)).
//!
//! | function | services |
//! |---|---|
//! | [`github`], [`meta`] | GitHub; Messenger, Instagram, WhatsApp |
//! | [`slack`], [`zoom`] | Slack, Zoom |
//! | [`stripe`] | Stripe |
//! | [`standard_webhooks`], [`svix`] | services that follow Standard Webhooks, such as Resend and Clerk |
//! | [`shopify`], [`linear`] | Shopify, Linear |
//! | [`hubspot_v3`], [`twilio`] | HubSpot and Twilio, which also sign the URL |
//! | `discord`, `sendgrid` (feature `public-key-signatures`) | Discord, SendGrid, which sign with a private key |
//! | [`shared_token`] | services that send the secret itself, such as Telegram |
//! | [`HeaderSignature`], [`Verifier::hmac`] | other services that sign with HMAC |
//! | `jwt` (feature `jwt`) | services that send a JSON Web Token; the keys are fetched or configured |

mod algorithm;
mod error;
mod form;
mod header;
#[cfg(feature = "jwt")]
pub mod jwt;
#[cfg(all(feature = "public-key-signatures", not(target_family = "wasm")))]
mod key_pair;
mod keys;
#[cfg(feature = "public-key-signatures")]
mod public_key;
mod refused_webhook;
mod schemes;
mod signed_message;
mod signing;
mod timestamp;
mod verifier;

#[cfg(all(feature = "public-key-signatures", not(target_family = "wasm")))]
pub use self::key_pair::KeyPair;
#[cfg(feature = "public-key-signatures")]
pub use self::schemes::{discord, sendgrid};
pub use self::{
    algorithm::{Algorithm, Tag},
    error::SignatureError,
    header::HeaderSignature,
    keys::Keys,
    refused_webhook::RefusedWebhook,
    schemes::{
        github, hubspot_v3, linear, meta, shared_token, shopify, slack, standard_webhooks, stripe,
        svix, twilio, zoom,
    },
    signed_message::SignedMessage,
    timestamp::check_time,
    verifier::{DEFAULT_TOLERANCE, Verifier},
};
