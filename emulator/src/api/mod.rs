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
mod failure;
mod installation;
mod limits;
mod number;
mod page;
mod properties;
mod query;
mod request;
mod resources;
mod router;
mod schemas;
mod service;
mod shape;
mod tags;
pub(crate) mod time;

pub use self::call::Role;
pub use self::change::{Change, ChangeKind, Observer, Resource};
pub use self::installation::Installation;
pub use self::resources::Configuration;
pub use self::service::Api;
