//! Mutations of inputs. Some of them keep JSON valid.
//!
//! libFuzzer mutates bytes. Few of its mutations of a JSON text are valid JSON, and almost none are a valid schema.

mod bytes;
mod text;
mod tree;
mod words;

pub use bytes::mutate_bytes;
pub use text::mutate_json;
