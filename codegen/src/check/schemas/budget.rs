//! A bound of the work for values.

use std::cell::Cell;

use serde_json::Value;

use super::subject::Subject;
use crate::lower::bundled;

/// The most bytes of schemas that the values of a definition are validated against.
const MOST_BYTES: usize = 2_000_000;

/// What is left of the bound.
///
/// Each value needs its schema with everything that this refers to, which may be most of the definition each time.
/// Values beyond the bound are not checked.
pub(super) struct Budget(Cell<usize>);

impl Budget {
    pub(super) const fn new() -> Self {
        Self(Cell::new(MOST_BYTES))
    }

    /// A schema with the targets of its references, while the budget lasts.
    pub(super) fn bundled(&self, schema: &Subject<'_>) -> Option<Value> {
        if self.0.get() == 0 {
            return None;
        }
        let bundled = bundled(schema.set, schema.at);
        let bytes = bundled.to_string().len();
        self.0.set(self.0.get().saturating_sub(bytes));
        Some(bundled.into_owned())
    }
}
