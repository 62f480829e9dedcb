//! Every message that an author can get: its code, its place, its help.
//!
//! A phase makes a [`Diagnostic`] with a function of the [`catalog`] and collects it in
//! [`Diagnostics`]. Nothing here prints: the driver for `build.rs` and the command print what
//! [`Diagnostics::render`] draws.

pub mod catalog;
mod files;
mod finding;
mod findings;
mod github;
mod json;
mod location;
mod pointer;
mod render;
mod secrets;
pub mod suggest;

pub use catalog::{CATALOG, Entry, Severity};
pub use files::{Files, Origins, SourceFile, Spans, ValueSpan};
pub use finding::{Code, Diagnostic, Label};
pub use findings::Diagnostics;
pub use location::{FileId, Location, Part, Place};
pub use pointer::Pointer;
pub(crate) use secrets::{is_secret, secret_values};
