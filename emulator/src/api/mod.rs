//! The API that the client of an integration calls: users, conversations, messages, events, states, files.
//!
//! ```text
//! request -> authentication -> route -> shapes of query and body -> operation -> response
//! ```
//!
//! An operation runs in one transaction. Its table has the path, the query parameters and the members of the body.

mod authentication;
mod call;
mod change;
mod installation;
mod number;
mod page;
mod properties;
mod resources;
mod schemas;
mod service;
mod tags;

pub use self::call::Role;
pub use self::change::{Change, ChangeKind, Observer, Resource};
pub use self::installation::Installation;
pub use self::resources::Configuration;
pub use self::service::Api;
