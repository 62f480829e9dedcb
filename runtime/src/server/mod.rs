//! The HTTP server of an integration.
//!
//! It handles HTTP and knows nothing of Botpress: it reads requests, passes them to the
//! [`Service`](crate::Service), and writes the responses. A client that disconnects does not cancel
//! its handler; see `running_call`.

mod address;
mod builder;
mod charged_bytes;
mod connection;
mod connections;
mod descriptors;
mod error;
mod head;
mod hooks;
mod http1;
#[cfg(feature = "http2")]
mod http2;
mod limits;
mod rarely;
mod refusals;
mod response_body;
mod running_call;
mod serve;
mod settings;
mod shutdown;
mod shutdown_times;
mod socket;
mod start;
mod state;
mod timeout;
mod write_timeout;

pub use self::{builder::Server, error::ServeError, serve::BoundServer};
use crate::{Definition, Result, Service, observe::TracingSubscriber};

/// Serves an integration until the process receives a stop signal (`SIGTERM` or Ctrl-C).
///
/// `tracing` events are written to the log, unless the process has its own subscriber.
///
/// It listens on `CONTEXTURE_LISTEN` (an address and a port). If that is unset, it listens on the
/// port `PORT` of all interfaces. If both are unset, it listens on 127.0.0.1:8072. Use [`Server`]
/// to change settings. With `BP_SIGNING_SECRET` it rejects calls that Botpress did not sign.
///
/// # Errors
///
/// Returns an error if secrets are missing (the error names all of them), if the configured address
/// is invalid, or if the server cannot listen on it.
pub async fn serve<D: Definition>(service: Service<D>) -> Result {
    TracingSubscriber::install(service.environment_ref());
    Server::new(service).run().await?;
    Ok(())
}
