//! All measurements, each with its bar.

mod machine;
mod parts;
mod report;
mod size;

pub use machine::{Machine, machine};
pub use parts::{Data, Part, measure};
pub use report::{json, table};

/// A row of the table.
#[derive(Clone, Debug)]
pub struct Bar {
    /// The subject of the measurement.
    pub what: String,
    /// The result.
    pub measured: String,
    /// The required result.
    pub wanted: String,
    /// Whether the result meets the bar.
    pub is_met: bool,
    /// Further details.
    pub details: Vec<String>,
}

impl Bar {
    fn new(what: &str, measured: impl Into<String>, wanted: &str, is_met: bool) -> Self {
        Self {
            what: what.to_owned(),
            measured: measured.into(),
            wanted: wanted.to_owned(),
            is_met,
            details: Vec::new(),
        }
    }

    fn with(mut self, details: impl IntoIterator<Item = String>) -> Self {
        self.details.extend(details);
        self
    }
}
