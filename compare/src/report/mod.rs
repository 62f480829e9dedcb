//! The result of a comparison.

mod change;
mod changes;
mod json;
mod markdown;
mod migration;
mod missing;
mod verdict;
mod version;

pub use change::{Change, Effect};
pub use changes::Report;
pub use migration::Migration;
pub use verdict::Verdict;
pub use version::{Step, VersionCheck};
