//! A workspace below the target folder in which generated code is built and run.
//!
//! The modules are spread over a few packages, which are compiled at the same time. A module that does not compile is
//! dropped, and the others are built without it. One program runs the rest: it reads a line for each value,
//! decodes and encodes it, and writes a line.

mod build;
mod drive;
mod package;
mod run;

pub use build::build;
pub(crate) use build::target;
pub use package::{Entry, Module};
pub use run::{Answer, Question, run};
