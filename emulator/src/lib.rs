//! Botpress on one machine: calls an integration as Botpress does, and answers its API.
//!
//! | module | subject |
//! |---|---|
//! | [`admin`] | the API by which integrations are deployed |
//! | [`api`] | the API that the client of an integration calls |
//! | [`clock`] | the time, which tests can set |
//! | [`control`] | the emulator by requests, for the command `contexture` |
//! | [`example`] | values of a schema, from its defaults and examples |
//! | [`exchange`] | the record of calls, webhooks and API requests |
//! | [`ids`] | ids in the form of Botpress |
//! | [`inspector`] | pages that show all of it in a browser |
//! | [`definition`] | the definition of an integration |
//! | [`platform`] | Botpress's side of the protocol: instances and calls |
//! | [`program`] | the program of the integration: its state and its log lines |
//! | [`server`] | the API over HTTP, on this machine only |
//! | [`storage`] | one SQLite file, and its transactions |

mod host;
mod tables;
mod wire;

pub mod admin;
pub mod api;
pub mod clock;
pub mod control;
pub mod definition;
pub mod example;
pub mod exchange;
pub mod ids;
pub mod inspector;
#[doc(hidden)]
pub mod markup;
pub mod platform;
pub mod program;
pub mod server;
pub mod storage;
