//! The page of Botpress at the end of an authorization.
//!
//! After a user has connected an account at a provider, the provider redirects the browser to the
//! webhook. These functions redirect it to a page of Botpress, which shows the result and closes.

use form_urlencoded::Serializer;

use super::WebhookResponse;
use crate::environment;

/// Redirects the browser to the page that shows success. `webhook_base_url` is
/// [`Context::webhook_base_url`](crate::Context::webhook_base_url).
#[must_use]
pub fn success(webhook_base_url: &str) -> WebhookResponse {
    let query = Serializer::new(String::new())
        .append_pair("success", "true")
        .finish();
    redirect(webhook_base_url, &query)
}

/// Redirects the browser to the page that shows a failure. The bot's owner can read `message`.
#[must_use]
pub fn failure(webhook_base_url: &str, message: &str) -> WebhookResponse {
    let query = Serializer::new(String::new())
        .append_pair("success", "false")
        .append_pair("errorMessage", message)
        .finish();
    redirect(webhook_base_url, &query)
}

fn redirect(webhook_base_url: &str, query: &str) -> WebhookResponse {
    let page = environment::interstitial(webhook_base_url);
    WebhookResponse::redirect(format!("{page}?{query}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_told_how_it_went() {
        let base = "https://webhook.botpress.cloud";
        let location = |response: &WebhookResponse| response.headers[0].1.clone();
        assert_eq!(
            location(&success(base)),
            "https://app.botpress.cloud/oauth/interstitial?success=true"
        );
        let failed = failure(base, "no & <no>");
        assert_eq!(failed.status, 303);
        assert_eq!(
            location(&failed),
            "https://app.botpress.cloud/oauth/interstitial?success=false&errorMessage=no+%26+%3Cno%3E"
        );
    }
}
