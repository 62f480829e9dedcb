//! The emulator by requests, for the commands of `contexture` that talk to `contexture dev`.
//!
//! | request | what it does |
//! |---|---|
//! | `GET /_contexture/control/state` | the program, the addresses, the instances |
//! | `GET /_contexture/control/definition` | the definition |
//! | `POST /_contexture/control/configuration` | configures the instance, or installs it |
//! | `POST /_contexture/control/call` | calls an operation |
//! | `POST /_contexture/control/sign` | the headers and the body of a signed webhook |
//! | `GET /_contexture/control/exchanges` | recorded exchanges, the newest first: `kind`, `instance`, `parent`, `roots`, `since`, `limit` |
//! | `GET /_contexture/control/exchanges/{id}` | an exchange with its log lines and API requests |
//! | `POST /_contexture/control/exchanges/{id}/replay` | repeats it, also edited |
//!
//! Bodies are JSON. An error is `{ "error": "…" }`. Requests of browsers and requests that name another host are refused.

mod body;
mod call;
mod called;
mod configuration;
mod exchange;
mod guard;
mod message;
mod read;
mod replay;
mod routes;
mod state;
mod webhook;

pub use self::routes::routes;
pub use self::state::Control;

/// Where the routes begin.
pub const BASE: &str = "/_contexture/control";
