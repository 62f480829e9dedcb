//! The packages that cargo compiles again when a definition changes, and when it does not.

mod measure;
mod package;

pub use measure::{Rebuilt, measure, report};
