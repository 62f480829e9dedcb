//! A server at work: from an address to connections, and the end of both.

use std::{fmt, io, net::SocketAddr, sync::Arc, time::Duration};

use tokio::net::{TcpListener, TcpStream};

use super::{
    connection::Endpoint,
    connections::{ConnectionSlot, ConnectionSlots},
    descriptors,
    hooks::Hooks,
    settings::Settings,
    shutdown::{Signals, Stop},
    state::ServerState,
};
use crate::{
    Definition, Logger, RequireHeaderLayer, Service,
    logger::{Queued, Throttle},
};

/// How long to wait at most before accepting again when the system has no connection to give, as when
/// files run out.
const ACCEPT_PAUSE: Duration = Duration::from_millis(500);

/// How long the reader of the log has for the last lines.
const LAST_LINES: Duration = Duration::from_secs(1);

/// A server that has its address.
pub struct BoundServer<D: Definition> {
    pub(super) service: Service<D>,
    pub(super) settings: Settings,
    pub(super) required: Option<RequireHeaderLayer>,
    #[cfg(feature = "metrics")]
    pub(super) metrics: Option<super::state::MetricsEndpoint>,
    pub(super) stop_hooks: Hooks,
    pub(super) listener: TcpListener,
    pub(super) address: SocketAddr,
    pub(super) log: Queued,
}

impl<D: Definition> BoundServer<D> {
    /// Gives the address that it listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until the process is told to stop (`SIGTERM`, or Ctrl-C). Told so again, it waits no
    /// longer for the calls that run, or for what is done at the end.
    pub async fn run(self) {
        self.run_with(Signals::new()).await;
    }

    pub(super) async fn run_with(self, mut signals: Signals) {
        let serving = self.begin();
        serving.connections.accept_until(signals.next()).await;
        serving.end(signals).await;
    }

    /// Serves until `stop` is ready; then running calls are given time to end.
    pub async fn run_until(self, stop: impl Future<Output = ()> + Send) {
        let serving = self.begin();
        serving.connections.accept_until(stop).await;
        serving.end(Signals::none()).await;
    }

    fn begin(self) -> Serving<D> {
        let logger = Logger::for_process(self.service.environment_ref().log_ref());
        announce::<D>(&logger, self.address, self.required.is_some());
        let settings = self.settings;
        let limit = descriptors::connections(settings.max_connections);
        if limit < settings.max_connections {
            logger.info(format_args!(
                "{limit} connections at most: the process may not open files for more"
            ));
        }
        let calls = ServerState::new(
            self.service,
            settings,
            self.required,
            #[cfg(feature = "metrics")]
            self.metrics,
        );
        Serving {
            connections: Connections {
                listener: self.listener,
                endpoint: Arc::new(Endpoint::new(calls, settings)),
                places: ConnectionSlots::new(limit),
                stop: Stop::new(),
                logger: logger.clone(),
                failures: Throttle::new(1),
            },
            settings,
            stop_hooks: self.stop_hooks,
            logger,
            log: self.log,
        }
    }
}

/// A server that serves.
struct Serving<D: Definition> {
    connections: Connections<D>,
    settings: Settings,
    stop_hooks: Hooks,
    logger: Logger,
    log: Queued,
}

impl<D: Definition> Serving<D> {
    /// Ends the connections, then does what an author has done at the end. Each has a time, and each
    /// signal ends what is waited for.
    async fn end(self, mut signals: Signals) {
        let Self {
            connections,
            settings,
            stop_hooks,
            logger,
            log,
        } = self;
        let calls = Arc::clone(&connections.endpoint.calls);
        tokio::select! {
            () = connections.end(settings) => {}
            () = signals.next() => logger.warn("told to stop again: running calls are given up"),
        }
        let limit = settings.stop_timeout;
        tokio::select! {
            ended = tokio::time::timeout(limit, stop_hooks.run()) => match ended {
                Ok(Ok(())) => {}
                Ok(Err(error)) => logger.error(format_args!("the end failed: {error}")),
                Err(_) => logger.error(format_args!("the end was not done within {limit:?}")),
            },
            () = signals.next() => logger.warn("told to stop again: what is done at the end is given up"),
        }
        calls.tell_omitted();
        // A log that nobody reads any more keeps nobody here.
        tokio::select! {
            () = log.flush() => {}
            () = tokio::time::sleep(LAST_LINES) => {}
            () = signals.next() => {}
        }
    }
}

/// Says where the server listens, and what is to be known about that.
fn announce<D: Definition>(logger: &Logger, address: SocketAddr, protected: bool) {
    let document = D::DOCUMENT;
    logger.info(format_args!(
        "{} {} listens on http://{address}",
        document.name, document.version
    ));
    if !protected && !address.ip().is_loopback() {
        logger.warn(
            "listening beyond loopback: whoever reaches this port can claim to be any bot with any \
             configuration; keep it private, or require a shared header",
        );
    }
}

/// The connections that are open, and where others come from.
struct Connections<D: Definition> {
    listener: TcpListener,
    endpoint: Arc<Endpoint<D>>,
    /// One for each connection that may be open.
    places: Arc<ConnectionSlots>,
    stop: Stop,
    logger: Logger,
    failures: Throttle,
}

impl<D: Definition> Connections<D> {
    /// Accepts connections until told to stop.
    async fn accept_until(&self, stop: impl Future<Output = ()>) {
        tokio::select! {
            () = self.accept() => {}
            () = stop => {}
        }
    }

    /// Accepts connections, for ever.
    async fn accept(&self) {
        loop {
            match self.listener.accept().await {
                Ok((stream, _)) => self.open(stream, self.places.take().await),
                // The client was gone before its turn came: that says nothing about the next one.
                Err(error) if concerns_one_client(&error) => {}
                Err(error) => {
                    if self.failures.admit().is_some() {
                        let logger = &self.logger;
                        logger.error(format_args!("cannot accept a connection: {error}"));
                    }
                    self.places.make_room(ACCEPT_PAUSE).await;
                }
            }
        }
    }

    fn open(&self, stream: TcpStream, place: ConnectionSlot) {
        let (endpoint, stopping) = (Arc::clone(&self.endpoint), self.stop.listener());
        tokio::spawn(async move { endpoint.serve(stream, stopping, place).await });
    }

    /// Takes no more connections, and waits for the open ones and for handlers whose client went
    /// away.
    async fn end(self, settings: Settings) {
        let calls = Arc::clone(&self.endpoint.calls);
        calls.refuse_readiness();
        if !settings.shutdown_delay.is_zero() {
            // Until load balancers have noticed, requests still come.
            tokio::select! {
                () = self.accept() => {}
                () = tokio::time::sleep(settings.shutdown_delay) => {}
            }
        }
        self.accept_waiting().await;
        let Self {
            listener,
            stop,
            logger,
            ..
        } = self;
        drop(listener);
        let ended = async {
            stop.end_connections().await;
            calls.finished().await;
        };
        if tokio::time::timeout(settings.drain_timeout, ended)
            .await
            .is_err()
        {
            let running = calls.running();
            logger.warn(format_args!("stopped with {running} calls still running"));
        }
    }

    /// Accepts what the system has accepted already: those clients believe that they are served.
    async fn accept_waiting(&self) {
        while let Some(place) = self.places.try_take() {
            tokio::select! {
                biased;
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, _)) => self.open(stream, place),
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
