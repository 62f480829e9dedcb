//! TLS connections.

use std::sync::Arc;

use http::Uri;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use rustls_platform_verifier::BuilderVerifierExt as _;
use tokio_rustls::TlsConnector;

/// Creates a connector that accepts the certificates that the platform trusts.
///
/// The crypto provider is passed explicitly, because the process-wide default belongs to the
/// application.
pub(super) fn connector() -> Result<TlsConnector, String> {
    let problem = |error| format!("cannot set up TLS: {error}");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(rustls::ConfigBuilder::with_platform_verifier)
        .map_err(problem)?
        .with_no_client_auth();
    Ok(Arc::new(config).into())
}

/// Returns the name that the server's certificate must have. An IPv6 address has brackets in a URL and none in a
/// certificate.
pub(super) fn server_name(address: &Uri) -> Result<ServerName<'static>, TlsNameError> {
    let host = address.host().unwrap_or_default();
    let name = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'));
    let name = name.unwrap_or(host).to_owned();
    ServerName::try_from(name).map_err(|_| TlsNameError)
}

/// The host of a URL cannot be the name of a certificate.
#[derive(Debug, thiserror::Error)]
#[error("the host is neither a name nor an address")]
pub(super) struct TlsNameError;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_named_by_its_host() {
        for (address, name) in [
            ("https://api.botpress.cloud/v1", "api.botpress.cloud"),
            ("https://example.com:8443", "example.com"),
            ("https://127.0.0.1", "127.0.0.1"),
            ("https://[::1]:8443/", "::1"),
        ] {
            let found = server_name(&address.parse().unwrap()).unwrap();
            assert_eq!(found.to_str(), name, "{address}");
        }
        for address in ["https://a_b.example..com", "/path"] {
            assert!(server_name(&address.parse().unwrap()).is_err(), "{address}");
        }
    }
}
