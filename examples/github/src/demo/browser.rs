//! An HTTP client beside the integration: a browser, or Botpress.

use reqwest::redirect::Policy;

/// Creates a client for the servers of this demo. They are on this machine and have no TLS, so the client loads neither
/// certificates nor proxy settings and works on a machine without them.
pub(super) fn http_client() -> reqwest::Result<reqwest::Client> {
    // An error means that the process already has a provider.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().redirect(Policy::none());
    client.tls_certs_only([]).no_proxy().build()
}
