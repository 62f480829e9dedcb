//! Signatures: test vectors of the services' documentation and of other implementations.

mod ambiguity;
mod blank;
#[cfg(feature = "jwt")]
mod jwt;
#[cfg(feature = "jwt")]
mod jwt_failures;
#[cfg(feature = "jwt")]
mod jwt_fetching;
#[cfg(feature = "jwt")]
mod jwt_signing;
#[cfg(feature = "public-key-signatures")]
mod public_keys;
mod refusals;
mod signing;
mod vectors;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use contexture::webhook::WebhookRequest;

fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

fn request(headers: &[(&str, &str)], body: &str) -> WebhookRequest {
    let request = WebhookRequest::new("POST", "/").with_body(body);
    headers.iter().fold(request, |request, (name, value)| {
        request.with_header(*name, *value)
    })
}
