//! JSON Schema: its keywords, its formats and its drafts, each a row of a table.

mod choices;
mod dialect;
mod dialect_rules;
mod display;
mod drafts;
mod emptiness;
mod formats;
mod keywords;
mod pattern;
mod plain;
mod translate;
mod walk;

pub(crate) use dialect::Dialect;
pub(crate) use display::DISPLAY_KEYS;
pub(crate) use drafts::Draft;
pub(crate) use emptiness::{Cause, Document, Never, Part};
pub(crate) use formats::{FORMATS, format};
pub(crate) use keywords::{Addressing, Content, KEYWORDS, Keyword, Naming, keyword};
pub(crate) use pattern::rust_pattern;
pub(crate) use plain::is_plain_object;
pub(crate) use translate::{is_renamed, to_newest, write_exclusive_bounds};
pub(crate) use walk::{TYPES, is_in_place, is_type, subschemas};
