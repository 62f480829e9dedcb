//! The public URLs of Botpress, which are derived from each other.

/// Derives the base URL of webhooks from the URL of the API: `https://webhook.botpress.cloud` for
/// `https://api.botpress.cloud`. Returns `None` if no label of the host is `api`.
pub(super) fn webhook_base_url(api_url: &str) -> Option<String> {
    let url = replace_label(api_url, "api", "webhook")?;
    Some(url.trim_end_matches('/').to_owned())
}

/// Derives the URL of the page at the end of an authorization from the base URL of webhooks.
#[cfg(feature = "webhook-signatures")]
pub(crate) fn interstitial(webhook_base_url: &str) -> String {
    let app = replace_label(webhook_base_url, "webhook", "app");
    let app = app.unwrap_or_else(|| webhook_base_url.to_owned());
    format!("{}/oauth/interstitial", app.trim_end_matches('/'))
}

/// Replaces the first label of the host that equals `from`.
fn replace_label(url: &str, from: &str, to: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let end = rest.find(['/', ':', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let mut labels: Vec<_> = host.split('.').collect();
    let place = labels.iter().position(|label| *label == from)?;
    labels[place] = to;
    Some(format!("{scheme}://{}{path}", labels.join(".")))
}

#[cfg(all(test, feature = "webhook-signatures"))]
mod tests {
    use super::*;

    #[test]
    fn one_address_tells_the_others() {
        let webhooks = webhook_base_url("https://api.botpress.cloud/").unwrap();
        assert_eq!(webhooks, "https://webhook.botpress.cloud");
        assert_eq!(
            interstitial(&webhooks),
            "https://app.botpress.cloud/oauth/interstitial"
        );
        assert_eq!(webhook_base_url("http://127.0.0.1:9000/api"), None);
        assert_eq!(webhook_base_url("https://rapid.test"), None);
        assert_eq!(
            webhook_base_url("https://eu.api.test:8443"),
            Some("https://eu.webhook.test:8443".to_owned())
        );
        assert_eq!(
            interstitial("http://127.0.0.1:1"),
            "http://127.0.0.1:1/oauth/interstitial"
        );
    }
}
