//! TLS connections.

use std::sync::Arc;

use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use rustls::ClientConfig;
use rustls_platform_verifier::BuilderVerifierExt as _;

use super::connector::Connector;

/// Adds TLS to the connections of the connector, with the certificates that the platform trusts.
///
/// The crypto provider is passed explicitly, because the process-wide default belongs to the
/// application.
pub(super) fn over(connector: Connector) -> Result<HttpsConnector<Connector>, String> {
    let problem = |error| format!("cannot set up TLS: {error}");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(rustls::ConfigBuilder::with_platform_verifier)
        .map_err(problem)?
        .with_no_client_auth();
    Ok(HttpsConnectorBuilder::new()
        .with_tls_config(tls)
        .https_only()
        .enable_http1()
        .wrap_connector(connector))
}
