//! The length of generated code and the time to generate it, compared with typify alone for the same schemas.

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
