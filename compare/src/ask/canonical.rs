//! The algebra by the canonical form of the crate `jsonschema`, whose interface is experimental.

use jsonschema::Draft;
use jsonschema::canonical::{
    self, CanonicalSchema, CanonicalView, CanonicalizationError, Containment, Satisfiability,
};
use serde_json::Value;

use super::{Difference, SchemaAlgebra};

/// The algebra by the canonical form of the crate `jsonschema`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Canonical;

impl SchemaAlgebra for Canonical {
    fn difference(&self, one: &Value, other: &Value) -> Difference {
        difference(one, other).unwrap_or_else(Difference::Unknown)
    }
}

fn difference(one: &Value, other: &Value) -> Result<Difference, String> {
    let (one, other) = (canonicalize(one)?, canonicalize(other)?);
    let covers = other.covers(&one).map_err(|error| describe(&error))?;
    if covers == Containment::Yes {
        return Ok(Difference::Empty);
    }
    let rest = one.subtract(&other).map_err(|error| describe(&error))?;
    let satisfiability = rest.satisfiability();
    if satisfiability == Satisfiability::No {
        return Ok(Difference::Empty);
    }
    Ok(Difference::Schema {
        schema: rest.to_json_schema(),
        has_values: covers == Containment::No || satisfiability == Satisfiability::Yes,
    })
}

fn canonicalize(schema: &Value) -> Result<CanonicalSchema, String> {
    let mut options = canonical::options().offline().should_validate_formats(true);
    if schema.get("$schema").is_none() {
        options = options.with_draft(Draft::Draft7);
    }
    let canonical = options
        .canonicalize(schema)
        .map_err(|error| describe(&error))?;
    if let CanonicalView::Raw(raw) = canonical.view() {
        return Err(format!(
            "a schema has no canonical form ({})",
            <&str>::from(raw.reason)
        ));
    }
    Ok(canonical)
}

fn describe(error: &CanonicalizationError) -> String {
    format!("the schemas cannot be compared: {error}")
}
