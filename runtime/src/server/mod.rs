//! The server: an integration on a port of its own.
//!
//! It knows HTTP and nothing of Botpress: it reads bytes, hands them to the
//! [`Service`](crate::Service), and writes what comes back. A client that goes away does not cancel
//! its handler: see `running_call`.

mod address;
mod builder;
mod charged_bytes;
mod connection;
mod connections;
mod descriptors;
mod error;
mod head;
mod hooks;
mod limits;
mod response_body;
mod running_call;
mod serve;
mod settings;
mod shutdown;
mod socket;
mod state;
mod timeout;
mod write_timeout;

pub use self::{builder::Server, error::ServeError, serve::BoundServer};
use crate::{Definition, Result, Service};

/// Has events of `tracing` written to the log, unless the process has a subscriber already.
#[cfg(feature = "tracing-layer")]
fn log_events(environment: &crate::Environment) {
    if !tracing::dispatcher::has_been_set() {
        let subscriber = crate::observe::TracingLayer::new(environment).into_subscriber();
        // Another thread may have set one just now, which is as good.
        let _ = tracing::subscriber::set_global_default(subscriber);
    }
}

/// Serves an integration until the process is told to stop (`SIGTERM`, or Ctrl-C).
///
/// Events of `tracing` are written to the log, unless the process has a subscriber of its own.
///
/// It listens on `CONTEXTURE_LISTEN` (an address and a port), else on the port `PORT` of all
/// interfaces, else on 127.0.0.1:8072. [`Server`] has settings.
///
/// # Errors
///
/// When secrets are missing (all of them are named), when the address cannot be read, or cannot be
/// listened on.
pub async fn serve<D: Definition>(service: Service<D>) -> Result {
    #[cfg(feature = "tracing-layer")]
    log_events(service.environment_ref());
    Server::new(service).run().await?;
    Ok(())
}
