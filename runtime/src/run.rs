//! The one `main` of an integration, wherever it runs.

use crate::{Definition, Result, Service};

/// Runs an integration where it is: on AWS Lambda with [`lambda::serve`](crate::lambda::serve), if the feature `lambda` is
/// on and `AWS_LAMBDA_RUNTIME_API` is set, and everywhere else with [`serve`](crate::serve), until the process receives a
/// stop signal (`SIGTERM` or Ctrl-C).
///
/// This is the whole `main` of an integration. It starts a tokio runtime with a worker thread for
/// each core, so the program needs no tokio of its own:
///
/// ```no_run
/// # use contexture::{Definition, Result, Service};
/// # fn example<D: Definition>(service: Service<D>) -> Result {
/// contexture::run(service)
/// # }
/// ```
///
/// Call [`serve`](crate::serve) or [`Server::run`](crate::Server::run) on a runtime of your own to change its
/// settings or those of the server.
///
/// # Errors
///
/// Returns the errors of `serve`, or an error if the runtime cannot start. A program with the feature `lambda` and without
/// the feature `server` fails everywhere but on Lambda.
///
/// # Panics
///
/// Panics if the calling thread already runs a tokio runtime: `await` `serve` there.
pub fn run<D: Definition>(service: Service<D>) -> Result {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    runtime.enable_all().build()?.block_on(serve_here(service))
}

#[cfg(feature = "lambda")]
async fn serve_here<D: Definition>(service: Service<D>) -> Result {
    #[cfg(feature = "server")]
    if !crate::lambda::is_here() {
        return crate::serve(service).await;
    }
    crate::lambda::serve(service).await
}

#[cfg(not(feature = "lambda"))]
async fn serve_here<D: Definition>(service: Service<D>) -> Result {
    crate::serve(service).await
}
