//! The result of a comparison.

mod change;
mod changes;
mod json;
mod markdown;
mod migration;
mod version;

pub use change::{Change, Effect, Verdict};
pub use changes::Report;
pub use migration::Migration;
pub use version::{Step, VersionCheck};
