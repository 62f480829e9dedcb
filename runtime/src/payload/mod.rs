//! Payloads: validation against JSON Schemas, and conversion to types.
//!
//! ```text
//! bytes -> JSON -> normalize -> validate -> deserialize
//! ```
//!
//! Serialization takes the same steps in reverse. Violations contain the location of an invalid
//! value and the requirement of the schema. They never quote the value, because a payload may
//! contain secrets.

mod convert;
mod explain;
mod keywords;
mod partial;
mod pattern;
mod plan;
mod planner;
mod schema;
mod undeclared;
mod unique_items;
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
