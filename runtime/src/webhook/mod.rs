//! Requests that reach an integration's webhook: whether they are genuine, what they say, what is
//! answered.

mod headers;
mod request;
mod response;
#[cfg(feature = "webhooks")]
pub mod signature;
mod verified;

pub use self::{
    headers::WebhookHeaders,
    request::{UnverifiedBody, WebhookRequest},
    response::WebhookResponse,
    verified::Verified,
};
