//! Real definitions, generated, compiled with warnings denied, and documented.

mod compile;
mod document;
mod package;

pub use compile::{Compiled, compile};
pub use document::{Documented, document};
