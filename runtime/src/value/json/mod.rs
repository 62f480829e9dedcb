//! Conversion of generated types from and to JSON.
//!
//! serde's derives expand to about two hundred lines per type, which took most of the compile time of a definition.
//! Generated code therefore only lists the fields of each type in a macro, and the shared code is here. The code of a
//! type is the same for a JSON value and for JSON text: see [`Source`] and [`Sink`]. serde's traits are implemented for
//! all types by conversion through a JSON value.

mod conversion;
mod marks;
mod mismatch;
mod node;
mod primitives;
mod reader;
mod sink;
mod source;
mod tag;
mod through_serde;
mod typed;

pub use self::{
    conversion::Json,
    mismatch::Mismatch,
    sink::{Sink, Unfit},
    source::Source,
    tag::{read_tag, with_tag, without_tag},
    through_serde::{deserialize, serialize},
    typed::Additional,
};
pub(crate) use self::{
    marks::{MarkedText, TextPart},
    node::{Judge, Limits, Node, ObjectNode, PropertyNode},
    reader::Reader,
    sink::Writer,
};
