//! Tests of the integration with mocks of Telegram and Botpress.

mod bot_api;
mod inbound;
mod lifecycle;
mod outbound;
mod secrecy;
mod test_app;
mod typing;
mod walk;
mod wizard;
