//! How many cases a schema distinguishes: what a search for a value may have to go through.

use std::cell::Cell;

use serde_json::Value;

use super::walk::subschemas;
use crate::pointer::Pointer;

/// How many references in a row are followed.
const DEEPEST: usize = 6;
/// How many schemas are looked at before the answer is that there are too many cases.
const MOST_STEPS: usize = 100_000;

/// The most cases that a schema of a document distinguishes for one value.
///
/// ```yaml
/// allOf:                                            # 2 × 3 = 6
///   - { anyOf: [{ type: string }, { type: "null" }] }
///   - { oneOf: [{ minLength: 1 }, { maxLength: 9 }, { const: "" }] }
/// ```
pub(super) fn choices(document: &Value) -> usize {
    let counter = Counter {
        document,
        steps: Cell::new(0),
    };
    let mut most = 1;
    let mut open = vec![document];
    while let Some(schema) = open.pop() {
        most = most.max(counter.choices(schema, DEEPEST));
        open.extend(subschemas(schema).into_iter().map(|(_, inner)| inner));
    }
    most
}

struct Counter<'a> {
    document: &'a Value,
    steps: Cell<usize>,
}

impl Counter<'_> {
    fn choices(&self, schema: &Value, depth: usize) -> usize {
        self.steps.set(self.steps.get() + 1);
        if self.steps.get() > MOST_STEPS {
            return usize::MAX;
        }
        let branches = |keyword: &str| {
            let branches = schema.get(keyword).and_then(Value::as_array);
            let branches = branches.into_iter().flatten();
            branches.map(|branch| self.choices(branch, depth))
        };
        let either = |keyword| branches(keyword).fold(0, usize::saturating_add).max(1);
        let all = branches("allOf").fold(1, usize::saturating_mul);
        let condition = if schema.get("if").is_some() { 3 } else { 1 };
        // The cases of a list grow with its items, which nothing here counts.
        if schema.get("contains").is_some() {
            return usize::MAX;
        }
        let target = match target(self.document, schema).filter(|_| depth > 0) {
            Some(target) => self.choices(target, depth - 1),
            None => 1,
        };
        [either("anyOf"), either("oneOf"), condition, target]
            .into_iter()
            .fold(all, usize::saturating_mul)
    }
}

/// The target of a reference within the document.
fn target<'a>(document: &'a Value, schema: &Value) -> Option<&'a Value> {
    let reference = schema.get("$ref")?.as_str()?.strip_prefix('#')?;
    Pointer::parse(reference)?.find(document)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn conditions_multiply_and_alternatives_add() {
        let either = json!({ "anyOf": [{}, {}] });
        assert_eq!(choices(&json!({ "type": "string" })), 1);
        assert_eq!(choices(&json!({ "oneOf": [{}, either, {}] })), 4);
        assert_eq!(
            choices(&json!({ "allOf": [either, either, { "if": {} }] })),
            12
        );
        assert_eq!(
            choices(&json!({ "properties": { "a": either, "b": either } })),
            2
        );
    }

    #[test]
    fn a_list_that_contains_something_has_too_many_cases() {
        assert_eq!(choices(&json!({ "items": { "contains": {} } })), usize::MAX);
    }

    #[test]
    fn references_count_as_their_targets() {
        let definitions = json!({ "a": { "anyOf": [{}, {}, {}] } });
        let a = json!({ "$ref": "#/definitions/a" });
        let schema = json!({ "allOf": [a, a], "definitions": definitions });
        assert_eq!(choices(&schema), 9);
        let schema = json!({ "anyOf": [{ "$ref": "#" }, { "$ref": "#" }] });
        assert_eq!(choices(&schema), 1 << (DEEPEST + 1));
    }
}
