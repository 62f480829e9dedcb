//! What the integration does: a file for each handler.

mod chat;
mod greet;
mod lifecycle;
mod webhook;
