//! How long generated code is and how long it takes to make, beside what typify alone makes of the same schemas.

mod check;
mod growth;
mod lines;
mod measure;
mod ours;
mod report;
mod theirs;

pub use growth::Growth;
pub use lines::{Lines, count_lines};
pub use measure::{Beside, Size, measure};
pub use report::report;
