//! Whether a request comes from whom it says it comes from.
//!
//! A scheme makes a [`Verifier`] of its secrets; the verifier takes a request and gives it back as a
//! [`Verified`](super::Verified) one, whose body can be read:
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
//! Through `?` a refusal is answered with a 401 and logged as a warning. What all schemes share:
//!
//! - The bytes that came are checked, and compared in a time that does not tell where they differ.
//! - Without a secret everything is refused; one that is empty or blank counts as none.
//! - Several secrets are tried, so that one can be replaced while both are in use.
//! - Where the sender signs the time, it may be off by [`DEFAULT_TOLERANCE`], into the past and into the future,
//!   unless [`Verifier::within`] says otherwise.
//! - Errors never show the signature that would be right.
//!
//! | function | who signs so |
//! |---|---|
//! | [`github`], [`meta`] | GitHub; Messenger, Instagram, WhatsApp |
//! | [`slack`], [`zoom`] | Slack, Zoom |
//! | [`stripe`] | Stripe |
//! | [`standard_webhooks`], [`svix`] | services that follow Standard Webhooks, such as Resend and Clerk |
//! | [`shopify`], [`linear`] | Shopify, Linear |
//! | [`hubspot_v3`], [`twilio`] | HubSpot, Twilio: these sign the address, too |
//! | [`shared_token`] | services that send the secret itself, such as Telegram |
//! | [`HeaderSignature`], [`Verifier::hmac`] | others that sign with HMAC |
//! | `jwt` (feature `jwt`) | services that send a JSON Web Token; its keys are fetched, or given |

mod algorithm;
mod error;
mod header;
#[cfg(feature = "jwt")]
pub mod jwt;
mod keys;
mod schemes;
mod signed_message;
mod timestamp;
mod verifier;

pub use self::{
    algorithm::{Algorithm, Tag},
    error::SignatureError,
    header::HeaderSignature,
    keys::Keys,
    schemes::{
        github, hubspot_v3, linear, meta, shared_token, shopify, slack, standard_webhooks, stripe,
        svix, twilio, zoom,
    },
    signed_message::SignedMessage,
    timestamp::check_time,
    verifier::{DEFAULT_TOLERANCE, Verifier},
};
