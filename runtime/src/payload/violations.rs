//! Violations of a schema.

use std::{fmt, slice};

use super::undeclared::Undeclared;

/// One violation of a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The location in the value as a JSON pointer; empty for the root. For a missing or undeclared
    /// property it is the property's own location. Long names are shortened, and a pointer of more
    /// than 1,024 bytes is cut in the middle.
    pub instance_path: String,
    /// The violated keyword of the schema.
    pub keyword: String,
    /// The requirement of the schema, in at most 1,024 bytes. It never quotes the value. Inside a
    /// union it ends with the alternative that the value was matched with.
    pub message: String,
}

/// All violations of a value.
///
/// A value can have as many violations as bytes, so only the first thousand are stored, and the
/// others are counted. The display text lists the first hundred, or as many as fit into 16 KiB.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Violations(Box<Kept>);

/// The stored violations. They are boxed to keep errors small.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Kept {
    list: Vec<Violation>,
    /// The number of violations that are not stored.
    more: usize,
    undeclared: Undeclared,
}

/// The maximum number of stored violations.
const CAPACITY: usize = 1000;

/// The maximum number of violations in a display text, and their maximum total length in bytes.
const LISTED: usize = 100;
const LISTED_BYTES: usize = 16 * 1024;

/// The maximum length of a location and of a message, in bytes.
const LENGTH: usize = 1024;

/// Cuts the middle out of a text that is too long.
fn without_middle(text: String) -> String {
    if text.len() <= LENGTH {
        return text;
    }
    let head = text.floor_char_boundary(LENGTH / 2);
    let tail = text.ceil_char_boundary(text.len() - LENGTH / 2 + '…'.len_utf8());
    format!("{}…{}", &text[..head], &text[tail..])
}

/// The message for a pattern whose match exceeds the budget.
pub(super) const UNFINISHED: &str = "is too much work to check against its pattern";

impl Violation {
    fn is_unfinished(&self) -> bool {
        self.keyword == "pattern" && self.message.starts_with(UNFINISHED)
    }

    pub(crate) fn new(
        instance_path: String,
        keyword: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            instance_path: without_middle(instance_path),
            keyword: keyword.into(),
            message: without_middle(message.into()),
        }
    }

    pub(super) fn at_root(keyword: &str, message: impl Into<String>) -> Self {
        Self::new(String::new(), keyword, message)
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.instance_path.as_str() {
            "" => write!(formatter, "at the root: {}", self.message),
            pointer => write!(formatter, "at {pointer}: {}", self.message),
        }
    }
}

impl Violations {
    /// Adds a violation. The closure is not called if the list is full.
    pub(super) fn push_with(&mut self, violation: impl FnOnce() -> Violation) {
        if self.0.list.len() < CAPACITY {
            self.0.list.push(violation());
        } else {
            self.0.more += 1;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.list.is_empty()
    }

    /// Returns whether further violations are only counted.
    pub(super) fn is_full(&self) -> bool {
        self.0.list.len() == CAPACITY
    }

    /// Counts violations without storing them.
    pub(super) fn count_more(&mut self, more: usize) {
        self.0.more += more;
    }

    /// Returns the number of violations, including those that are not stored.
    fn count(&self) -> usize {
        self.0.list.len() + self.0.more
    }

    pub(super) fn with_undeclared(mut self, undeclared: Undeclared) -> Self {
        self.0.undeclared = undeclared;
        self
    }

    /// Keeps the pattern that exceeded the budget of a validation, and nothing that may be dropped.
    pub(super) fn unfinished(mut self) -> Self {
        let first = self.0.list.iter().position(Violation::is_unfinished);
        let first = first.map(|index| self.0.list.swap_remove(index));
        first
            .unwrap_or_else(|| Violation::at_root("pattern", UNFINISHED))
            .into()
    }

    /// Returns the undeclared properties whose removal reduces the violations.
    pub(super) fn undeclared(&self) -> &Undeclared {
        &self.0.undeclared
    }

    /// Iterates over the stored violations in the order of their detection. There is at least one.
    pub fn iter(&self) -> slice::Iter<'_, Violation> {
        self.0.list.iter()
    }

    /// Iterates over the violations that fit into a display text.
    pub(crate) fn listed(&self) -> impl Iterator<Item = &Violation> {
        let mut bytes = 0;
        self.iter().take(LISTED).take_while(move |violation| {
            bytes += violation.instance_path.len() + violation.message.len();
            bytes <= LISTED_BYTES
        })
    }
}

impl From<Violation> for Violations {
    fn from(violation: Violation) -> Self {
        let mut violations = Self::default();
        violations.push_with(|| violation);
        violations
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.listed().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(formatter, "{separator}{violation}")?;
        }
        match self.count() - self.listed().count() {
            0 => Ok(()),
            more => write!(formatter, "; and {more} more"),
        }
    }
}

impl std::error::Error for Violations {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::push_segment;

    #[test]
    fn all_violations_are_shown_with_their_places() {
        let mut violations = Violations::from(Violation::at_root("type", "must be an object"));
        violations.push_with(|| Violation::new("/a/b".to_owned(), "required", "is required"));
        assert_eq!(
            violations.to_string(),
            "at the root: must be an object; at /a/b: is required"
        );
    }

    #[test]
    fn a_long_list_of_violations_is_cut() {
        let violation = Violation::at_root("type", "must be an object");
        let mut violations = Violations::default();
        for _ in 0..1002 {
            violations.push_with(|| violation.clone());
        }
        assert_eq!(violations.iter().count(), 1000);
        let text = violations.to_string();
        assert_eq!(text.matches("must be").count(), 100);
        assert!(text.ends_with("; and 902 more"), "{text}");
    }

    #[test]
    fn a_text_has_a_bound_in_bytes_whatever_the_violations_say() {
        let mut violations = Violations::default();
        for index in 0..2000 {
            let mut pointer = String::new();
            for _ in 0..=(index % 127) {
                push_segment(&mut pointer, &"~".repeat(10_000));
            }
            let message = "é".repeat(index * 10);
            violations.push_with(|| Violation::new(pointer, "const", message));
        }
        let longest = violations
            .iter()
            .map(|violation| violation.instance_path.len().max(violation.message.len()));
        assert!(longest.max() <= Some(LENGTH + '…'.len_utf8()));
        let text = violations.to_string();
        assert!(text.len() < LISTED_BYTES + 1024, "{} bytes", text.len());
        let refusal = crate::error::refusal("the body", &violations);
        let answer = serde_json::json!(refusal.as_api()).to_string();
        assert!(answer.len() < 3 * LISTED_BYTES, "{} bytes", answer.len());
    }
}
