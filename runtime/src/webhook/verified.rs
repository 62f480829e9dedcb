//! Requests whose sender is known.

use std::ops::Deref;

use serde::de::DeserializeOwned;

use super::WebhookRequest;
use crate::Result;
use crate::error::refusal;
use crate::payload::{parse_json, parse_typed};

/// Something that was proven to come from whom it says it comes from.
///
/// Only a check that succeeded makes one, or [`WebhookRequest::assume_verified`], which is there to
/// be searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified<T>(T);

impl<T> Verified<T> {
    #[cfg(feature = "webhook-signatures")]
    pub(super) fn new(value: T) -> Self {
        Self(value)
    }

    /// What was verified.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Verified<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl WebhookRequest {
    /// Takes a request for a genuine one without a check.
    ///
    /// For requests whose sender proves nothing, as a service without signatures, and for those that
    /// were checked in a way that is not of this crate.
    #[must_use]
    pub fn assume_verified(self) -> Verified<Self> {
        Verified(self)
    }
}

impl Verified<WebhookRequest> {
    /// The body's text; empty when there is no body.
    #[must_use]
    pub fn text(&self) -> &str {
        self.body.unverified_text()
    }

    /// Reads the body as JSON.
    ///
    /// # Errors
    ///
    /// There is no body, or it is not JSON of this form: a 400 that does not quote the body.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        let value = parse_json(self.text().as_bytes());
        let value = value.and_then(parse_typed);
        value.map_err(|violations| refusal("the webhook's body", &violations))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn a_body_that_is_not_json_is_not_quoted() {
        let request = WebhookRequest::new("POST", "/").with_body("hunter2");
        let error = request.assume_verified().json::<Value>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "the webhook's body is invalid: at the root: is not JSON (line 1, column 1)"
        );
    }
}
