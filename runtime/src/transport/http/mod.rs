//! The default transport: HTTP/1.1 over TLS.

mod connector;
mod limits;
mod tls;

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy::{Client, Error};
use hyper_util::rt::{TokioExecutor, TokioTimer};

use self::connector::Connector;
use self::limits::Limits;
use crate::transport::RequestBody;
use crate::transport::{SendFuture, Transport, TransportError};

/// How many connections to one host there are at most, unless told otherwise.
const CONNECTIONS: usize = 64;

/// How many bytes an answer may have, unless told otherwise.
const ANSWER_LIMIT: usize = 64 * 1024 * 1024;

/// How long a connection that is not used is kept: less than servers keep theirs, so that a request
/// seldom meets one that is about to be closed.
const IDLE: Duration = Duration::from_secs(30);

/// Sends requests over the network, with one pool of connections for all its clones.
///
/// Nothing is opened or read before the first request. Only `https` addresses need certificates
/// that the platform trusts, and go through the proxy that the environment may name: a stand-in
/// for the API on the same machine is reached over `http` without either. Redirects are not followed:
/// the API has none.
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

/// A pool, or why there is none: the reason does not change while the process runs.
type Secure = Result<Client<HttpsConnector<Connector>, RequestBody>, String>;

impl HttpTransport {
    /// Creates a transport with a pool of its own.
    #[must_use]
    pub fn new() -> Self {
        Self {
            pools: Pools::new(CONNECTIONS),
            answer_limit: ANSWER_LIMIT,
        }
    }

    /// Sets how many connections to one host there are at most, used or idle; otherwise 64. Requests
    /// beyond wait for their turn. The pool is a new one.
    ///
    /// # Panics
    ///
    /// When there are to be none.
    #[must_use]
    pub fn connections(self, per_host: usize) -> Self {
        assert!(per_host > 0, "nothing is sent without a connection");
        Self {
            pools: Pools::new(per_host),
            ..self
        }
    }

    /// Sets how many bytes an answer may have; otherwise 64 MiB.
    #[must_use]
    pub fn answer_limit(mut self, bytes: usize) -> Self {
        self.answer_limit = bytes;
        self
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
                    let problem = format!("the API's answer has more than {limit} bytes");
                    TransportError::new(problem)
                } else {
                    TransportError::new("the connection to the API failed").with_source(error)
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
                let connector = Connector::through_proxies(self.limits.clone());
                Ok(open_pool(tls::over(connector)?))
            });
            let secure = secure.as_ref().map_err(TransportError::unreached)?;
            secure.request(request).await
        } else {
            let connector = || Connector::direct(self.limits.clone());
            let plain = self.plain.get_or_init(|| open_pool(connector()));
            plain.request(request).await
        };
        sent.map_err(describe)
    }
}

fn open_pool<C>(connector: C) -> Client<C, RequestBody>
where
    C: hyper_util::client::legacy::connect::Connect + Clone,
{
    Client::builder(TokioExecutor::new())
        .pool_timer(TokioTimer::new())
        .pool_idle_timeout(IDLE)
        .build(connector)
}

/// The address is in none of these messages: whoever asked knows it, and a query may hold what is
/// nobody's business.
fn describe(error: Error) -> TransportError {
    let described = if error.is_connect() {
        TransportError::unreached("cannot connect to the API")
    } else {
        TransportError::new("the connection to the API failed")
    };
    described.with_source(error)
}
