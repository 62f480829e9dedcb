//! What follows an authorization that has ended with success.

use axum::http::header::LOCATION;
use axum::http::{HeaderMap, Uri};

use super::route::Route;
use crate::platform::Platform;
use crate::platform::error::PlatformError;

impl Platform {
    /// Calls `register` if an authorization has given the instance an identifier, and its answer leads to the page that tells
    /// its success.
    pub(super) async fn register_authorized(
        &self,
        webhook_id: &str,
        answer: &HeaderMap,
    ) -> Result<(), PlatformError> {
        let instance = self.instance(webhook_id)?;
        if leads_to_success(answer) && self.identifier(&instance)?.is_some() {
            self.register(webhook_id).await?;
        }
        Ok(())
    }
}

/// Whether an answer leads to the page at the end of an authorization, with a success.
fn leads_to_success(answer: &HeaderMap) -> bool {
    let location = answer.get(LOCATION).and_then(|value| value.to_str().ok());
    let Some(address) = location.and_then(|location| location.parse::<Uri>().ok()) else {
        return false;
    };
    let query = address.query().unwrap_or_default();
    let mut parameters = form_urlencoded::parse(query.as_bytes());
    Route::of(address.path(), "") == Route::Interstitial
        && parameters.any(|(name, value)| name == "success" && value == "true")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_page_of_a_success_ends_an_authorization() {
        let leads = |location: &str| {
            let headers = [(LOCATION, location.parse().unwrap())];
            leads_to_success(&headers.into_iter().collect())
        };
        for base in ["", "http://127.0.0.1:8070", "http://127.0.0.1:8070/webhook"] {
            for (query, expected) in [
                ("?success=true", true),
                ("?success=false&errorMessage=success%3Dtrue", false),
                ("", false),
            ] {
                let location = format!("{base}/oauth/interstitial{query}");
                assert_eq!(leads(&location), expected, "{base} {query}");
            }
        }
        assert!(!leads(
            "http://127.0.0.1:8070/oauth/wizard/end?success=true"
        ));
        assert!(!leads_to_success(&HeaderMap::new()));
    }
}
