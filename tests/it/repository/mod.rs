//! The repository itself: its documents mention only existing files, and its packages have a registry's metadata.

mod documents;
mod manifests;
mod mentions;
mod tree;
mod weight;
