//! JSON Schema: its keywords and its drafts, each a row of a table.

mod dialect;
mod drafts;
mod keywords;
mod pattern;
mod translate;
mod walk;

pub(crate) use dialect::Dialect;
pub(crate) use drafts::Draft;
pub(crate) use keywords::{Addressing, Content, KEYWORDS, Naming, keyword};
pub(crate) use pattern::rust_pattern;
pub(crate) use translate::{is_renamed, to_newest};
pub(crate) use walk::{is_in_place, is_type, subschemas};
