//! The integration as a function of AWS Lambda (feature `lambda`).
//!
//! ```no_run
//! # use contexture::{Definition, Result, Service};
//! # async fn example<D: Definition>(service: Service<D>) -> Result {
//! contexture::lambda::serve(service).await
//! # }
//! ```
//!
//! [`serve`] is for the runtime `provided.al2023`, whose program is called `bootstrap`. The function gets its requests
//! from a function URL or from an HTTP API of API Gateway (payload format 2.0). `lambda_http` reads the events.
//!
//! # Time
//!
//! Lambda ends a function that exceeds its timeout, and the caller gets an error of Lambda. Therefore a call has less time
//! than that: until the deadline of its invocation, less a tenth of the time that is left, and at most 500 milliseconds
//! less. Then the handler is canceled and the response is a 504 in the form of Botpress's API (`OperationTimeout`). A
//! handler can be canceled only at an `.await`.
//!
//! # What stands still after a response
//!
//! Lambda freezes the process after each response, and thaws it for the next request or ends it. Nothing is lost by that,
//! but nothing goes on:
//!
//! | what | on Lambda |
//! |---|---|
//! | [`Context::after_response`](crate::Context::after_response) | the response waits for the work, and the deadline limits both. The first time, a warning says so |
//! | tasks that a handler spawns | they stand still, perhaps forever. Wait for them in the handler |
//! | open connections of the clients | the other side may close them meanwhile. The next request opens new ones |
//! | the drain and the hooks of the server | there are none: the process gets no signal that it could wait for |
//! | log lines | they are written before the response. There is no queue |
//!
//! Each instance of a function has a memory of its own: that of used signatures, of handled deliveries and of tokens.
//! Share a [`store`](crate::store) for the deliveries and the tokens. An instance runs one call at a time, or as many as
//! `AWS_LAMBDA_MAX_CONCURRENCY` says, which Lambda sets on its managed instances.

mod answer;
mod deadline;
mod error;
mod function;
mod init_error;

use std::convert::Infallible;
use std::sync::Arc;

use lambda_http::service_fn;

pub use self::error::LambdaError;
#[cfg(feature = "server")]
pub(crate) use self::error::is_here;
use self::function::Function;
use crate::{Definition, Error, Result, Service, observe::TracingSubscriber};

/// Serves an integration on AWS Lambda, until Lambda ends the process.
///
/// `tracing` events are written to the log, unless the process has its own subscriber. With `BP_SIGNING_SECRET` it rejects
/// calls that Botpress did not sign. A function URL is open to anyone who knows it, so set the secret.
///
/// An error of the start is also reported to Lambda, which shows it to the caller and starts the process again.
///
/// # Errors
///
/// Returns an error if the process does not run on Lambda, if secrets are missing (the error names all of them), if the
/// signing secret is invalid, or if Lambda's Runtime API cannot be reached.
pub async fn serve<D: Definition>(service: Service<D>) -> Result {
    TracingSubscriber::install(service.environment_ref());
    error::check_environment()?;
    let function = match Function::new(service) {
        Ok(function) => Arc::new(function),
        Err(error) => {
            init_error::report(&error).await;
            return Err(error.into());
        }
    };
    let handler = service_fn(move |request| {
        let function = Arc::clone(&function);
        async move { Ok::<_, Infallible>(function.answer(request).await) }
    });
    lambda_http::run_concurrent(handler)
        .await
        .map_err(Error::from)
}
