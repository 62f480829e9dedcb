//! Real definitions, generated, compiled with warnings denied, and documented.

mod compile;
mod document;
mod package;

pub use compile::{Compiled, compile, compile_files};
pub use document::{Documented, document};
