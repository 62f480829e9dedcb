//! Two versions of a definition, compared place by place.

mod affected;
mod items;
mod names;
mod table;
mod values;
mod walk;

pub use affected::Affected;
pub(crate) use items::Item;
pub(crate) use table::{Direction, Payload};
pub(crate) use values::{Difference, Value};
pub(crate) use walk::{Places, Schemas, normal, places};
