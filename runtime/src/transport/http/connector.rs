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
use tokio::net::TcpStream;
use tower_service::Service;

use super::limits::{Limits, Permit};

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The timeout for opening a connection.
const CONNECT_TIME_OUT: Duration = Duration::from_secs(10);

/// Opens connections.
#[derive(Clone, Debug)]
pub(super) struct Connector {
    http: HttpConnector,
    limits: Limits,
    proxies: Option<Arc<Matcher>>,
}

impl Connector {
    /// Creates a connector without proxies.
    pub(super) fn direct(limits: Limits) -> Self {
        let mut http = HttpConnector::new();
        http.enforce_http(false);
        http.set_nodelay(true);
        http.set_connect_timeout(Some(CONNECT_TIME_OUT));
        Self {
            http,
            limits,
            proxies: None,
        }
    }

    /// Creates a connector that uses the proxies that are set in environment variables, for the
    /// hosts that they apply to.
    pub(super) fn through_proxies(limits: Limits) -> Self {
        Self {
            proxies: Some(Arc::new(Matcher::from_env())),
            ..Self::direct(limits)
        }
    }

    async fn connect(mut self, address: Uri) -> Result<LimitedStream, BoxError> {
        let permit = self.limits.of(&address).connection().await;
        let proxy = self
            .proxies
            .as_ref()
            .and_then(|proxies| proxies.intercept(&address));
        let stream = match proxy {
            None => self.http.call(address).await?,
            Some(proxy) => {
                let mut tunnel = Tunnel::new(proxy.uri().clone(), self.http);
                if let Some(auth) = proxy.basic_auth() {
                    tunnel = tunnel.with_auth(auth.clone());
                }
                tunnel.call(address).await?
            }
        };
        Ok(LimitedStream {
            stream,
            _permit: permit,
        })
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

/// A connection and its permit.
#[derive(Debug)]
pub(super) struct LimitedStream {
    stream: TokioIo<TcpStream>,
    _permit: Permit,
}

impl Connection for LimitedStream {
    fn connected(&self) -> Connected {
        self.stream.connected()
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
