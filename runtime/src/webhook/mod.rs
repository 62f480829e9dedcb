//! Requests that reach an integration's webhook: whether they are genuine, what they say, what is
//! answered.
//!
//! | item | subject |
//! |---|---|
//! | [`WebhookRequest`], [`Verified`], [`WebhookResponse`] | what comes, what is known to be genuine, what is answered |
//! | `signature` | whether a request comes from whom it says it comes from |
//! | `challenge` | requests by which a service asks whether the webhook is ours |
//! | [`Deliveries`] | deliveries that came before |
//! | `Routes`, `Cors` | which page a request is for; pages of other origins |
//! | [`Html`], [`Template`] | pages that text cannot break out of |
//! | `interstitial` | the page of the platform on which an authorization ends |
//! | [`SandboxOperation`] | what a shared sandbox account asks |
//!
//! What stands here without a link needs the feature `webhook-signatures`, which is a default.

#[cfg(feature = "webhook-signatures")]
pub mod challenge;
#[cfg(feature = "webhook-signatures")]
mod cors;
mod deliveries;
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
mod verified;

#[cfg(feature = "webhook-signatures")]
pub use self::{
    cors::Cors,
    router::{Found, Routes},
};
pub use self::{
    deliveries::{Deliveries, Delivery},
    headers::WebhookHeaders,
    html::{Html, Page, Template},
    request::{UnverifiedBody, WebhookRequest},
    response::WebhookResponse,
    sandbox::SandboxOperation,
    verified::Verified,
};
