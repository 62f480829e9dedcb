//! The JSON Schema Test Suite, draft 7, as a measure of generated types.

mod bare;
mod exceptions;
mod load;
mod measure;
mod report;
mod restricts;

pub use exceptions::exception;
pub use load::{Case, Group, Test, load_cases, load_folder};
pub use measure::{Measured, Outcome, TestResult, generate_cases, measure};
pub use report::report;
pub use restricts::restricts_type;
