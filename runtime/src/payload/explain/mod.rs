//! Explains why a value does not fit its schema.
//!
//! The validator quickly decides whether a value fits. Collecting all its errors would try every
//! alternative of every union at every depth, which takes exponential time for recursive unions. So
//! violations are collected here: a value is checked against a schema only once, and for a union
//! that does not fit, only the alternative that was meant is explained.
//!
//! ```text
//! schema text -> Tree -> judge (does it fit?) -> collect (where not?) -> describe (in which words?)
//! ```

mod applied;
mod collect;
mod describe;
mod evaluated;
mod judge;
mod meant;
mod node;
mod place;
mod read;
mod tag;
mod tree;

use serde_json::Value;

use self::{collect::Collector, judge::Judge};
pub(super) use self::{read::read_tree, tree::Tree};
use super::Violations;

/// Collects the violations of a value, and the undeclared properties whose removal reduces them.
pub(super) fn explain(tree: &Tree, value: &Value) -> Violations {
    let mut judge = Judge::new(tree);
    Collector::new(&mut judge).collect(value)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// How many judgements it takes to explain a value.
    fn judgements(schema: &Value, value: &Value) -> u64 {
        let tree = read_tree(schema);
        let mut judge = Judge::new(&tree);
        let violations = Collector::new(&mut judge).collect(value);
        assert!(violations.iter().count() > 0);
        judge.judged()
    }

    /// A union of so many alternatives, each of which has the union inside it.
    fn union(keyword: &str, alternatives: usize, is_tagged: bool) -> Value {
        let alternatives: Vec<_> = (0..alternatives)
            .map(|index| {
                let own = format!("x{index}");
                let required = if is_tagged { "kind" } else { &own };
                json!({
                    "type": "object",
                    "properties": { "kind": { "const": index }, (own.as_str()): {}, "inner": { "$ref": "#" }, "list": { "items": { "$ref": "#" } } },
                    "required": [required],
                })
            })
            .collect();
        json!({ (keyword): alternatives })
    }

    fn chain(depth: usize, around: impl Fn(Value) -> Value) -> Value {
        (0..depth).fold(json!(null), |inner, _| around(inner))
    }

    #[test]
    fn judgements_grow_with_the_depth_of_a_value_and_no_faster() {
        for keyword in ["anyOf", "oneOf"] {
            for is_tagged in [true, false] {
                for alternatives in [2, 4, 16] {
                    let schema = union(keyword, alternatives, is_tagged);
                    for around in [
                        |inner: Value| json!({ "inner": inner }),
                        |inner: Value| json!({ "kind": 1, "x0": 1, "x1": 1, "inner": inner }),
                        |inner: Value| json!({ "x1": 1, "list": [inner] }),
                    ] {
                        let [half, whole] =
                            [60, 120].map(|depth| judgements(&schema, &chain(depth, around)));
                        assert!(whole <= half * 2 + half / 4, "{schema}: {half}, {whole}");
                    }
                }
            }
        }
    }

    #[test]
    fn judgements_grow_with_the_number_of_alternatives_and_no_faster() {
        for is_tagged in [true, false] {
            let value = chain(60, |inner| json!({ "x0": 1, "x1": 1, "inner": inner }));
            let [few, many] =
                [4, 16].map(|count| judgements(&union("anyOf", count, is_tagged), &value));
            assert!(many <= few * 5, "{few}, {many}");
        }
    }

    #[test]
    fn judgements_grow_with_the_width_of_a_value_and_no_faster() {
        let schema = union("oneOf", 4, false);
        let value = |width| {
            let list = vec![json!({ "x0": 1, "list": [null] }); width];
            chain(20, |inner| json!({ "x1": 1, "list": [list, inner] }))
        };
        let [narrow, wide] = [20, 200].map(|width| judgements(&schema, &value(width)));
        assert!(wide <= narrow * 11, "{narrow}, {wide}");
    }
}
