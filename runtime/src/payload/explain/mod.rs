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
