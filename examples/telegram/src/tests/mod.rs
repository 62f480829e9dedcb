//! The integration as Botpress calls it, between stand-ins for Telegram and for Botpress.

mod bench;
mod bot_api;
mod inbound;
mod lifecycle;
mod outbound;
mod secrecy;
mod typing;
mod wizard;
