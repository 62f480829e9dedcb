//! A change and its effects.

use serde_json::Value;

use super::migration::Migration;
use super::verdict::Verdict;
use crate::definition::Affected;

/// The most characters of a value that is shown.
const LONGEST: usize = 240;

/// A change of a definition.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The item that it belongs to: "the input of the action `createIssue`".
    pub item: String,
    /// What changed, as a sentence without a full stop.
    pub what: String,
    /// The JSON pointer in the old definition, if something is there.
    pub old: Option<String>,
    /// The JSON pointer in the new definition, if something is there.
    pub new: Option<String>,
    /// Whether the change is a guess: a new name.
    pub is_guess: bool,
    /// Whether it changes more than texts.
    pub is_functional: bool,
    /// Whom it affects, and how.
    pub effects: Vec<Effect>,
}

/// The effect of a change on those who depend on the definition.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// Whom it affects.
    pub affected: Affected,
    /// Whether it breaks something of theirs.
    pub verdict: Verdict,
    /// The reason, as a sentence without a full stop.
    pub why: String,
    /// A value that was valid for them, and no longer is.
    pub value: Option<Value>,
    /// What a migration does for what is stored, if that may be lost.
    pub migration: Option<Migration>,
}

impl Change {
    /// The item as a text that begins a sentence.
    #[must_use]
    pub fn capitalized_item(&self) -> String {
        let mut characters = self.item.chars();
        let first = characters
            .next()
            .map(|first| first.to_uppercase().to_string());
        first.unwrap_or_default() + characters.as_str()
    }

    /// The worst of the effects.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let all = self.effects.iter().map(|effect| effect.verdict);
        all.max().unwrap_or(Verdict::Safe)
    }
}

impl Effect {
    /// The value as text on one line. The end of a long one is left out.
    #[must_use]
    pub fn shown_value(&self) -> Option<String> {
        let text = self.value.as_ref()?.to_string();
        Some(match text.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}… ({} bytes)", &text[..end], text.len()),
            None => text,
        })
    }
}
