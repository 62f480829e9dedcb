//! The default transport: HTTP/1.1 over TLS.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::Bytes;
use rustls::ClientConfig;
use rustls_platform_verifier::BuilderVerifierExt;

use super::transport::{SendFuture, Transport, TransportError};

const TIME_OUT: Duration = Duration::from_mins(1);

/// Sends requests over the network, with one pool of connections.
///
/// Nothing is opened or read before the first request. Only `https` addresses need certificates
/// that the platform trusts, and go through the proxy that the environment may name: a stand-in
/// for the API on the same machine is reached over `http` without either.
#[derive(Clone, Debug, Default)]
pub struct HttpTransport {
    pools: Arc<Pools>,
}

#[derive(Debug, Default)]
struct Pools {
    plain: OnceLock<Pool>,
    secure: OnceLock<Pool>,
}

/// A pool, or why there is none: the reason does not change while the process runs.
type Pool = Result<reqwest::Client, String>;

impl HttpTransport {
    /// Makes a transport with a pool of its own.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Transport for HttpTransport {
    fn send(&self, request: http::Request<Bytes>) -> SendFuture {
        let pools = Arc::clone(&self.pools);
        Box::pin(async move {
            let client = pools.pool(request.uri().scheme_str() == Some("https"))?;
            let request = request
                .try_into()
                .map_err(|error: reqwest::Error| describe(error))?;
            let answer = client.execute(request).await.map_err(describe)?;
            let mut response = http::Response::new(Bytes::new());
            *response.status_mut() = answer.status();
            *response.headers_mut() = answer.headers().clone();
            *response.body_mut() = answer.bytes().await.map_err(describe)?;
            Ok(response)
        })
    }
}

impl Pools {
    fn pool(&self, secure: bool) -> Result<reqwest::Client, TransportError> {
        let pool = if secure {
            self.secure
                .get_or_init(|| open_pool(reqwest::Client::builder(), secure_tls()?))
        } else {
            let direct = || reqwest::Client::builder().no_proxy();
            self.plain
                .get_or_init(|| open_pool(direct(), trusting_nobody()?))
        };
        pool.clone().map_err(TransportError::new)
    }
}

fn open_pool(builder: reqwest::ClientBuilder, tls: ClientConfig) -> Pool {
    builder
        .tls_backend_preconfigured(tls)
        .timeout(TIME_OUT)
        .build()
        .map_err(|error| format!("cannot set up HTTP: {error}"))
}

/// The provider is given explicitly: a process-wide default is the application's to choose.
fn tls_versions() -> Result<rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier>, String> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| format!("cannot set up TLS: {error}"))
}

fn secure_tls() -> Result<ClientConfig, String> {
    let verified = tls_versions()?.with_platform_verifier();
    let verified = verified.map_err(|error| format!("cannot set up TLS: {error}"))?;
    Ok(verified.with_no_client_auth())
}

/// For `http` addresses: should one redirect to `https`, no certificate is accepted.
fn trusting_nobody() -> Result<ClientConfig, String> {
    let unverified = tls_versions()?.with_root_certificates(rustls::RootCertStore::empty());
    Ok(unverified.with_no_client_auth())
}

/// The address is left out of the message: whoever asked knows it, and a query may hold what is
/// nobody's business.
fn describe(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let described = if error.is_timeout() {
        TransportError::time_out("the API did not answer in time")
    } else if error.is_connect() {
        TransportError::new("cannot connect to the API")
    } else {
        TransportError::new("the connection to the API failed")
    };
    described.with_source(error)
}
