//! What a server is told before it starts.

use std::{fmt, net::SocketAddr, time::Duration};

#[cfg(feature = "metrics")]
use super::state::MetricsEndpoint;
use super::{
    address::{Listen, read_address},
    error::ServeError,
    hooks::Hooks,
    serve::BoundServer,
    settings::{self, Settings},
    shutdown::Signals,
    socket,
};
use crate::{
    Definition, Logger, RequireHeaderLayer, Result, Service, environment::variable, logger::Queued,
};

/// A server for one integration, with its settings.
///
/// It speaks HTTP/1.1 and HTTP/2 without TLS, answers `/health` whatever goes on, and `/ready` with a
/// 200 until it is told to stop, then with a 503.
///
/// | limit | unless set | what is beyond it |
/// |---|---|---|
/// | [`body_limit`](Self::body_limit) | 10 MiB | 413 |
/// | [`max_buffered_bytes`](Self::max_buffered_bytes) of all heads and bodies | 64 MiB | 503 with `retry-after` |
/// | [`max_header_bytes`](Self::max_header_bytes) | 64 KiB | 431 |
/// | [`max_headers`](Self::max_headers) | 100 | 431 |
/// | [`header_read_timeout`](Self::header_read_timeout) | 30 s | the connection is closed |
/// | [`body_read_timeout`](Self::body_read_timeout) | 1 min | 408 |
/// | [`request_timeout`](Self::request_timeout) | 5 min | 504 |
/// | [`write_timeout`](Self::write_timeout) | 1 min | the connection is closed |
/// | [`max_concurrent_calls`](Self::max_concurrent_calls) | 1,024 | 503 with `retry-after` |
/// | [`max_connections`](Self::max_connections) | 1,024 | the connection that waits longest for its client is closed |
/// | [`shutdown_delay`](Self::shutdown_delay) | 0 s | the listener is closed |
/// | [`drain_timeout`](Self::drain_timeout) | 25 s | running calls are given up |
/// | [`start_timeout`](Self::start_timeout) | 5 min | the start fails |
/// | [`stop_timeout`](Self::stop_timeout) | 3 s | what is done at the end is given up |
///
/// Every setting takes any value. A time of more than 30 years, such as [`Duration::MAX`], is no limit.
///
/// ```no_run
/// # use contexture::{Definition, Result, Server, Service};
/// # use std::time::Duration;
/// # async fn example<D: Definition>(service: Service<D>) -> Result {
/// Server::new(service)
///     .listen(([0, 0, 0, 0], 8072))
///     .request_timeout(Duration::from_secs(30))
///     .run()
///     .await?;
/// # Ok(())
/// # }
/// ```
pub struct Server<D: Definition> {
    service: Service<D>,
    address: Option<SocketAddr>,
    settings: Settings,
    required: Option<RequireHeaderLayer>,
    #[cfg(feature = "metrics")]
    metrics: Option<MetricsEndpoint>,
    start_hooks: Hooks,
    stop_hooks: Hooks,
}

impl<D: Definition> Server<D> {
    /// Makes a server that listens where [`serve`](super::serve) does.
    #[must_use]
    pub fn new(service: Service<D>) -> Self {
        Self {
            service,
            address: None,
            settings: Settings::default(),
            required: None,
            #[cfg(feature = "metrics")]
            metrics: None,
            start_hooks: Hooks::default(),
            stop_hooks: Hooks::default(),
        }
    }

    /// Listens on this address; port 0 takes one that is free.
    #[must_use]
    pub fn listen(mut self, address: impl Into<SocketAddr>) -> Self {
        self.address = Some(address.into());
        self
    }

    /// Refuses calls that do not bring this header with a 401. `/health` and `/ready` need none.
    #[must_use]
    pub fn require_header(mut self, header: RequireHeaderLayer) -> Self {
        self.required = Some(header);
        self
    }

