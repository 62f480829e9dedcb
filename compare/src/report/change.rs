//! A change and its effects.

use serde::{Deserialize, Serialize};
use serde_json::Value;

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
}

/// Whether a change breaks something, from the harmless to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It breaks nothing.
    Safe,
    /// It breaks nothing that is strictly right, and may surprise: an enumeration that grows where it is read.
    Caution,
    /// Neither was proved.
    CannotTell,
    /// It breaks something.
    Breaks,
}

impl Change {
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

impl Verdict {
    /// All verdicts, the worst first.
    pub const WORST_FIRST: [Self; 4] = [Self::Breaks, Self::CannotTell, Self::Caution, Self::Safe];

    /// The verdict in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Caution => "caution",
            Self::CannotTell => "cannot tell",
            Self::Breaks => "breaks",
        }
    }

    /// The heading of the changes with this verdict.
    #[must_use]
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Safe => "Other changes",
            Self::Caution => "Changes that may surprise",
            Self::CannotTell => "Changes to look at",
            Self::Breaks => "Breaking changes",
        }
    }
}
