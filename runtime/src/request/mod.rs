//! A request into a call: its identifiers, its configuration, its body.

mod body;
mod cache;
mod configuration;
mod headers;

pub(crate) use self::{
    body::{BODY_LIMIT, collect_body, read_body},
    cache::ConfigurationCache,
    configuration::read_configuration,
    headers::{CallHeaders, read_headers},
};
#[cfg(feature = "server")]
pub(crate) use self::{
    body::{BUSY, busy},
    headers::OPERATION,
};
