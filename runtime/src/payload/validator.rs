//! The validator, as schemas of payloads need it.

use jsonschema::{Draft, Keyword, PatternOptions, ValidationError, Validator};
use jsonschema_regex::is_valid_ecma_regex;
use serde_json::Value;

use super::pattern::Pattern;

/// Compiles a schema of a draft, or of the one that it names.
pub(super) fn build(
    schema: &Value,
    draft: Option<Draft>,
) -> Result<Validator, ValidationError<'static>> {
    let mut options = jsonschema::options()
        .should_validate_formats(true)
        .with_format("regex", is_regex)
        // Those of names of properties are not counted, and names are short.
        .with_pattern_options(PatternOptions::fancy_regex().backtrack_limit(NAME_BACKTRACKS))
        .with_keyword("pattern", |_, source, _| {
            let pattern = source.as_str().and_then(Pattern::new);
            let pattern =
                pattern.ok_or_else(|| ValidationError::custom("is no regular expression"))?;
            Ok(Box::new(pattern) as Box<dyn for<'i> Keyword<'i>>)
        });
    let unnamed = schema.get("$schema").is_none().then_some(Draft::Draft7);
    if let Some(draft) = draft.or(unnamed) {
        options = options.with_draft(draft);
    }
    options.build(schema)
}

/// How many bytes a string of the format `regex` may have. The parser compares the names of groups with each other, so its
/// time is quadratic in the length.
const LONGEST_REGEX: usize = 4096;

fn is_regex(text: &str) -> bool {
    text.len() <= LONGEST_REGEX && is_valid_ecma_regex(text)
}

/// How many backtracks a match of a property's name may take.
const NAME_BACKTRACKS: usize = 2000;
