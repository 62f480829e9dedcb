//! How long generated code is and how long it takes to make, beside what typify alone makes of the same schemas.

mod check;
mod growth;
mod lines;
mod ours;
mod theirs;

pub use check::check_seconds;
pub use growth::{Growth, growth};
pub use lines::{Lines, count_lines};
pub use ours::generate_all;
pub use theirs::{Printed, print_all};
