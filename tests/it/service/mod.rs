//! Generated integrations in process: they take requests as bytes, and the tests inspect everything that they do.

mod client;
mod configurations;
mod crm;
mod github;
mod payloads;
mod refusals;
mod test_app;
