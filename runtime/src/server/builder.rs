//! The server builder.

use std::{fmt, net::SocketAddr, time::Duration};

#[cfg(feature = "metrics")]
use super::state::MetricsEndpoint;
use super::{
    hooks::Hooks,
    settings::{self, Settings},
    shutdown_times::ShutdownTimes,
};
use crate::{Definition, RequireHeaderLayer, Result, Service, VerifyCallsLayer};

/// A server for one integration, with its settings.
///
/// It serves HTTP/1.1 without TLS, and HTTP/2 with the feature `http2`. `/health` always returns a 200. `/ready` returns a
/// 200 until shutdown begins, then a 503.
///
/// | limit | default | when exceeded |
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
/// | [`max_connections`](Self::max_connections) | 1,024 | the longest idle connection is closed |
/// | [`shutdown_delay`](Self::shutdown_delay) | 0 s | the listener is closed |
/// | [`drain_timeout`](Self::drain_timeout) | 25 s | running calls are aborted |
/// | [`start_timeout`](Self::start_timeout) | 5 min | the start fails |
/// | [`stop_timeout`](Self::stop_timeout) | 3 s | the hooks are aborted |
///
/// Every setting accepts any value. A duration of more than 30 years, such as [`Duration::MAX`],
/// means no limit. The times of the shutdown that code does not set come from environment variables:
/// `CONTEXTURE_SHUTDOWN_DELAY`, `CONTEXTURE_DRAIN_TIMEOUT` and `CONTEXTURE_STOP_TIMEOUT`, each a number
/// of seconds. A process ends at most one second after their sum, which it waits for the reader of the
/// log.
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
    pub(super) service: Service<D>,
    pub(super) address: Option<SocketAddr>,
    pub(super) settings: Settings,
    pub(super) shutdown: ShutdownTimes,
    pub(super) required: Option<RequireHeaderLayer>,
    pub(super) verify: Option<VerifyCallsLayer>,
    #[cfg(feature = "metrics")]
    pub(super) metrics: Option<MetricsEndpoint>,
    pub(super) start_hooks: Hooks,
    pub(super) stop_hooks: Hooks,
}

impl<D: Definition> Server<D> {
    /// Creates a server that listens on the same address as [`serve`](super::serve).
    #[must_use]
    pub fn new(service: Service<D>) -> Self {
        Self {
            service,
            address: None,
            settings: Settings::default(),
            shutdown: ShutdownTimes::default(),
            required: None,
            verify: None,
            #[cfg(feature = "metrics")]
            metrics: None,
            start_hooks: Hooks::default(),
            stop_hooks: Hooks::default(),
        }
    }

    /// Sets the address to listen on. Port 0 selects a free port.
    #[must_use]
    pub fn listen(mut self, address: impl Into<SocketAddr>) -> Self {
        self.address = Some(address.into());
        self
    }

    /// Rejects calls without this header with a 401. `/health` and `/ready` do not need it.
    #[must_use]
    pub fn require_header(mut self, header: RequireHeaderLayer) -> Self {
        self.required = Some(header);
        self
    }

    /// Verifies the signatures of calls, in place of the secrets in `BP_SIGNING_SECRET`. `/health`,
    /// `/ready` and metrics need no signature.
    #[must_use]
    pub fn verify_calls(mut self, layer: VerifyCallsLayer) -> Self {
        self.verify = Some(layer);
        self
    }

    /// Counts and times calls, and exposes the metrics for Prometheus on this path, such as
    /// `/metrics`. A request on this path that has the headers of a call is handled as a call.
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

