//! The server: webhooks and the API over HTTP, on this machine only.

mod error;
mod host;
mod routes;
mod serve;

pub use self::error::ServerError;
pub(crate) use self::host::is_local;
pub use self::routes::{platform_routes, routes};
pub use self::serve::{bind, serve};
