//! The fuzz targets and their seeds.
//!
//! | target | an input is | what must hold |
//! |---|---|---|
//! | [`loader`] | the text of a definition, YAML or JSON | every finding can be shown in every format |
//! | [`lowering`] | a JSON Schema | it is rejected, or becomes Rust without duplicate names, the same every time |
//! | [`headers`] | a request: a line, headers, a body | the response has the form of the API, and shows no secret |
//! | [`cost`] | the name of a schema or an operation, then a value | the cost has a limit that grows with its bytes |
//! | [`direct`] | an operation or a payload, then a body | it is judged, read and written directly as through a JSON value |
//! | [`bodies`] | an operation or a payload, then a body | the response has the form of the API; an accepted payload comes back unchanged |
//!
//! A target panics if its property does not hold. This package needs neither libFuzzer nor a nightly toolchain. Its
//! tests run the targets with all [`seeds`], and its program `short` runs them with mutations of these. `fuzz/`
//! connects the targets to libFuzzer.

pub mod mutate;
pub mod seeds;

mod answer;
mod bodies;
mod cost;
mod direct;
mod headers;
mod items;
mod loader;
mod lowering;
mod payloads;
mod scratch;
mod service;

pub use bodies::bodies;
pub use cost::cost;
pub use direct::direct;
pub use headers::headers;
pub use loader::loader;
pub use lowering::lowering;

/// Splits an input into its first line, which is a name, and the rest.
fn named(text: &[u8]) -> Option<(&str, &[u8])> {
    let end = text.iter().position(|byte| *byte == b'\n')?;
    let name = str::from_utf8(&text[..end]).ok()?;
    Some((name, &text[end + 1..]))
}

/// Whether an input reached the code under test. Other inputs are useless as seeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// It reached the code.
    Kept,
    /// The target does not accept it.
    Rejected,
}