    /// Sets the maximum size of a request body in bytes (default: 10 MiB). Larger bodies are
    /// rejected with a 413.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.settings.body_limit = bytes;
        self
    }

    /// Sets the maximum number of bytes of request heads, request bodies and responses that all
    /// connections buffer at once (default: 64 MiB). Requests beyond the limit are rejected with a
    /// 503. A body counts as its bytes arrive, whatever its `content-length`, until its call has
    /// ended. The response then counts until the client has received it. The JSON values parsed
    /// from a body take several times its size while the call runs; they do not count.
    ///
    /// Requests do not wait for buffer space, because two half-received bodies that wait for each
    /// other would deadlock. When a request is rejected, the connection of a client that holds
    /// buffered bytes and keeps the server waiting is closed. An eighth of the limit is reserved
    /// for connections that hold at most 64 KiB.
    #[must_use]
    pub fn max_buffered_bytes(mut self, bytes: usize) -> Self {
        self.settings.max_buffered_bytes = bytes;
        self
    }

    /// Sets the maximum size of a request head in bytes, including the configuration (default: 64
    /// KiB, at most 16 MiB). Larger heads are rejected with a 431.
    #[must_use]
    pub fn max_header_bytes(mut self, bytes: usize) -> Self {
        self.settings.max_header_bytes = bytes.min(settings::LONGEST_HEAD);
        self
    }

    /// Sets the maximum number of request headers (default: 100, at most 10,000). Requests with
    /// more headers are rejected with a 431.
    #[must_use]
    pub fn max_headers(mut self, headers: usize) -> Self {
        self.settings.max_headers = headers.min(settings::MOST_HEADERS);
        self
    }

    /// Sets how long a client may take to send the complete head of its next HTTP/1.1 request
    /// (default: 30 seconds). Then the connection is closed. This is also the idle timeout of a
    /// connection. On HTTP/2 it limits the wait for the first request; after that the connection is
    /// pinged every 30 seconds, and closed if a ping is not answered.
    #[must_use]
    pub fn header_read_timeout(mut self, time: Duration) -> Self {
        self.settings.header_read_timeout = settings::time(time);
        self
    }

    /// Sets how long a client may take to send a request body (default: 1 minute). Later bodies are
    /// rejected with a 408.
    #[must_use]
    pub fn body_read_timeout(mut self, time: Duration) -> Self {
        self.settings.body_read_timeout = settings::time(time);
        self
    }

    /// Sets how long a handler may run (default: 5 minutes). Then the handler is canceled and the
    /// response is a 504. A handler can be canceled only at an `.await`; a handler without one
    /// blocks its thread.
    #[must_use]
    pub fn request_timeout(mut self, limit: Duration) -> Self {
        self.settings.request_timeout = settings::time(limit);
        self
    }

    /// Sets how long a client may take to read a response (default: 1 minute). Then the connection
    /// is closed. The timer starts when a write blocks, and partial reads do not reset it.
    #[must_use]
    pub fn write_timeout(mut self, time: Duration) -> Self {
        self.settings.write_timeout = settings::time(time);
        self
    }

    /// Sets the maximum number of concurrent calls (default: 1,024, at least 1). Calls beyond the
    /// limit are rejected with a 503.
    #[must_use]
    pub fn max_concurrent_calls(mut self, calls: u32) -> Self {
        self.settings.max_concurrent_calls = settings::permits(calls);
        self
    }

    /// Sets the maximum number of open connections (default: 1,024, at least 1). The limit is lower
    /// if the process may not open enough files: 128 file descriptors, or half of them if there are
    /// fewer than 256, are reserved for other uses.
    ///
    /// For a connection beyond the limit, the server closes the connection that has waited longest
    /// for its client: for a request, for the rest of a request, or for the client to read the
    /// response. If every connection has a running call, the new connection waits for one of the
    /// calls to end.
    #[must_use]
    pub fn max_connections(mut self, connections: u32) -> Self {
        self.settings.max_connections = settings::permits(connections);
        self
    }

    /// Sets how long `/ready` returns a 503 before the listener is closed at shutdown (default: the
    /// seconds in `CONTEXTURE_SHUTDOWN_DELAY`, or zero). Load balancers can use this time to stop
    /// sending requests.
    #[must_use]
    pub fn shutdown_delay(mut self, time: Duration) -> Self {
        self.shutdown.delay = Some(settings::time(time));
        self
    }

    /// Sets how long shutdown waits for running calls (default: the seconds in
    /// `CONTEXTURE_DRAIN_TIMEOUT`, or 25).
    #[must_use]
    pub fn drain_timeout(mut self, time: Duration) -> Self {
        self.shutdown.drain = Some(settings::time(time));
        self
    }

    /// Sets how long the hooks of [`on_start`](Self::on_start) may take (default: 5 minutes). Then
    /// the start fails.
    #[must_use]
    pub fn start_timeout(mut self, time: Duration) -> Self {
        self.settings.start_timeout = settings::time(time);
        self
    }

    /// Sets how long the hooks of [`on_stop`](Self::on_stop) may take (default: the seconds in
    /// `CONTEXTURE_STOP_TIMEOUT`, or 3). The timer starts after the running calls have ended or [`drain_timeout`](Self::drain_timeout)
    /// has elapsed. Then the hooks are aborted.
    #[must_use]
    pub fn stop_timeout(mut self, time: Duration) -> Self {
        self.shutdown.stop = Some(settings::time(time));
        self
    }

    /// Adds a hook that runs before the first call. If it returns an error, the server does not
    /// start. Meanwhile incoming connections wait, for at most
    /// [`start_timeout`](Self::start_timeout).
    #[must_use]
    pub fn on_start<F: Future<Output = Result> + Send + 'static>(
        mut self,
        hook: impl FnOnce() -> F + Send + 'static,
    ) -> Self {
        self.start_hooks.add(hook);
        self
    }

    /// Adds a hook that runs after the last call, within [`stop_timeout`](Self::stop_timeout). Its
    /// error is logged.
    #[must_use]
    pub fn on_stop<F: Future<Output = Result> + Send + 'static>(
        mut self,
        hook: impl FnOnce() -> F + Send + 'static,
    ) -> Self {
        self.stop_hooks.add(hook);
        self
    }
}

impl<D: Definition> fmt::Debug for Server<D> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Server")
            .field("integration", &D::DOCUMENT.name)
            .field("address", &self.address)
            .field("settings", &self.settings)
            .field("shutdown", &self.shutdown)
            .finish_non_exhaustive()
    }
}
