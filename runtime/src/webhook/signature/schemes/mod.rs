//! The signature schemes, one file per family.

mod address;
mod body;
mod hubspot;
mod linear;
mod slack;
mod standard;
mod stripe;
mod token;
mod twilio;

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
