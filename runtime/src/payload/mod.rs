//! What crosses the wire: validated against its schema, then typed.
//!
//! ```text
//! bytes -> JSON -> normalize -> validate -> deserialize
//! ```
//!
//! What goes out takes the same way back. Violations say where a value does not fit and what the schema
//! wants there, and never what was sent: a payload may hold secrets.

mod convert;
mod explain;
mod partial;
mod pattern;
mod schema;
mod undeclared;
mod unknown_fields;
mod validator;
mod violations;

pub use self::{
    convert::Payload,
    schema::{InvalidSchema, Schema},
    unknown_fields::UnknownFields,
    violations::{Violation, Violations},
};
pub(crate) use self::{
    convert::{parse_json, parse_typed},
    partial::check_fields,
};
