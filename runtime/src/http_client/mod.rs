//! Requests to other services.
//!
//! [`Context::http`](crate::Context::http) sends requests with the transport of the environment: all
//! clients of the process share one TLS configuration and one pool of connections, and tests replace
//! it. It works wherever a [`Transport`](crate::client::Transport) does, also without sockets.
//!
//! ```
//! use contexture::{Context, Definition, Result, Secret};
//!
//! #[derive(serde::Deserialize)]
//! struct Item { id: u64 }
//!
//! async fn items<D: Definition>(ctx: &Context<D>, token: &Secret) -> Result<Vec<Item>> {
//!     let request = ctx.http().get("https://api.acme.test/items").query("page", "1").bearer(token);
//!     Ok(request.send().await?.success()?.json()?)
//! }
//! ```
//!
//! - A request has a timeout of 30 seconds and is not retried, unless
//!   [`retries`](HttpRequest::retries) sets a policy.
//! - A response of more than 10 MiB is an error ([`response_limit`](HttpRequest::response_limit)).
//! - Redirects are not followed, so credentials are not sent to another host.
//! - HTTPS is required, except on the local machine and on hosts that
//!   [`Environment::plain_http`](crate::Environment::plain_http) allows.
//! - Each request is a `tracing` span with its method, host and status. Neither the span nor an error
//!   shows the path, the query, a header or a body.

mod error;
mod request;
mod response;

pub use self::{
    error::HttpError,
    request::{HttpClient, HttpRequest},
    response::HttpResponse,
};
