//! Tests of the integration with mocks of Telegram and Botpress.

mod bench;
mod bot_api;
mod inbound;
mod lifecycle;
mod outbound;
mod secrecy;
mod typing;
mod wizard;
