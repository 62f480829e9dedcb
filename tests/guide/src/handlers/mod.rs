//! What the integration does: a file for each handler.

mod actions;
mod channels;
mod lifecycle;
pub(crate) mod webhook;
pub(crate) mod wizard;
