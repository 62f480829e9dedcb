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
//! What stands here without a link needs the feature `webhooks`, which is a default.

#[cfg(feature = "webhooks")]
pub mod challenge;
#[cfg(feature = "webhooks")]
mod cors;
mod deliveries;
#[cfg(feature = "webhooks")]
mod extract;
mod headers;
mod html;
#[cfg(feature = "webhooks")]
pub mod interstitial;
mod request;
mod response;
#[cfg(feature = "webhooks")]
mod router;
mod sandbox;
#[cfg(feature = "webhooks")]
pub mod signature;
mod verified;

#[cfg(feature = "webhooks")]
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
