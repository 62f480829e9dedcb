//! Names that stay: what is added to a definition renames nothing that was there.

mod additions;
mod compare;
mod items;
mod measure;
mod schemas;

pub use measure::{Measured, measure};
