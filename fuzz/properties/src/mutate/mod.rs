//! Mutations of inputs. Some of them keep JSON valid.
//!
//! libFuzzer changes bytes: of what it makes of a JSON text, hardly anything is JSON, and next to nothing a schema.

mod bytes;
mod text;
mod tree;
mod words;

pub use bytes::mutate_bytes;
pub use text::mutate_json;
