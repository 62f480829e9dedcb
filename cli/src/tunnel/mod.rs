//! The tail of Botpress's tunnel: requests that Botpress sends to `https://tunnel.botpress.cloud/<id>` come here.
//!
//! The protocol is that of `@bpinternal/tunnel`: a WebSocket to `wss://tunnel.botpress.cloud/<id>` without credentials, and
//! text frames of JSON. Frames that bridge a WebSocket are not announced, so they never come.
//!
//! A request is answered at most once, on the connection that it came by. When a connection ends, each request that has no
//! answer yet is reported as lost, and so is each answer of which nothing proves that it arrived.

mod address;
mod call;
mod close;
mod connection;
mod event;
mod forward;
mod frame;
mod handler;
mod reconnect;
mod supervisor;
#[cfg(test)]
mod tests;
mod traffic;

pub(crate) use self::address::{DEFAULT_URL, TunnelAddress, TunnelId};
pub(crate) use self::event::TunnelEvent;
pub(crate) use self::handler::{Failure, Handler};
pub(crate) use self::supervisor::Tunnel;
