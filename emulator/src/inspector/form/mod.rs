//! Forms from JSON Schema.
//!
//! ```text
//! schema ─▶ Field ─render─▶ markup ─▶ browser ─▶ Sent ─read─▶ value, problems
//! ```
//!
//! A control is named by the JSON pointer of its value, so that a violation finds its field. What no control fits, such
//! as a union of objects, is entered as JSON. A secret is never a part of the markup.

mod example;
mod field;
mod problems;
mod read;
mod render;
mod schema;

pub(super) use self::example::example;
pub(super) use self::field::Field;
pub(super) use self::problems::Problems;
pub(super) use self::read::{Reading, read};
pub(super) use self::render::{Shown, render};
pub(super) use self::schema::form_of;
