//! The repository itself: its documents name files that exist, and its packages say what a registry needs.

mod documents;
mod manifests;
mod mentions;
mod tree;
