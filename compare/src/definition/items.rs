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
    pub(super) fn added(items: &Items, new: String, item: &Json) -> Self {
        let added = without_effect(item).unwrap_or(items.added);
        Self::of(items, added, None, Some(new))
    }

    pub(super) fn removed(items: &Items, old: String, item: &Json) -> Self {
        let removed = if is_disabled(item) {
            DISABLED
        } else {
            items.removed
        };
        Self::of(items, removed, Some(old), None)
    }

    /// An item with another name: for others, the old one is gone, and the new one is new.
    pub(super) fn renamed(items: &Items, old: String, new: String, item: &Json) -> Self {
        let added = without_effect(item).unwrap_or(items.added);
        let worst = if added.0 > items.removed.0 {
            added
        } else {
            items.removed
        };
        Self::of(items, worst, Some(old), Some(new))
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

const DISABLED: (Verdict, &str) = (Verdict::Safe, "it is not enabled");

/// Why a new item asks for nothing and gives nothing.
fn without_effect(item: &Json) -> Option<(Verdict, &'static str)> {
    match item["optional"] {
        Json::Bool(true) => Some((Verdict::Safe, "it can be left out")),
        _ => is_disabled(item).then_some(DISABLED),
    }
}

fn is_disabled(item: &Json) -> bool {
    item["enabled"] == false
}
