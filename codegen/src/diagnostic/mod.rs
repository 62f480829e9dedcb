//! Every diagnostic: its code, its place, its help.
//!
//! A phase makes a [`Diagnostic`] with a function of the [`catalog`] and collects it in [`Diagnostics`]. Nothing here
//! prints: the driver for `build.rs` and the command print the text of [`Diagnostics::render`].

pub(crate) mod catalog;
mod cover;
#[expect(
    clippy::module_inception,
    reason = "one diagnostic, beside the list of all of them"
)]
mod diagnostic;
mod diagnostics;
mod entry;
mod files;
mod github;
mod json;
mod location;
mod message;
mod render;
mod secrets;
pub(crate) mod suggest;

pub(crate) use crate::pointer::Pointer;
pub use catalog::CATALOG;
pub use diagnostic::Diagnostic;
pub(crate) use diagnostic::Label;
pub use diagnostics::Diagnostics;
pub use entry::{Entry, Severity};
pub(crate) use files::{Files, Origins, SourceFile, Spans, ValueSpan};
pub use github::workflow_command;
pub(crate) use json::position;
pub(crate) use location::{FileId, Location, Part, Target};
pub(crate) use message::draw_message;
pub use message::{Message, Position};
pub(crate) use secrets::{is_marked, is_secret, secret_values};
