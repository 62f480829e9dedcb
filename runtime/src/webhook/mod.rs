//! Webhook requests: verification, access to their content, and responses.
//!
//! | item | subject |
//! |---|---|
//! | [`WebhookRequest`], [`Verified`], [`WebhookResponse`] | requests, verified requests, responses |
//! | `signature` | verification of signatures |
//! | `challenge` | challenges, which verify the webhook's owner |
//! | [`Deliveries`] | deduplication of deliveries |
//! | `Routes`, `Cors` | routing; cross-origin requests |
//! | [`Html`], [`Template`] | HTML pages with escaped text |
//! | `interstitial` | the page of Botpress at the end of an authorization |
//! | [`SandboxOperation`] | requests of a shared sandbox account |
//!
//! Items without a link need the feature `webhook-signatures`, which is enabled by default.

#[cfg(feature = "webhook-signatures")]
pub mod challenge;
#[cfg(feature = "webhook-signatures")]
mod cors;
mod deliveries;
mod delivery;
#[cfg(feature = "webhook-signatures")]
mod extract;
mod headers;
mod html;
#[cfg(feature = "webhook-signatures")]
pub mod interstitial;
mod request;
mod response;
#[cfg(feature = "webhook-signatures")]
mod router;
mod sandbox;
#[cfg(feature = "webhook-signatures")]
pub mod signature;
#[cfg(feature = "webhook-signatures")]
mod verification;
mod verified;

#[cfg(feature = "webhook-signatures")]
pub use self::{
    cors::Cors,
    router::{Found, Routes},
};
pub use self::{
    deliveries::Deliveries,
    delivery::{Delivery, NotBegun},
    headers::WebhookHeaders,
    html::{Html, Page, Template},
    request::{UnverifiedBody, WebhookRequest},
    response::WebhookResponse,
    sandbox::SandboxOperation,
    verified::Verified,
};
