//! Questions about the values of two schemas.
//!
//! `jsonschema::canonical` answers them. Its interface is experimental, so nothing else uses it.

use jsonschema::Draft;
use jsonschema::canonical::{self, CanonicalKind, CanonicalSchema, Containment, Satisfiability};
use serde_json::Value;

/// The longest text of a schema that is looked at. A bound in time would give other code on a slower machine.
const LONGEST: usize = 16 * 1024;

/// The answer to a question about schemas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Yes,
    No,
    Unknown,
}

/// Whether a schema accepts all values that another one accepts. The texts are those that the validator reads.
pub(super) fn covers(wide: &str, narrow: &str) -> Answer {
    if wide == narrow {
        return Answer::Yes;
    }
    let answer = both(wide, narrow).and_then(|(wide, narrow)| wide.covers(&narrow).ok());
    match answer {
        Some(Containment::Yes) => Answer::Yes,
        Some(Containment::No) => Answer::No,
        _ => Answer::Unknown,
    }
}

/// Whether there is a value that both schemas accept.
pub(super) fn overlap(first: &str, second: &str) -> Answer {
    let both = both(first, second).and_then(|(first, second)| first.intersect(&second).ok());
    match both.map(|both| both.satisfiability()) {
        Some(Satisfiability::Yes) => Answer::Yes,
        Some(Satisfiability::No) => Answer::No,
        _ => Answer::Unknown,
    }
}

fn both(first: &str, second: &str) -> Option<(CanonicalSchema, CanonicalSchema)> {
    Some((canonical(first)?, canonical(second)?))
}

fn canonical(text: &str) -> Option<CanonicalSchema> {
    let schema: Value = serde_json::from_str(text)
        .ok()
        .filter(|_| text.len() <= LONGEST)?;
    let canonical = canonical::options()
        .offline()
        .with_draft(Draft::Draft7)
        .should_validate_formats(true)
        .canonicalize(&schema)
        .ok()?;
    (canonical.kind() != CanonicalKind::Raw).then_some(canonical)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANY: &str = r#"{"type":"object","properties":{"a":{"type":"string"}}}"#;
    const SOME: &str = r#"{"type":"object","properties":{"a":{"type":"string","minLength":2}},"required":["a"],"additionalProperties":false}"#;
    const NONE: &str = r#"{"type":"object","properties":{"b":{"type":"string"}},"required":["b"],"additionalProperties":false}"#;

    #[test]
    fn a_schema_covers_a_narrower_one_alone() {
        assert_eq!(covers(ANY, SOME), Answer::Yes);
        assert_eq!(covers(SOME, ANY), Answer::No);
        assert_eq!(covers(SOME, SOME), Answer::Yes);
        let long = format!(
            r#"{{"type":"object","description":"{}"}}"#,
            "a".repeat(LONGEST)
        );
        assert_eq!(covers(ANY, &long), Answer::Unknown);
    }

    #[test]
    fn closed_objects_of_other_fields_do_not_overlap() {
        assert_eq!(overlap(ANY, SOME), Answer::Yes);
        assert_eq!(overlap(SOME, NONE), Answer::No);
    }
}
