//! The running server: accepts connections and shuts down gracefully.

use std::{
    fmt, io,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::net::{TcpListener, TcpStream};

use super::{
    connection::Endpoint,
    connections::{ConnectionSlot, ConnectionSlots},
    descriptors,
    hooks::Hooks,
    settings::Settings,
    shutdown::{Signals, Stop, flush_bounded},
    state::ServerState,
};
use crate::{
    Definition, Logger, RequireHeaderLayer, Service, VerifyCallsLayer,
    logger::{Queued, Throttle},
};

/// The maximum time to wait before the next accept after a system error, such as too many open
/// files.
const ACCEPT_PAUSE: Duration = Duration::from_millis(500);

/// A server that is bound to its address.
pub struct BoundServer<D: Definition> {
    pub(super) service: Service<D>,
    pub(super) settings: Settings,
    pub(super) required: Option<RequireHeaderLayer>,
    pub(super) verify: Option<VerifyCallsLayer>,
    #[cfg(feature = "metrics")]
    pub(super) metrics: Option<super::state::MetricsEndpoint>,
    pub(super) stop_hooks: Hooks,
    pub(super) listener: TcpListener,
    pub(super) address: SocketAddr,
    pub(super) log: Queued,
}

impl<D: Definition> BoundServer<D> {
    /// Returns the address that the server listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until the process receives a stop signal (`SIGTERM` or Ctrl-C). A second signal stops
    /// the wait for running calls, and another one stops the shutdown hooks.
    pub async fn run(self) {
        self.run_with(Signals::new()).await;
    }

    pub(super) async fn run_with(self, mut signals: Signals) {
        let serving = self.begin();
        serving.connections.accept_until(signals.next()).await;
        serving.end(signals).await;
    }

    /// Serves until `stop` completes. Then running calls have
    /// [`Server::drain_timeout`](super::Server::drain_timeout) to complete.
    pub async fn run_until(self, stop: impl Future<Output = ()> + Send) {
        let serving = self.begin();
        serving.connections.accept_until(stop).await;
        serving.end(Signals::none()).await;
    }

    fn begin(self) -> Serving<D> {
        let logger = Logger::for_process(self.service.environment_ref().log_ref());
        let verifies = self
            .verify
            .as_ref()
            .is_some_and(|layer| !layer.only_warns());
        announce::<D>(&logger, self.address, self.required.is_some() || verifies);
        let settings = self.settings;
        let limit = descriptors::connections(settings.max_connections);
        if limit < settings.max_connections {
            logger.info(format_args!(
                "max_connections reduced to {limit} by the open file limit of the process"
            ));
        }
        let state = ServerState::new(
            self.service,
            settings,
            self.required,
            self.verify,
            #[cfg(feature = "metrics")]
            self.metrics,
        );
        Serving {
            connections: Connections {
                listener: self.listener,
                endpoint: Arc::new(Endpoint::new(state, settings)),
                slots: ConnectionSlots::new(limit),
                stop: Stop::new(),
                logger: logger.clone(),
                failures: Throttle::new(1),
                waiting: Mutex::default(),
            },
            settings,
            stop_hooks: self.stop_hooks,
            logger,
            log: self.log,
        }
    }
}

/// A running server.
struct Serving<D: Definition> {
    connections: Connections<D>,
    settings: Settings,
    stop_hooks: Hooks,
    logger: Logger,
    log: Queued,
}

impl<D: Definition> Serving<D> {
    /// Closes the connections, then runs the shutdown hooks. Each step has a timeout, and each
    /// further signal aborts the current step.
    async fn end(self, mut signals: Signals) {
        let Self {
            connections,
            settings,
            stop_hooks,
            logger,
            log,
        } = self;
        let state = Arc::clone(&connections.endpoint.state);
        logger.info(format_args!(
            "stopping, with {} running calls",
            state.running()
        ));
        tokio::select! {
            () = connections.end(settings) => {}
            () = signals.next() => logger.warn("second signal: aborting running calls"),
        }
        let limit = settings.stop_timeout;
        tokio::select! {
            ended = tokio::time::timeout(limit, stop_hooks.run()) => match ended {
                Ok(Ok(())) => {}
                Ok(Err(error)) => logger.error(format_args!("shutdown hook failed: {error}")),
                Err(_) => logger.error(format_args!("shutdown hooks timed out after {limit:?}")),
            },
            () = signals.next() => logger.warn("another signal: aborting shutdown hooks"),
        }
        state.tell_omitted();
        logger.info("stopped");
        // A log that is not read must not delay the exit.
        tokio::select! {
            () = flush_bounded(&log) => {}
            () = signals.next() => {}
        }
    }
}

/// Logs the listen address, and a warning if the port is not protected.
fn announce<D: Definition>(logger: &Logger, address: SocketAddr, protected: bool) {
    let document = D::DOCUMENT;
    logger.info(format_args!(
        "{} {} listens on http://{address}",
        document.name, document.version
    ));
    if !protected && !address.ip().is_loopback() {
        logger.warn(
            "listening beyond loopback: any client that reaches this port can claim to be any bot with \
             any configuration; set BP_SIGNING_SECRET, require a shared header, or keep the port private",
        );
    }
}

/// The open connections and the listener.
struct Connections<D: Definition> {
    listener: TcpListener,
    endpoint: Arc<Endpoint<D>>,
    /// One slot for each connection that may be open.
    slots: Arc<ConnectionSlots>,
    stop: Stop,
    logger: Logger,
    failures: Throttle,
    /// An accepted connection that waits for a slot. It is served even if accepting is stopped.
    waiting: Mutex<Option<TcpStream>>,
}

impl<D: Definition> Connections<D> {
    /// Accepts connections until `stop` completes.
    async fn accept_until(&self, stop: impl Future<Output = ()>) {
        tokio::select! {
            () = self.accept() => {}
            () = stop => {}
        }
    }

    /// Accepts connections forever.
    async fn accept(&self) {
        self.open_waiting().await;
        loop {
            match self.listener.accept().await {
                Ok((stream, _)) => {
                    *self.waiting() = Some(stream);
                    self.open_waiting().await;
                }
                // The client disconnected before it was accepted; the listener is fine.
                Err(error) if concerns_one_client(&error) => {}
                Err(error) => {
                    if self.failures.admit().is_some() {
                        let logger = &self.logger;
                        logger.error(format_args!("cannot accept a connection: {error}"));
                    }
                    self.slots.make_room(ACCEPT_PAUSE).await;
                }
            }
        }
    }

    /// Waits for a slot for the accepted connection that has none yet.
    async fn open_waiting(&self) {
        if self.waiting().is_some() {
            let slot = self.slots.take().await;
            if let Some(stream) = self.waiting().take() {
                self.open(stream, slot);
            }
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Option<TcpStream>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open(&self, stream: TcpStream, slot: ConnectionSlot) {
        let (endpoint, stopping) = (Arc::clone(&self.endpoint), self.stop.listener());
        tokio::spawn(async move { endpoint.serve(stream, stopping, slot).await });
    }

    /// Stops accepting connections, then waits for the open ones and for handlers whose client has
    /// disconnected.
    async fn end(self, settings: Settings) {
        let state = Arc::clone(&self.endpoint.state);
        state.refuse_readiness();
        if !settings.shutdown_delay.is_zero() {
            // Requests keep arriving until load balancers have noticed.
            tokio::select! {
                () = self.accept() => {}
                () = tokio::time::sleep(settings.shutdown_delay) => {}
            }
        }
        self.accept_waiting().await;
        let drained = tokio::time::Instant::now() + settings.drain_timeout;
        let late = tokio::time::timeout_at(drained, self.open_waiting());
        if late.await.is_err() {
            self.logger
                .warn("closed a connection that no slot became free for");
        }
        let Self {
            listener,
            stop,
            logger,
            ..
        } = self;
        drop(listener);
        let ended = async {
            stop.end_connections().await;
            state.finished().await;
        };
        if tokio::time::timeout_at(drained, ended).await.is_err() {
            let running = state.running();
            logger.warn(format_args!(
                "drain timeout: {running} calls are still running and are aborted"
            ));
        }
    }

    /// Accepts the connections in the listener's backlog: their clients are already connected.
    async fn accept_waiting(&self) {
        while let Some(slot) = self.slots.try_take() {
            tokio::select! {
                biased;
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, _)) => self.open(stream, slot),
                    Err(error) if concerns_one_client(&error) => {}
                    Err(_) => return,
                },
                () = std::future::ready(()) => return,
            }
        }
    }
}

fn concerns_one_client(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionRefused
    )
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
