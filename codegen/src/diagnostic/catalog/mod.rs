//! The catalog: every kind of diagnostic, with its code.
//!
//! Each phase has a file and a hundred of the codes. A kind is a `static` [`Entry`], one line in [`CATALOG`], and one
//! function that takes the facts and gives the [`Diagnostic`](super::Diagnostic). All texts are here, apart from the
//! explanations: `explanations/` has a file for each entry, with the reason, a wrong example and a right one. A
//! published code is never given to another kind.
//!
//! Messages are lower-case fragments without a full stop; a help is one sentence.

pub(crate) mod impossible;
pub(crate) mod interface;
pub(crate) mod keywords;
pub(crate) mod lint;
pub(crate) mod load;
pub(crate) mod names;
pub(crate) mod older;
pub(crate) mod overlay;
pub(crate) mod publication;
pub(crate) mod reference;
pub(crate) mod schema;
pub(crate) mod secrets;
pub(crate) mod server;
pub(crate) mod shape;
mod subject;
mod table;

pub(crate) use super::entry::{Entry, Severity};
pub use table::CATALOG;
