//! What becomes of generated code if one attribute of it is not printed.
//!
//! Each attribute that the printer can print is taken away from everything that is generated for the definitions of the
//! repository, one kind at a time. What is left is compiled and asked with values, as what is whole is.

mod edit;
mod gather;
mod measure;
mod promise;
mod report;
mod source;

pub use edit::{Kind, Place};
pub use measure::{Measured, Noticed, measure};
pub use report::report;
