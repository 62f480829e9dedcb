//! The server: webhooks and the API over HTTP, on this machine only.

mod emulator;
mod error;
mod routes;
mod serve;

pub use self::emulator::{Emulator, EmulatorOptions};
pub use self::error::ServerError;
pub use self::routes::{emulator_routes, platform_routes, routes};
pub use self::serve::{bind, serve};
