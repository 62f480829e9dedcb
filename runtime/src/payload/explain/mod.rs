//! Why a value does not fit its schema.
//!
//! The validator says quickly whether a value fits. Asked for all errors, it tries every alternative of every union
//! at every depth, which takes a time that is exponential in the depth of a recursive union. So that question is
//! answered here: a value is judged against a schema once, however often it is asked for, and of a union that nothing
//! fits only the alternative that was meant is explained.
//!
//! ```text
//! schema text -> Tree -> judge (does it fit?) -> collect (where does it not?) -> describe (in which words?)
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

/// Lists what does not fit, and the undeclared properties without which less would not.
pub(super) fn explain(tree: &Tree, value: &Value) -> Violations {
    let mut judge = Judge::new(tree);
    Collector::new(&mut judge).collect(value)
}
