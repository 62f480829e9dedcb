//! The server: the API over HTTP, on this machine only.

mod error;
mod host;
mod routes;
mod serve;

pub use self::error::ServerError;
pub use self::routes::routes;
pub use self::serve::{bind, serve};