    /// Counts and times calls, and tells Prometheus about it on this path, such as `/metrics`. A
    /// request there that is a call is answered as one.
    #[cfg(feature = "metrics")]
    #[must_use]
    pub fn metrics(mut self, path: impl Into<String>) -> Self {
        let metrics = crate::observe::metrics::Metrics::new();
        self.service = self.service.metrics(metrics.clone());
        self.metrics = Some(MetricsEndpoint {
            path: path.into(),
            metrics,
        });
        self
    }

    /// Refuses bodies of more bytes than this (10 MiB unless set) with a 413.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.settings.body_limit = bytes;
        self
    }

    /// Holds at most so many bytes of heads and bodies at once (64 MiB unless set), over all connections, and
    /// refuses what is beyond with a 503. A body counts as it comes, whatever length it announces, until its
    /// call has ended; then its answer counts until the client has taken it. What is made of a body, JSON with
    /// its many small parts, takes several times as much while the call runs.
    ///
    /// A request does not wait for memory: two that each hold a part of their body and wait for the
    /// other's would wait for ever. Where one is refused, a client that holds memory while the server waits for
    /// it loses its connection, and an eighth of the memory is for connections that hold 64 KiB at most.
    #[must_use]
    pub fn max_buffered_bytes(mut self, bytes: usize) -> Self {
        self.settings.max_buffered_bytes = bytes;
        self
    }

    /// Refuses requests whose head, the configuration included, has more bytes than this (64 KiB
    /// unless set, at least 8 KiB, at most 16 MiB) with a 431.
    #[must_use]
    pub fn max_header_bytes(mut self, bytes: usize) -> Self {
        self.settings.max_header_bytes = bytes.min(settings::LONGEST_HEAD);
        self
    }

    /// Refuses requests of more headers than this (100 unless set, at most 10,000) with a 431.
    #[must_use]
    pub fn max_headers(mut self, headers: usize) -> Self {
        self.settings.max_headers = headers.min(settings::MOST_HEADERS);
        self
    }

    /// Closes a connection on which the head of the next HTTP/1.1 request has not come within this
    /// time (30 seconds unless set), be it that nothing comes or that it comes slowly. So long are
    /// idle connections kept, too. An HTTP/2 connection has this time for its first request; later on
    /// it is pinged every 30 seconds, and closed when nobody answers.
    #[must_use]
    pub fn header_read_timeout(mut self, time: Duration) -> Self {
        self.settings.header_read_timeout = settings::time(time);
        self
    }

    /// Refuses a request whose body has not come within this time (1 minute unless set) with a 408.
    #[must_use]
    pub fn body_read_timeout(mut self, time: Duration) -> Self {
        self.settings.body_read_timeout = settings::time(time);
        self
    }

    /// Cancels a handler that takes longer than this (5 minutes unless set), and answers with a
    /// 504. A handler can be canceled wherever it awaits something; one that never does holds up its
    /// thread.
    #[must_use]
    pub fn request_timeout(mut self, limit: Duration) -> Self {
        self.settings.request_timeout = settings::time(limit);
        self
    }

    /// Closes a connection whose client does not take an answer within this time (1 minute unless
    /// set). It begins when the client takes no more, and taking a little does not prolong it.
    #[must_use]
    pub fn write_timeout(mut self, time: Duration) -> Self {
        self.settings.write_timeout = settings::time(time);
        self
    }

    /// Handles at most so many calls at once (1,024 unless set, at least 1), and refuses others with a 503.
    #[must_use]
    pub fn max_concurrent_calls(mut self, calls: u32) -> Self {
        self.settings.max_concurrent_calls = settings::permits(calls);
        self
    }

    /// Keeps at most so many connections (1,024 unless set, at least 1), and fewer where the process may not
    /// open so many files: 128 files, or half of a number that is smaller than 256, are left to others.
    ///
    /// For one more, the connection is closed that has waited longest for its client, be it for a request, for
    /// the rest of one, or for the answer to be taken. Where a call runs on each, it waits for one to end.
    #[must_use]
    pub fn max_connections(mut self, connections: u32) -> Self {
        self.settings.max_connections = settings::permits(connections);
        self
    }

    /// When told to stop, answers `/ready` with a 503 for this time (none unless set) before the
    /// listener is closed, so that load balancers notice first.
    #[must_use]
    pub fn shutdown_delay(mut self, time: Duration) -> Self {
        self.settings.shutdown_delay = settings::time(time);
        self
    }

    /// Waits so long for running calls (25 seconds unless set) when it is told to stop.
    #[must_use]
    pub fn drain_timeout(mut self, time: Duration) -> Self {
        self.settings.drain_timeout = settings::time(time);
        self
    }

    /// Gives what [`on_start`](Self::on_start) does this time (5 minutes unless set); then the start fails.
    #[must_use]
    pub fn start_timeout(mut self, time: Duration) -> Self {
        self.settings.start_timeout = settings::time(time);
        self
    }

    /// Gives what [`on_stop`](Self::on_stop) does this time (3 seconds unless set) after
    /// [`drain_timeout`](Self::drain_timeout); then it is given up.
    #[must_use]
    pub fn stop_timeout(mut self, time: Duration) -> Self {
        self.settings.stop_timeout = settings::time(time);
        self
    }

    /// Has something done before the first call: what it fails with ends the start. Connections wait
    /// meanwhile, for [`start_timeout`](Self::start_timeout) at most.
    #[must_use]
    pub fn on_start<F: Future<Output = Result> + Send + 'static>(
        mut self,
        hook: impl FnOnce() -> F + Send + 'static,
    ) -> Self {
        self.start_hooks.add(hook);
        self
    }

    /// Has something done after the last call, within [`stop_timeout`](Self::stop_timeout): what it fails with
    /// is logged.
    #[must_use]
    pub fn on_stop<F: Future<Output = Result> + Send + 'static>(
        mut self,
        hook: impl FnOnce() -> F + Send + 'static,
    ) -> Self {
        self.stop_hooks.add(hook);
        self
    }

    /// Serves until the process is told to stop, be it before the start is done.
    ///
    /// # Errors
    ///
    /// As [`bind`](Self::bind).
    pub async fn run(self) -> Result<(), ServeError> {
        let mut signals = Signals::new();
        let logger = Logger::for_process(self.service.environment_ref().log_ref());
        let bound = tokio::select! {
            bound = self.bind() => bound?,
            () = signals.next() => {
                logger.warn("told to stop before the start was done");
                return Ok(());
            }
        };
        bound.run_with(signals).await;
        Ok(())
    }

    /// Takes the address, so that it is known, and connections wait from now on; then the hooks of
    /// [`on_start`](Self::on_start) run.
    ///
    /// # Errors
    ///
    /// When secrets are missing (all of them are named), when the address cannot be read, or cannot
    /// be listened on, or when a hook fails or takes longer than [`start_timeout`](Self::start_timeout).
    pub async fn bind(self) -> Result<BoundServer<D>, ServeError> {
        self.service.check()?;
        let listen = match self.address {
            Some(address) => Listen::Address(address),
            None => read_address(variable)?,
        };
        let opened = socket::listen(listen);
        let listener = opened.map_err(|(address, error)| ServeError::listening(address, error))?;
        let address = listener.local_addr().map_err(ServeError::Address)?;
        let log = Queued::new(self.service.environment_ref().log_ref().settings);
        let limit = self.settings.start_timeout;
        let started = tokio::time::timeout(limit, self.start_hooks.run()).await;
        let started = started.map_err(|_| ServeError::StartTimeout(limit))?;
        started.map_err(ServeError::Start)?;
        Ok(BoundServer {
            service: self.service,
            settings: self.settings,
            required: self.required,
            #[cfg(feature = "metrics")]
            metrics: self.metrics,
            stop_hooks: self.stop_hooks,
            listener,
            address,
            log,
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
