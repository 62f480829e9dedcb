//! What is generated, in process: requests go in as bytes, and everything that an integration did can be looked at.

mod bench;
mod client;
mod configurations;
mod crm;
mod github;
mod payloads;
mod refusals;
