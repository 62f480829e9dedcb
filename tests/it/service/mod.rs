//! Generated integrations in process: they take requests as bytes, and the tests inspect everything that they do.

mod bench;
mod client;
mod configurations;
mod crm;
mod github;
mod payloads;
mod refusals;
