//! Opening of connections, with a limit and through the proxies of the process environment.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::legacy::connect::{Connected, Connection, HttpConnector};
use hyper_util::client::proxy::matcher::Matcher;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tower_service::Service;

use super::limits::{Limits, Permit};
use super::tls::server_name;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The timeout for opening a connection.
const CONNECT_TIME_OUT: Duration = Duration::from_secs(10);

/// Opens connections.
#[derive(Clone)]
pub(super) struct Connector {
    http: HttpConnector,
    limits: Limits,
    secure: Option<Secure>,
}

/// How connections of `https` are opened.
#[derive(Clone)]
struct Secure {
    proxies: Arc<Matcher>,
    tls: TlsConnector,
}

impl Connector {
    /// Creates a connector for `http`, without proxies.
    pub(super) fn plain(limits: Limits) -> Self {
        let mut http = HttpConnector::new();
        http.enforce_http(false);
        http.set_nodelay(true);
        http.set_connect_timeout(Some(CONNECT_TIME_OUT));
        Self {
            http,
            limits,
            secure: None,
        }
    }

    /// Creates a connector for `https`. It uses the proxies that are set in environment variables,
    /// for the hosts that they apply to.
    pub(super) fn secure(limits: Limits, tls: TlsConnector) -> Self {
        Self {
            secure: Some(Secure {
                proxies: Arc::new(Matcher::from_env()),
                tls,
            }),
            ..Self::plain(limits)
        }
    }

    /// Opens a connection, when the limit permits it.
    pub(super) async fn connect(mut self, address: Uri) -> Result<LimitedStream, BoxError> {
        let permit = self.limits.of(&address).connection().await;
        let stream: Box<dyn Stream> = match self.secure {
            None => Box::new(self.http.call(address).await?.into_inner()),
            Some(secure) => Box::new(secure.connect(self.http, address).await?),
        };
        Ok(LimitedStream {
            stream: TokioIo::new(stream),
            _permit: permit,
        })
    }
}

impl Secure {
    async fn connect(
        self,
        mut http: HttpConnector,
        address: Uri,
    ) -> Result<TlsStream<TcpStream>, BoxError> {
        let name = server_name(&address)?;
        let stream = match self.proxies.intercept(&address) {
            None => http.call(address).await?,
            Some(proxy) => {
                let mut tunnel = Tunnel::new(proxy.uri().clone(), http);
                if let Some(auth) = proxy.basic_auth() {
                    tunnel = tunnel.with_auth(auth.clone());
                }
                tunnel.call(address).await?
            }
        };
        Ok(self.tls.connect(name, stream.into_inner()).await?)
    }
}

impl Service<Uri> for Connector {
    type Response = LimitedStream;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<LimitedStream, BoxError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, address: Uri) -> Self::Future {
        Box::pin(self.clone().connect(address))
    }
}

/// A connection with or without TLS. hyper's client is large, and is compiled once for both.
trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// A connection and its permit.
pub(super) struct LimitedStream {
    stream: TokioIo<Box<dyn Stream>>,
    _permit: Permit,
}

impl Connection for LimitedStream {
    fn connected(&self) -> Connected {
        Connected::new()
    }
}

impl Read for LimitedStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl Write for LimitedStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, pieces)
    }
}
