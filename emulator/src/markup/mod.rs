//! Markup of texts and values. Not for authors: it changes with the command.

mod json;
mod markdown;

pub use json::colored;
pub use markdown::{Place, markdown};
