//! The default transport: HTTP/1.1 over TLS.

mod connector;
mod limits;
mod tls;

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper_util::client::legacy::{Client, Error};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};

use self::connector::Connector;
use self::limits::Limits;
use crate::transport::RequestBody;
use crate::transport::{SendFuture, Transport, TransportError};

/// The default limit of connections per host.
const CONNECTIONS: usize = 64;

/// The default limit of the size of a response, in bytes.
const ANSWER_LIMIT: usize = 64 * 1024 * 1024;

/// The idle timeout of connections. It is shorter than that of servers, so that a request rarely
/// uses a connection that the server is about to close.
const IDLE: Duration = Duration::from_secs(30);

/// Sends requests over the network. Clones share a connection pool.
///
/// Nothing is opened or loaded before the first request. Only `https` requests use the platform's
/// trusted certificates and the proxies of the process environment; `http` requests, such as those
/// to a mock API on the local machine, use neither. Redirects are not followed, because the API
/// does not use any.
///
/// ```
/// # use std::sync::Arc;
/// # use contexture::{Environment, client::HttpTransport};
/// let transport = HttpTransport::new().connections(16).answer_limit(1024 * 1024);
/// let environment = Environment::from_env().transport(Arc::new(transport));
/// ```
#[derive(Clone, Debug)]
pub struct HttpTransport {
    pools: Arc<Pools>,
    answer_limit: usize,
}

#[derive(Debug)]
struct Pools {
    limits: Limits,
    plain: OnceLock<Client<Connector, RequestBody>>,
    secure: OnceLock<Secure>,
}

/// The pool, or the reason why it cannot be created. The reason does not change while the process
/// runs.
type Secure = Result<Client<Connector, RequestBody>, String>;

impl HttpTransport {
    /// Creates a transport with its own connection pool.
    #[must_use]
    pub fn new() -> Self {
        Self {
            pools: Pools::new(CONNECTIONS),
            answer_limit: ANSWER_LIMIT,
        }
    }

    /// Sets the maximum number of connections per host, active and idle. The default is 64. Further
    /// requests wait. This creates a new pool.
    ///
    /// # Panics
    ///
    /// Panics if `per_host` is 0.
    #[must_use]
    pub fn connections(self, per_host: usize) -> Self {
        assert!(per_host > 0, "the connection limit must not be 0");
        Self {
            pools: Pools::new(per_host),
            ..self
        }
    }

    /// Sets the maximum size of a response in bytes. The default is 64 MiB.
    #[must_use]
    pub fn answer_limit(mut self, bytes: usize) -> Self {
        self.answer_limit = bytes;
        self
    }

    /// Opens a connection to the server of a URL, for another protocol than HTTP, such as WebSocket. It is opened like
    /// that of a request: with TLS and through the proxies of the process environment if the URL is `https`, with
    /// neither if it is `http`. It counts towards the limit of connections until it is dropped.
    ///
    /// # Errors
    ///
    /// Returns an error if the server cannot be reached, or if its certificate is not trusted.
    pub async fn connect(
        &self,
        url: &http::Uri,
    ) -> Result<impl AsyncRead + AsyncWrite + Send + Unpin + use<>, TransportError> {
        let limits = self.pools.limits.clone();
        let connector = if url.scheme_str() == Some("https") {
            Connector::secure(limits, tls::connector().map_err(TransportError::unreached)?)
        } else {
            Connector::plain(limits)
        };
        let connected = connector.connect(url.clone()).await;
        let stream = connected.map_err(|error| {
            TransportError::unreached("cannot connect to the server").with_source(error)
        })?;
        Ok(TokioIo::new(stream))
    }
}

impl Default for HttpTransport {
    fn default() -> Self {
        Self::new()
    }
}

impl Transport for HttpTransport {
    fn send(&self, request: http::Request<RequestBody>) -> SendFuture {
        let (pools, limit) = (Arc::clone(&self.pools), self.answer_limit);
        Box::pin(async move {
            let _turn = pools.limits.of(request.uri()).turn().await;
            let answer = pools.request(request).await?;
            let (parts, body) = answer.into_parts();
            let body = Limited::new(body, limit).collect().await;
            let body = body.map_err(|error| {
                if error.is::<LengthLimitError>() {
                    let problem = format!("the response is larger than {limit} bytes");
                    TransportError::new(problem)
                } else {
                    TransportError::new("the connection failed").with_source(error)
                }
            })?;
            Ok(http::Response::from_parts(parts, body.to_bytes()))
        })
    }
}

impl Pools {
    fn new(connections: usize) -> Arc<Self> {
        Arc::new(Self {
            limits: Limits::new(connections),
            plain: OnceLock::new(),
            secure: OnceLock::new(),
        })
    }

    async fn request(
        &self,
        request: http::Request<RequestBody>,
    ) -> Result<http::Response<Incoming>, TransportError> {
        let sent = if request.uri().scheme_str() == Some("https") {
            let secure = self.secure.get_or_init(|| {
                let connector = Connector::secure(self.limits.clone(), tls::connector()?);
                Ok(open_pool(connector))
            });
            let secure = secure.as_ref().map_err(TransportError::unreached)?;
            secure.request(request).await
        } else {
            let connector = || Connector::plain(self.limits.clone());
            let plain = self.plain.get_or_init(|| open_pool(connector()));
            plain.request(request).await
        };
        sent.map_err(describe)
    }
}

fn open_pool(connector: Connector) -> Client<Connector, RequestBody> {
    Client::builder(TokioExecutor::new())
        .pool_timer(TokioTimer::new())
        .pool_idle_timeout(IDLE)
        .build(connector)
}

/// The messages do not contain the URL: the caller knows it, and its query may be confidential.
fn describe(error: Error) -> TransportError {
    let described = if error.is_connect() {
        TransportError::unreached("cannot connect to the server")
    } else {
        TransportError::new("the connection failed")
    };
    described.with_source(error)
}
