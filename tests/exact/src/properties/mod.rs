//! The payloads of real definitions, tested with values made from their schemas.

mod amount;
mod dispute;
mod gather;
mod judge;
mod measure;
mod report;

pub use dispute::cause;
pub use gather::{Payload, Sample, gather};
pub use judge::Mistake;
pub(crate) use judge::judge;
pub use measure::{Amount, Asked, Failure, Measured, measure};
pub use report::report;
