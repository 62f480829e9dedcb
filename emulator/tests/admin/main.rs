//! The admin API: what can be deployed, how it is shown, and how it is called.

mod bench;
mod corpus;
mod hub;
mod integrations;
mod keys;
mod refusals;
mod workspaces;
