//! The admin API: workspaces, and the integrations that are deployed to them.
//!
//! ```text
//! request -> token -> route -> shapes of query and body -> operation, in one transaction -> effects -> response
//! ```
//!
//! What is deployed with a `url` becomes a [`Platform`](crate::platform::Platform): it can be installed in a bot, and is then
//! called, signed, as by Botpress. Code that Botpress would host is kept and not run.
//!
//! The bodies follow the document of Botpress's admin API, version 1.86. Limits of counts and bytes are those of Botpress's
//! package `@bpinternal/const` 0.4.2.

mod account;
mod body;
mod bots;
mod call;
mod contents;
mod deployed;
mod effect;
mod hub;
mod integrations;
mod keys;
mod logs;
mod operations;
mod page;
mod service;
mod version;
mod workspaces;

pub use self::account::NewWorkspace;
pub use self::operations::{check_body, operation_names};
pub use self::service::{Admin, AdminError};
