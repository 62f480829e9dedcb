//! What a server is told before it starts.

use std::{fmt, net::SocketAddr, time::Duration};

#[cfg(feature = "metrics")]
use super::calls::MetricsEndpoint;
use super::{
    address::{Listen, read_address},
    bound::BoundServer,
    error::ServeError,
    hooks::Hooks,
    settings::Settings,
    socket,
};
use crate::environment::variable;
use crate::{Definition, RequireHeader, Result, Service};

/// A server for one integration, with its settings.
///
/// It speaks HTTP/1.1 and HTTP/2 without TLS, answers `/health` whatever goes on, and `/ready` with a
/// 200 until it is told to stop, then with a 503.
///
/// | limit | unless set | what is beyond it |
/// |---|---|---|
/// | [`body_limit`](Self::body_limit) | 10 MiB | 413 |
/// | [`body_budget`](Self::body_budget) of all bodies | 64 MiB | 503 with `retry-after` |
/// | [`header_limit`](Self::header_limit) | 64 KiB | 431 |
/// | [`header_count`](Self::header_count) | 100 | 431 |
/// | [`header_time`](Self::header_time) | 30 s | the connection is closed |
/// | [`body_time`](Self::body_time) | 1 min | 408 |
/// | [`time_limit`](Self::time_limit) | 5 min | 504 |
/// | [`answer_time`](Self::answer_time) | 1 min | the connection is closed |
/// | [`call_limit`](Self::call_limit) | 1,024 | 503 with `retry-after` |
/// | [`connection_limit`](Self::connection_limit) | 8,192 | connections wait to be accepted |
/// | [`unready_time`](Self::unready_time) | 0 s | the listener is closed |
/// | [`drain_time`](Self::drain_time) | 25 s | running calls are given up |
///
/// ```no_run
/// # use contexture::{Definition, Result, Server, Service};
/// # use std::time::Duration;
/// # async fn example<D: Definition>(service: Service<D>) -> Result {
/// Server::new(service)
///     .listen(([0, 0, 0, 0], 8072))
///     .time_limit(Duration::from_secs(30))
///     .run()
///     .await?;
/// # Ok(())
/// # }
/// ```
pub struct Server<D: Definition> {
    service: Service<D>,
    address: Option<SocketAddr>,
    settings: Settings,
    required: Option<RequireHeader>,
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
    pub fn require_header(mut self, header: RequireHeader) -> Self {
        self.required = Some(header);
        self
    }

    /// Counts and times calls, and tells Prometheus about it on this path, such as `/metrics`. A
    /// request there that is a call is answered as one.
    #[cfg(feature = "metrics")]
    #[must_use]
    pub fn metrics(mut self, path: impl Into<String>) -> Self {
        let metrics = crate::metrics::Metrics::new();
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

    /// Holds at most so many bytes of bodies at once (64 MiB unless set), over all connections, and
    /// refuses what is beyond with a 503. A body counts as it comes, whatever length it announces,
    /// until its call has ended. What is made of it, JSON with its many small parts, takes several
    /// times as much while the call runs.
    ///
    /// A request does not wait for memory: two that each hold a part of their body and wait for the
    /// other's would wait for ever.
    #[must_use]
    pub fn body_budget(mut self, bytes: usize) -> Self {
        self.settings.body_budget = bytes;
        self
    }

    /// Refuses requests whose head, the configuration included, has more bytes than this (64 KiB
    /// unless set, at least 8 KiB) with a 431.
    #[must_use]
    pub fn header_limit(mut self, bytes: usize) -> Self {
        self.settings.header_limit = bytes;
        self
    }

    /// Refuses HTTP/1.1 requests of more headers than this (100 unless set) with a 431. In HTTP/2
    /// their number is bounded by [`header_limit`](Self::header_limit).
    #[must_use]
    pub fn header_count(mut self, headers: usize) -> Self {
        self.settings.header_count = headers;
        self
    }

    /// Closes a connection on which the head of the next HTTP/1.1 request has not come within this
    /// time (30 seconds unless set), be it that nothing comes or that it comes slowly. So long are
    /// idle connections kept, too. An HTTP/2 connection has this time for its first request; later on
    /// it is pinged every 30 seconds, and closed when nobody answers.
    #[must_use]
    pub fn header_time(mut self, time: Duration) -> Self {
        self.settings.header_time = time;
        self
    }

    /// Refuses a request whose body has not come within this time (1 minute unless set) with a 408.
    #[must_use]
    pub fn body_time(mut self, time: Duration) -> Self {
        self.settings.body_time = time;
        self
    }

    /// Cancels a handler that takes longer than this (5 minutes unless set), and answers with a
    /// 504. A handler can be canceled wherever it awaits something; one that never does holds up its
    /// thread.
    #[must_use]
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.settings.time_limit = limit;
        self
    }

    /// Closes a connection whose client does not take an answer within this time (1 minute unless
    /// set). It begins when the client takes no more, and taking a little does not prolong it.
    #[must_use]
    pub fn answer_time(mut self, time: Duration) -> Self {
        self.settings.answer_time = time;
        self
    }

    /// Handles at most so many calls at once (1,024 unless set), and refuses others with a 503.
    #[must_use]
    pub fn call_limit(mut self, calls: u32) -> Self {
        self.settings.call_limit = calls;
        self
    }

    /// Keeps at most so many connections (8,192 unless set); others wait to be accepted.
    #[must_use]
    pub fn connection_limit(mut self, connections: u32) -> Self {
        self.settings.connection_limit = connections;
        self
    }

    /// When told to stop, answers `/ready` with a 503 for this time (none unless set) before the
    /// listener is closed, so that load balancers notice first.
    #[must_use]
    pub fn unready_time(mut self, time: Duration) -> Self {
        self.settings.unready_time = time;
        self
    }

    /// Waits so long for running calls (25 seconds unless set) when it is told to stop.
    #[must_use]
    pub fn drain_time(mut self, time: Duration) -> Self {
        self.settings.drain_time = time;
        self
    }

    /// Has something done before the first call: what it fails with ends the start. Connections wait
    /// meanwhile.
    #[must_use]
    pub fn on_start<F: Future<Output = Result> + Send + 'static>(
        mut self,
        hook: impl FnOnce() -> F + Send + 'static,
    ) -> Self {
        self.start_hooks.add(hook);
        self
    }

    /// Has something done after the last call: what it fails with is logged.
    #[must_use]
    pub fn on_stop<F: Future<Output = Result> + Send + 'static>(
        mut self,
        hook: impl FnOnce() -> F + Send + 'static,
    ) -> Self {
        self.stop_hooks.add(hook);
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

    /// Takes the address, so that it is known, and connections wait from now on; then the hooks of
    /// [`on_start`](Self::on_start) run.
    ///
    /// # Errors
    ///
    /// When secrets are missing (all of them are named), when the address cannot be read, or cannot
    /// be listened on, or when a hook fails.
    pub async fn bind(self) -> Result<BoundServer<D>, ServeError> {
        self.service.check()?;
        let listen = match self.address {
            Some(address) => Listen::Address(address),
            None => read_address(variable)?,
        };
        let opened = socket::listen(listen);
        let listener = opened.map_err(|(address, error)| ServeError::listening(address, error))?;
        let address = listener.local_addr().map_err(ServeError::Address)?;
        self.start_hooks.run().await.map_err(ServeError::Start)?;
        Ok(BoundServer {
            service: self.service,
            settings: self.settings,
            required: self.required,
            #[cfg(feature = "metrics")]
            metrics: self.metrics,
            stop_hooks: self.stop_hooks,
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
