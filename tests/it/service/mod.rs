//! Generated integrations in process. They take requests as bytes, and the tests inspect all effects.

mod client;
mod configurations;
mod crm;
mod github;
mod kinds;
mod migrations;
mod own_transport;
mod payloads;
mod refusals;
mod test_app;
mod values;
