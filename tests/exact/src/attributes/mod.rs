//! What becomes of generated code if one thing that it says of types is not printed.
//!
//! Each derive and each line that the printer can print is taken away from everything that is generated for the
//! definitions of the repository, one kind at a time. What is left is compiled and asked with values, as what is whole
//! is.

mod edit;
mod gather;
mod measure;
mod promise;
mod report;
mod source;

pub use edit::Kind;
pub use measure::{Measured, Noticed, measure};
pub use report::report;
