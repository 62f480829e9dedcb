//! The changes of one schema, each of which can be made alone.

mod branches;
mod edit;
mod moved;
mod node;
mod pair;
mod patch;
mod properties;
mod walk;
mod words;

pub(crate) use edit::{Edit, Kind};
pub(crate) use patch::Patch;
pub(crate) use walk::edits;
