//! Turns a Botpress integration definition into typed Rust.
//!
//! An author's build script is one line:
//!
//! ```no_run
//! // build.rs
//! contexture_codegen::compile("definition.yaml");
//! ```
//!
//! # How it works
//!
//! A definition goes through one pipeline, a folder for each phase. A phase is a function from data to data.
//!
//! | phase | from | to | must not |
//! |---|---|---|---|
//! | `definition` | files | the definition as written, with spans | know Rust names |
//! | `lower` | JSON Schema | the model | read files |
//! | `check` | the model | errors and warnings | change the model |
//! | `emit` | the model | tokens | fail |
//! | `output` | tokens | a formatted file | know the model |
//!
//! `diagnostic` has every message. Only [`compile`] and the command `contexture` print. The same definition gives the
//! same bytes on every machine.

#![warn(clippy::disallowed_methods)]

#[doc = include_str!("../docs/schemas.md")]
pub mod schemas {}

#[doc = include_str!("../docs/names.md")]
pub mod names {}

mod build_script;
mod characters;
mod check;
mod deep_stack;
mod definition;
mod described;
mod diagnostic;
mod emit;
mod generator;
mod handlers;
mod json_schema;
mod lower;
mod model;
mod older;
mod output;
mod pointer;
mod publication;
mod report;
mod sections;
mod system;
#[cfg(test)]
mod testing;
mod version;

pub use build_script::compile;
#[doc(hidden)]
pub use deep_stack::on_deep_stack;
pub use definition::format_schema;
#[doc(hidden)]
pub use described::Described;
pub use diagnostic::{CATALOG, Diagnostic, Diagnostics, Entry, Severity};
#[doc(hidden)]
pub use diagnostic::{Message, Position, workflow_command};
pub use generator::{Generated, Generator, generate, lint, module_name};
pub use handlers::{Handler, HandlerKind, HandlerMethod, Handlers, Migration, SecretVariable};
#[doc(hidden)]
pub use model::docs::markdown;
pub use output::{GeneratedFile, write_if_changed};
pub use publication::Publication;
#[doc(hidden)]
pub use report::{Report, ReportedPayload, ReportedUse};
