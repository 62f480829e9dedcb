//! Changes that are the same for several items, which refer to one schema.

use contexture_compare::{Change, Effect};

use super::Compared;

/// The most items that a sentence names.
const NAMED: usize = 6;

/// A change, and the other items that it is the same for.
pub(super) struct Alike<'a> {
    pub(super) change: &'a Change,
    others: Vec<&'a str>,
}

impl Alike<'_> {
    /// The other items in words, if there are any.
    pub(super) fn others(&self) -> Option<String> {
        let named = self.others.iter().take(NAMED).copied();
        let named: Vec<_> = named.collect();
        let more = match self.others.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        (!named.is_empty()).then(|| format!("the same for {}{more}", named.join(", ")))
    }
}

/// The changes in their order. Those at one place of the files with the same words and effects are one.
pub(super) fn alike(compared: &Compared) -> Vec<Alike<'_>> {
    let mut all: Vec<(_, Alike)> = Vec::new();
    for change in &compared.report.changes {
        let place = compared.place(change);
        let key = (
            place.file,
            place.line,
            place.column,
            &change.what,
            effects(change),
        );
        match all.iter_mut().find(|(known, _)| *known == key) {
            Some((_, known)) => known.others.push(&change.item),
            None => all.push((
                key,
                Alike {
                    change,
                    others: Vec::new(),
                },
            )),
        }
    }
    all.into_iter().map(|(_, alike)| alike).collect()
}

/// The effects of a change without the values that show them.
fn effects(change: &Change) -> Vec<Effect> {
    let effects = change.effects.iter().cloned();
    let effects = effects.map(|effect| Effect {
        value: None,
        ..effect
    });
    effects.collect()
}
