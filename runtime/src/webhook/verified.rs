//! Verified requests.

use std::ops::Deref;

use serde::de::DeserializeOwned;

use super::WebhookRequest;
use crate::Result;
use crate::error::refusal;
use crate::payload::{parse_json, parse_typed};

/// A value whose sender was verified.
///
/// Only a successful verification creates one, or [`WebhookRequest::assume_verified`], whose calls
/// are easy to find in a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified<T>(T);

impl<T> Verified<T> {
    #[cfg(feature = "webhook-signatures")]
    pub(super) fn new(value: T) -> Self {
        Self(value)
    }

    /// Returns the verified value.
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
    /// Marks a request as verified without a check.
    ///
    /// Use it if the sender does not sign requests, or if your own code has verified the request.
    #[must_use]
    pub fn assume_verified(self) -> Verified<Self> {
        Verified(self)
    }
}

impl Verified<WebhookRequest> {
    /// Returns the body as text, or an empty string if there is no body.
    #[must_use]
    pub fn text(&self) -> &str {
        self.body.unverified_text()
    }

    /// Deserializes the body as JSON.
    ///
    /// # Errors
    ///
    /// Returns an error with status 400 if there is no body, or if it is not JSON or does not fit
    /// the type. It does not quote the body.
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
