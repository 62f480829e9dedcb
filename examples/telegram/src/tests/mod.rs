//! Tests of the integration with mocks of Telegram and Botpress.

mod bot_api;
mod deployed;
mod inbound;
mod inspector;
mod lifecycle;
mod local_botpress;
mod outbound;
mod secrecy;
mod test_app;
mod typing;
mod walk;
mod wizard;
