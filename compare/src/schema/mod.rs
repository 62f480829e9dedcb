//! The changes of one schema, each of which can be made alone.

mod beside;
mod branches;
mod edit;
mod keywords;
mod moved;
mod node;
mod pair;
mod patch;
mod properties;
mod steps;
mod walk;
mod words;

pub(crate) use edit::{Edit, Kind, Rest};
pub(crate) use patch::Patch;
pub(crate) use walk::edits;
pub(crate) use words::{code, within_code};
