//! The signature schemes, one file per family.

mod address;
mod body;
mod hubspot;
mod linear;
#[cfg(feature = "public-key-signatures")]
mod public_key;
mod slack;
mod standard;
mod stripe;
mod token;
mod twilio;

#[cfg(feature = "public-key-signatures")]
pub use self::public_key::{discord, sendgrid};
pub use self::{
    body::{github, meta, shopify},
    hubspot::hubspot_v3,
    linear::linear,
    slack::{slack, zoom},
    standard::{standard_webhooks, svix},
    stripe::stripe,
    token::shared_token,
    twilio::twilio,
};
