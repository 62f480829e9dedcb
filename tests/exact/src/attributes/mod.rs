//! Generated code without one of its attributes.
//!
//! The program removes one kind of derive or line at a time from the generated code of the repository's definitions. It
//! compiles the rest and tests it with values, as it does for the complete code.

mod edit;
mod gather;
mod measure;
mod promise;
mod report;
mod source;

pub use edit::Kind;
pub use measure::{Measured, Noticed, measure};
pub use report::report;
