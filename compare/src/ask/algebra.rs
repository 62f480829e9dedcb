//! The algebra of schemas, as far as a comparison needs it.

use serde_json::Value;

/// The algebra of schemas.
pub trait SchemaAlgebra: Send + Sync {
    /// The values that one schema takes and another one does not.
    fn difference(&self, one: &Value, other: &Value) -> Difference;
}

/// The values that one schema takes and another one does not.
#[derive(Clone, Debug, PartialEq)]
pub enum Difference {
    /// There is none: proved.
    Empty,
    /// The values that fit this schema.
    Schema {
        /// The schema, with its draft.
        schema: Value,
        /// Whether it is proved that there is such a value.
        has_values: bool,
    },
    /// It cannot be written as a schema, or not compared, for this reason.
    Unknown(String),
}
