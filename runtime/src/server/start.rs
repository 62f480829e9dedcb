//! The start of a server.

use super::{
    address::{Listen, read_address},
    builder::Server,
    error::ServeError,
    serve::BoundServer,
    shutdown::{Signals, flush_bounded},
    socket,
};
use crate::{Definition, Logger, Result, VerifyCallsLayer, environment::variable, logger::Queued};

impl<D: Definition> Server<D> {
    /// Serves until the process receives a stop signal. A signal during startup also stops it.
    ///
    /// # Errors
    ///
    /// See [`bind`](Self::bind).
    pub async fn run(self) -> Result<(), ServeError> {
        let mut signals = Signals::new();
        let log = self.service.environment_ref().log_ref().clone();
        let (logger, queued) = (Logger::for_process(&log), Queued::new(log.settings));
        let bound = tokio::select! {
            bound = self.bind() => bound?,
            () = signals.next() => {
                logger.warn("received a stop signal before startup completed");
                flush_bounded(&queued).await;
                return Ok(());
            }
        };
        bound.run_with(signals).await;
        Ok(())
    }

    /// Binds the listener, then runs the hooks of [`on_start`](Self::on_start). From then on the
    /// address is known and incoming connections wait.
    ///
    /// # Errors
    ///
    /// Returns an error if secrets are missing (the error names all of them), if the address, the
    /// signing secret or a time of the shutdown is invalid, if the server cannot listen on it, or if a hook fails or takes longer than
    /// [`start_timeout`](Self::start_timeout).
    pub async fn bind(self) -> Result<BoundServer<D>, ServeError> {
        self.service.check()?;
        let settings = self.shutdown.apply_to(self.settings, variable)?;
        let listen = match self.address {
            Some(address) => Listen::Address(address),
            None => read_address(variable)?,
        };
        let verify = match self.verify {
            Some(layer) => Some(layer),
            None => VerifyCallsLayer::from_env()?,
        };
        let opened = socket::listen(listen);
        let listener = opened.map_err(|(address, error)| ServeError::listening(address, error))?;
        let address = listener.local_addr().map_err(ServeError::Address)?;
        let log = Queued::new(self.service.environment_ref().log_ref().settings);
        let limit = self.settings.start_timeout;
        let started = tokio::time::timeout(limit, self.start_hooks.run()).await;
        let started = started.map_err(|_| ServeError::StartTimeout(limit));
        if let Err(error) = started.and_then(|started| started.map_err(ServeError::Start)) {
            flush_bounded(&log).await;
            return Err(error);
        }
        Ok(BoundServer {
            service: self.service,
            settings,
            required: self.required,
            verify,
            #[cfg(feature = "metrics")]
            metrics: self.metrics,
            stop_hooks: self.stop_hooks,
            listener,
            address,
            log,
        })
    }
}
