//! The generated code of the repository's definitions, compiled with warnings denied.
#![deny(warnings)]

#[path = "../../examples/tickets/src/migrations.rs"]
mod migrations;

include!(concat!(env!("OUT_DIR"), "/definitions.rs"));
