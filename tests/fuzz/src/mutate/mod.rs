//! JSON that is changed without ceasing to be JSON.
//!
//! libFuzzer changes bytes: of what it makes of a JSON text, hardly anything is JSON, and next to nothing a schema.

mod text;
mod tree;
mod words;

pub use text::mutate_json;
