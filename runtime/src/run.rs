//! The one `main` of an integration, wherever it runs.

use crate::{Definition, Result, Service, serve};

/// Runs an integration until the process receives a stop signal (`SIGTERM` or Ctrl-C).
///
/// This is the whole `main` of an integration. It starts a tokio runtime with a worker thread for
/// each core and does what [`serve`] does, so the program needs no tokio of its own:
///
/// ```no_run
/// # use contexture::{Definition, Result, Service};
/// # fn example<D: Definition>(service: Service<D>) -> Result {
/// contexture::run(service)
/// # }
/// ```
///
/// Call [`serve`] or [`Server::run`](crate::Server::run) on a runtime of your own to change its
/// settings or those of the server.
///
/// # Errors
///
/// Returns the errors of [`serve`], or an error if the runtime cannot start.
///
/// # Panics
///
/// Panics if the calling thread already runs a tokio runtime: `await` [`serve`] there.
pub fn run<D: Definition>(service: Service<D>) -> Result {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    runtime.enable_all().build()?.block_on(serve(service))
}
