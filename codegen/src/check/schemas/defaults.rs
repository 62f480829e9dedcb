//! Defaults that do not fit their own schemas.

use super::budget::Budget;
use super::reason::refusal;
use super::subject::Subject;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalog::schema::invalid_default;
use crate::lower::validator;

/// Finds a default that the schema refuses, whether its property is required or not.
pub(super) fn check(schema: &Subject<'_>, budget: &Budget) -> Vec<Diagnostic> {
    schema
        .keywords
        .get("default")
        .and_then(|value| {
            let validator = validator(&budget.bundled(schema)?).ok()?;
            let reason = refusal(&validator, value)?;
            let place = schema.value("default");
            let quoted = schema.unquoted(&place, value);
            Some(invalid_default(place, &reason, quoted))
        })
        .into_iter()
        .collect()
}
