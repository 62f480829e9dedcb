//! The admin API: what can be deployed, how it is shown, and how it is called.

mod bench;
mod changes;
#[path = "../platform/connects.rs"]
mod connects;
mod corpus;
mod hub;
mod integrations;
mod keys;
mod lifecycle;
mod logs;
mod refusals;
mod service;
mod updates;
mod workspaces;
