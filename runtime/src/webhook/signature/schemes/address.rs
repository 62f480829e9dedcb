//! The address that a sender called, which the integration sees only the end of.

use crate::webhook::WebhookRequest;
use crate::webhook::signature::SignatureError;

/// Puts the address together: that of the webhook, and the path and the query of the request.
///
/// # Errors
///
/// The path and the query are not what an address has in these places, so that another path with another
/// query would give the same address.
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
        part: "the address".to_owned(),
        expected: "a path and a query in the form that is signed",
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
