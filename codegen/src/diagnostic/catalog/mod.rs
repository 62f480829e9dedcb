//! The catalog: every kind of diagnostic, with its code.
//!
//! Each phase has a file and a hundred of the codes. A kind is a `static` [`Entry`], one line in
//! [`CATALOG`], and one function that takes the facts and gives the [`Diagnostic`](super::Diagnostic):
//! the texts are here and nowhere else, apart from the explanations, which are a file each in
//! `explanations/`, called after the entry: why, a wrong example, a right one. A code that was published is never given to another kind.
//!
//! Messages are lower-case fragments without a full stop; a help is one sentence that says what to
//! do.

pub(crate) mod interface;
pub(crate) mod lint;
pub(crate) mod load;
pub(crate) mod names;
pub(crate) mod reference;
pub(crate) mod schema;
pub(crate) mod secrets;
pub(crate) mod server;
pub(crate) mod shape;
mod subject;
mod table;

pub(crate) use super::entry::{Entry, Severity};
pub use table::CATALOG;
