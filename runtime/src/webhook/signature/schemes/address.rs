//! The URL that a sender called. The integration receives only its end.

use crate::webhook::WebhookRequest;
use crate::webhook::signature::SignatureError;

/// Builds the URL from the webhook's URL and the path and query of the request.
///
/// # Errors
///
/// Returns an error if the path or the query is not in the form of a URL, because another path and
/// query could then result in the same URL.
pub(super) fn called(
    webhook_url: &str,
    request: &WebhookRequest,
) -> Result<String, SignatureError> {
    let (path, query) = (&request.path, &request.query);
    let is_path = path.is_empty() || path.starts_with('/');
    if !is_path || path.contains(['?', '#']) || query.contains('#') {
        return Err(malformed());
    }
    let path = match request.path.as_str() {
        "/" => "",
        path => path,
    };
    let base = webhook_url.trim_end_matches('/');
    let query = match request.query.as_str() {
        "" => String::new(),
        query => format!("?{query}"),
    };
    Ok(format!("{base}{path}{query}"))
}

pub(super) fn malformed() -> SignatureError {
    SignatureError::Malformed {
        part: "the URL".to_owned(),
        expected: "a path and a query in the form of a URL",
    }
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
        let address = |end| Ok(format!("https://webhook.test/wh_1{end}"));
        assert_eq!(called("/", ""), address(""));
        assert_eq!(called("", "a=b"), address("?a=b"));
        assert_eq!(called("/in", "a=b?c"), address("/in?a=b?c"));
        for (path, query) in [("2", ""), ("/in?a=b", ""), ("/in#", "a=b"), ("/in", "a#b")] {
            assert_eq!(called(path, query), Err(malformed()), "{path} {query}");
        }
    }
}
