//! Measures the comparison of schemas: questions whose answers are known, since the second schema is made from the first.

mod corpus;
mod edits;
mod measure;
mod report;
mod rewritten;

pub use corpus::{Definition, load, schemas};
pub use edits::{Edit, edits};
pub use measure::{Asked, Measured, measure};
pub use report::report;
pub use rewritten::{REWRITINGS, Rewriting};
