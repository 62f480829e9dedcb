//! Secrets are replaced before an exchange is stored.
//!
//! A secret is found in each form that it can have in a text: plain, escaped for JSON (also JSON in JSON),
//! percent-encoded, or inside Base64.

mod encoded;
mod headers;
mod nodes;
mod placeholder;
#[cfg(test)]
pub(super) mod properties;
mod reader;
mod scan;
mod secrets;

pub use self::secrets::Secrets;

pub(super) use self::headers::redact_headers;
pub(crate) use self::placeholder::REDACTED;
