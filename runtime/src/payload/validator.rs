//! Compilation of JSON Schema validators.

use jsonschema::{Draft, Keyword, PatternOptions, ValidationError, Validator};
use jsonschema_regex::is_valid_ecma_regex;
use serde_json::Value;

use super::{format::with_formats, pattern::Pattern, unique_items::UniqueItems};
use crate::value::{is_date, is_date_time, is_time};

/// Compiles a schema for the given draft, or for the draft that its `$schema` names.
pub(super) fn build(
    schema: &Value,
    draft: Option<Draft>,
) -> Result<Validator, ValidationError<'static>> {
    let mut options = with_formats(jsonschema::options())
        .should_validate_formats(true)
        .with_format("regex", is_regex)
        // The validator's own checks take some signs for digits: `20*1-01-01`.
        .with_format("date", is_date)
        .with_format("date-time", is_date_time)
        .with_format("time", is_time)
        // These patterns apply to property names, which have no shared budget: the limit bounds each match.
        .with_pattern_options(PatternOptions::fancy_regex().backtrack_limit(NAME_BACKTRACKS))
        .with_keyword("pattern", |keywords, source, _| {
            let pattern = Pattern::of(source, keywords);
            let pattern =
                pattern.ok_or_else(|| ValidationError::custom("is not a regular expression"))?;
            Ok(Box::new(pattern) as Box<dyn for<'i> Keyword<'i>>)
        })
        .with_keyword("uniqueItems", |_, value, _| {
            let is_required = *value == Value::Bool(true);
            Ok(Box::new(UniqueItems { is_required }))
        });
    let unnamed = schema.get("$schema").is_none().then_some(Draft::Draft7);
    if let Some(draft) = draft.or(unnamed) {
        options = options.with_draft(draft);
    }
    options.build(schema)
}

/// The maximum size of a string of the format `regex` in bytes. The parser compares the names of groups with each
/// other, so its time is quadratic in the length.
const LONGEST_REGEX: usize = 4096;

fn is_regex(text: &str) -> bool {
    text.len() <= LONGEST_REGEX && is_valid_ecma_regex(text)
}

/// The backtrack limit of a match with a property name.
const NAME_BACKTRACKS: usize = 2000;
