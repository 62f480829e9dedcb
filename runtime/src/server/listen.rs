//! Listening: from an address to connections, and the end of both.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use super::address::read_address;
use super::connection::{Calls, serve_connection};
use super::error::ServeError;
use super::shutdown::stop_signal;
use crate::{Definition, Logger, Service, request::BODY_LIMIT};

/// How long to wait before accepting again when the system has no connection to give, as when files
/// run out.
const ACCEPT_PAUSE: Duration = Duration::from_millis(500);

/// A server for one integration, with its settings.
///
/// ```no_run
/// # use contexture::{Definition, Result, Server, Service};
/// # async fn example<D: Definition>(service: Service<D>) -> Result {
/// Server::new(service).listen(([0, 0, 0, 0], 8072)).run().await?;
/// # Ok(())
/// # }
/// ```
pub struct Server<D: Definition> {
    service: Service<D>,
    address: Option<SocketAddr>,
    settings: Settings,
}

/// The limits of a server.
#[derive(Clone, Copy, Debug)]
pub(super) struct Settings {
    pub(super) body_limit: usize,
    pub(super) time_limit: Duration,
    pub(super) call_limit: u32,
    pub(super) drain_time: Duration,
}

impl<D: Definition> Server<D> {
    /// Makes a server that listens where [`serve`](super::serve) does.
    #[must_use]
    pub fn new(service: Service<D>) -> Self {
        Self {
            service,
            address: None,
            settings: Settings {
                body_limit: BODY_LIMIT,
                time_limit: Duration::from_mins(5),
                call_limit: 1024,
                drain_time: Duration::from_secs(25),
            },
        }
    }

    /// Listens on this address; port 0 takes one that is free.
    #[must_use]
    pub fn listen(mut self, address: impl Into<SocketAddr>) -> Self {
        self.address = Some(address.into());
        self
    }

    /// Refuses bodies of more bytes than this (10 MiB unless set) with a 413.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.settings.body_limit = bytes;
        self
    }

    /// Cancels a handler that takes longer than this (5 minutes unless set), and answers with a
    /// 504.
    #[must_use]
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.settings.time_limit = limit;
        self
    }

    /// Handles at most so many calls at once (1024 unless set); others wait for their turn.
    #[must_use]
    pub fn call_limit(mut self, calls: u32) -> Self {
        self.settings.call_limit = calls;
        self
    }

    /// Waits so long for running calls (25 seconds unless set) when it is told to stop.
    #[must_use]
    pub fn drain_time(mut self, time: Duration) -> Self {
        self.settings.drain_time = time;
        self
    }

    /// Serves until the process is told to stop.
    ///
    /// # Errors
    ///
    /// As [`bind`](Self::bind).
    pub async fn run(self) -> Result<(), ServeError> {
        self.bind().await?.run().await;
        Ok(())
    }

    /// Takes the address, so that it is known, and connections wait from now on.
    ///
    /// # Errors
    ///
    /// When secrets are missing (all of them are named), when the address cannot be read, or cannot
    /// be listened on.
    pub async fn bind(self) -> Result<BoundServer<D>, ServeError> {
        self.service.check()?;
        let address = match self.address {
            Some(address) => address,
            None => read_address(|name| std::env::var(name).ok())?,
        };
        let listener = TcpListener::bind(address).await;
        let listener = listener.map_err(|error| ServeError::listening(address, error))?;
        let bound = listener.local_addr();
        let address = bound.map_err(|error| ServeError::listening(address, error))?;
        Ok(BoundServer {
            logger: Logger::for_process(self.service.environment_ref()),
            service: self.service,
            settings: self.settings,
            listener,
            address,
        })
    }
}

impl<D: Definition> fmt::Debug for Server<D> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Server")
            .field("integration", &D::DOCUMENT.name)
            .field("address", &self.address)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

/// A server that has its address.
pub struct BoundServer<D: Definition> {
    service: Service<D>,
    settings: Settings,
    listener: TcpListener,
    address: SocketAddr,
    logger: Logger,
}

impl<D: Definition> BoundServer<D> {
    /// Gives the address that it listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until the process is told to stop.
    pub async fn run(self) {
        self.run_until(stop_signal()).await;
    }

    /// Serves until `stop` is ready; then running calls are given time to end.
    pub async fn run_until(self, stop: impl Future<Output = ()> + Send) {
        self.announce();
        let calls = Calls {
            service: self.service.clone(),
            settings: self.settings,
            permits: Arc::new(Semaphore::new(self.settings.call_limit.max(1) as usize)),
        };
        let connections = GracefulShutdown::new();
        tokio::select! {
            () = self.accept(&calls, &connections) => {}
            () = stop => {}
        }
        self.drain(&calls, connections).await;
    }

    fn announce(&self) {
        let document = D::DOCUMENT;
        self.logger.info(format_args!(
            "{} {} listens on http://{}",
            document.name, document.version, self.address
        ));
        if !self.address.ip().is_loopback() {
            self.logger.warn(
                "listening beyond loopback: whoever reaches this port can claim to be any bot \
                 with any configuration",
            );
        }
    }

    async fn accept(&self, calls: &Calls<D>, connections: &GracefulShutdown) {
        loop {
            match self.listener.accept().await {
                Ok((stream, _)) => {
                    // Answers are small and whole: waiting to send more together only delays them.
                    let _ = stream.set_nodelay(true);
                    let connection = serve_connection(stream, calls.clone());
                    let connection = connections.watch(connection);
                    tokio::spawn(async move {
                        // A connection that breaks concerns the other side; the calls on it were
                        // answered or not.
                        let _ = connection.await;
                    });
                }
                // The client was gone before its turn came: that says nothing about the next one.
                Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
                Err(error) => {
                    self.logger
                        .error(format_args!("cannot accept a connection: {error}"));
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            }
        }
    }

    /// Takes no more connections, and waits for the open ones and for handlers whose client went
    /// away.
    async fn drain(self, calls: &Calls<D>, connections: GracefulShutdown) {
        drop(self.listener);
        let drained = async {
            connections.shutdown().await;
            calls.finished().await;
        };
        let in_time = tokio::time::timeout(self.settings.drain_time, drained).await;
        if in_time.is_err() {
            let running = calls.running();
            self.logger
                .warn(format_args!("stopped with {running} calls still running"));
        }
    }
}

impl<D: Definition> fmt::Debug for BoundServer<D> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("BoundServer")
            .field("integration", &D::DOCUMENT.name)
            .field("address", &self.address)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
