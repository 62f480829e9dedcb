//! The one `main` of an integration, wherever it runs.

#[cfg(target_family = "wasm")]
mod hosted;
#[cfg(not(target_family = "wasm"))]
mod native;

#[cfg(target_family = "wasm")]
use self::hosted as place;
#[cfg(not(target_family = "wasm"))]
use self::native as place;
use crate::{Definition, Result, Service};

/// Runs an integration. This is the whole `main`, wherever it runs, and the program needs no tokio of
/// its own:
///
/// ```no_run
/// # use contexture::{Definition, Result, Service};
/// # fn example<D: Definition>(service: Service<D>) -> Result {
/// contexture::run(service)
/// # }
/// ```
///
/// As a program, it starts a tokio runtime with a worker thread for each core and does what
/// [`serve`](crate::serve) does, until the process receives a stop signal. Call
/// [`serve`](crate::serve) or [`Server::run`](crate::Server::run) on a runtime of your own to change
/// its settings or those of the server.
///
/// With the feature `lambda` it does what [`lambda::serve`](crate::lambda::serve) does if the process
/// runs on AWS Lambda, where `AWS_LAMBDA_RUNTIME_API` is set. Without the feature `server` it runs
/// nowhere else.
///
/// As WebAssembly (target `wasm32-wasip1`, made by `contexture bundle`), it returns after it has
/// checked the secrets, and the module then answers the calls of the program that loaded it. Schemas
/// are compiled at their first use. There is no tokio runtime: use
/// [`Context::http`](crate::Context::http) for requests.
///
/// # Errors
///
/// Returns the errors of [`serve`](crate::serve), or an error if the runtime cannot start. A program
/// with the feature `lambda` and without the feature `server` fails everywhere but on Lambda. As
/// WebAssembly, it returns an error if secrets are missing or malformed.
///
/// # Panics
///
/// Panics if the calling thread already runs a tokio runtime: `await` [`serve`](crate::serve) there.
pub fn run<D: Definition>(service: Service<D>) -> Result {
    place::run(service)
}
