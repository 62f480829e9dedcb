//! References: their syntax and their targets.
//!
//! A reference is an address and a place in the target. The address is relative to that of the schema around
//! it, which the nearest `$id` gives and else the file; so every schema with an `$id` is known by its address
//! before a reference is followed, and a file is opened only for an address that none of them has.

pub(crate) mod address;
mod follow;
mod index;

pub(super) use follow::{Dangling, Graph, follow};
pub(super) use index::Index;
