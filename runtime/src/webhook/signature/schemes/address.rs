//! The address that a sender called, which the integration sees only the end of.

use crate::webhook::WebhookRequest;

/// Puts the address together: that of the webhook, and the path and the query of the request.
pub(super) fn called(webhook_url: &str, request: &WebhookRequest) -> String {
    let path = match request.path.as_str() {
        "/" => "",
        path => path,
    };
    let base = webhook_url.trim_end_matches('/');
    let query = match request.query.as_str() {
        "" => String::new(),
        query => format!("?{query}"),
    };
    format!("{base}{path}{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_that_of_the_webhook_with_what_follows_it() {
        let called = |path, query| {
            let request = WebhookRequest::new("POST", path).with_query(query);
            called("https://webhook.test/wh_1", &request)
        };
        assert_eq!(called("/", ""), "https://webhook.test/wh_1");
        assert_eq!(called("", "a=b"), "https://webhook.test/wh_1?a=b");
        assert_eq!(called("/in", "a=b"), "https://webhook.test/wh_1/in?a=b");
    }
}
