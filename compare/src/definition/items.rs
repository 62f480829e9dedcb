//! Items that are new or gone.

use serde_json::Value as Json;

use super::Affected;
use super::table::Items;
use crate::report::Verdict;

/// An item that is new, gone, or has another name.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) affected: Affected,
    pub(crate) verdict: Verdict,
    pub(crate) why: &'static str,
    /// The pointer in the old definition, if the item is there.
    pub(crate) old: Option<String>,
    /// The pointer in the new definition, if the item is there.
    pub(crate) new: Option<String>,
}

impl Item {
    /// An item that is new. One that is optional asks for nothing.
    pub(super) fn added(items: &Items, new: String, item: &Json) -> Self {
        let added = match item["optional"] {
            Json::Bool(true) => (Verdict::Safe, "it can be left out"),
            _ => items.added,
        };
        Self::of(items, added, None, Some(new))
    }

    pub(super) fn removed(items: &Items, old: String) -> Self {
        Self::of(items, items.removed, Some(old), None)
    }

    pub(super) fn renamed(items: &Items, old: String, new: String) -> Self {
        Self::of(items, items.removed, Some(old), Some(new))
    }

    fn of(
        items: &Items,
        (verdict, why): (Verdict, &'static str),
        old: Option<String>,
        new: Option<String>,
    ) -> Self {
        Self {
            affected: items.affected,
            verdict,
            why,
            old,
            new,
        }
    }
}
