//! The payloads of real definitions, asked with values that were made from their schemas.

mod gather;
mod judge;
mod measure;
mod report;

pub use gather::{Payload, Sample, gather};
pub use judge::Mistake;
pub use measure::{Failure, Measured, measure};
pub use report::report;
