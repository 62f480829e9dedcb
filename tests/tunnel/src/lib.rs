//! The server of Botpress's tunnel on this machine, for tests: as strict as `@bpinternal/tunnel`, and able to fail.
//!
//! A WebSocket to `/<id>` is the tail of the tunnel `<id>`, and any other request to `/<id>` or `/<id>/path` is passed on to
//! it. The server notes what a tail must not do.

mod close;
mod frames;
mod record;
mod server;
mod tails;

pub use self::close::code;
pub use self::frames::{Call, Reply};
pub use self::record::Record;
pub use self::server::TunnelServer;
pub use self::tails::NoAnswer;
