//! Regular expressions of schemas, with bounded matching.
//!
//! A pattern with a lookaround or a backreference backtracks, and a text of thirty characters can
//! keep it busy for hours. So each match has a budget per byte that it reads, and each validation
//! has an additional budget for all its matches. The first match that exhausts both ends the
//! validation, and the value is rejected regardless of the rest of its schema. The budgets count
//! work and not time, so the result is the same on every machine.

use std::{cell::Cell, fmt, sync::OnceLock};

use fancy_regex::{Regex, RegexBuilder};
use jsonschema::{Keyword, ValidationError};
use jsonschema_regex::{PatternAnalysis, analyze_pattern, contains_ecma_whitespace, to_rust_regex};
use serde_json::{Map, Value};

/// An ECMA-262 regular expression.
pub(super) struct Pattern {
    source: String,
    matcher: Matcher,
}

/// The matching strategy. Most patterns need no regex engine.
enum Matcher {
    Prefix(String),
    Exact(String),
    OneOf(Vec<String>),
    NoWhitespace,
    /// The regex engine, compiled once for each backtrack limit that was needed so far.
    Engine {
        translated: String,
        limited: Box<Limited>,
    },
}

type Limited = [OnceLock<Option<Regex>>; LIMITS.len()];

/// The backtrack limits of a match. When a limit is exceeded, the match is retried with the next
/// one.
const LIMITS: [u32; 7] = [256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576];

/// The budget of a validation, in the units of [`cost`]. It allows about five million backtracks in
/// short texts, which take some tenths of a second.
const RESERVE: u64 = 1 << 29;

/// The budget of a match for each byte of its text, and for 32 more bytes.
const PER_BYTE: u64 = 2048;

/// The maximum cost of a match: each backtrack may read to the end of the text.
fn cost(limit: u32, length: usize) -> u64 {
    u64::from(limit) * (100 + length as u64 / 16)
}

#[derive(Clone, Copy)]
struct Work {
    /// What is left of the reserve.
    left: u64,
    /// Whether a match has exceeded the budget.
    ended: bool,
    /// Whether a validation is running.
    is_shared: bool,
}

impl Work {
    const fn new(is_shared: bool) -> Self {
        Self {
            left: RESERVE,
            ended: false,
            is_shared,
        }
    }
}

thread_local! {
    static WORK: Cell<Work> = const { Cell::new(Work::new(false)) };
}

/// Runs a validation with one budget for all its parts: a validation inside of another one shares
/// the budget. Also returns whether all matches finished.
pub(super) fn bounded<T>(validation: impl FnOnce() -> T) -> (T, bool) {
    if WORK.get().is_shared {
        let result = validation();
        return (result, !WORK.get().ended);
    }
    let before = WORK.replace(Work::new(true));
    let result = validation();
    let finished = !WORK.replace(before).ended;
    (result, finished)
}

/// Runs an explanation of a validation that exceeded its budget, with another budget.
pub(super) fn bounded_again<T>(explanation: impl FnOnce() -> T) -> T {
    let before = WORK.replace(Work::new(true));
    let result = explanation();
    WORK.set(before);
    result
}

impl Pattern {
    /// Compiles the value of the keyword `pattern`. If the generator had to rewrite it, the pattern that the author wrote
    /// is among the other keywords.
    pub(super) fn of(pattern: &Value, keywords: &Map<String, Value>) -> Option<Self> {
        let compiled = Self::new(pattern.as_str()?)?;
        let written = keywords.get("x-pattern").and_then(Value::as_str);
        Some(match written {
            Some(source) => Self {
                source: source.to_owned(),
                ..compiled
            },
            None => compiled,
        })
    }

    /// Compiles a pattern. Returns `None` if it is not a valid regular expression.
    pub(super) fn new(source: &str) -> Option<Self> {
        let matcher = match analyze_pattern(source) {
            Some(PatternAnalysis::Prefix(prefix)) => Matcher::Prefix(prefix.into_owned()),
            Some(PatternAnalysis::Exact(exact)) => Matcher::Exact(exact.into_owned()),
            Some(PatternAnalysis::Alternation(texts)) => Matcher::OneOf(texts),
            Some(PatternAnalysis::NoWhitespace) => Matcher::NoWhitespace,
            None => {
                let translated = to_rust_regex(source).ok()?.into_owned();
                let limited = Box::new(Limited::default());
                limited[0].set(Some(build(&translated, LIMITS[0])?)).ok()?;
                Matcher::Engine {
                    translated,
                    limited,
                }
            }
        };
        Some(Self {
            source: source.to_owned(),
            matcher,
        })
    }

    /// Returns the pattern as it is in the schema.
    pub(super) fn source(&self) -> &str {
        &self.source
    }

    /// Returns whether a text matches, or `None` if the validation's budget is exhausted.
    pub(super) fn is_match(&self, text: &str) -> Option<bool> {
        match &self.matcher {
            Matcher::Prefix(prefix) => Some(text.starts_with(prefix)),
            Matcher::Exact(exact) => Some(text == exact),
            Matcher::OneOf(texts) => Some(texts.iter().any(|other| other == text)),
            Matcher::NoWhitespace => Some(!contains_ecma_whitespace(text)),
            Matcher::Engine {
                translated,
                limited,
            } => {
                let mut work = WORK.get();
                let matches = is_match_within(&mut work, translated, limited, text);
                work.ended |= matches.is_none();
                WORK.set(work);
                matches
            }
        }
    }
}

/// Tries a match with each limit in turn, while the budget allows it.
fn is_match_within(
    work: &mut Work,
    translated: &str,
    limited: &Limited,
    text: &str,
) -> Option<bool> {
    // The value is already rejected, so further matches would be wasted work.
    if work.ended {
        return None;
    }
    // What a match does not use of its own budget is not saved for others: very many easy matches
    // would pay for very hard ones.
    let mut own = PER_BYTE * (text.len() as u64 + 32);
    for (limit, regex) in LIMITS.into_iter().zip(limited) {
        let cost = cost(limit, text.len());
        work.left = work.left.checked_sub(cost.saturating_sub(own))?;
        own = own.saturating_sub(cost);
        let regex = regex.get_or_init(|| build(translated, limit)).as_ref()?;
        if let Ok(matches) = regex.is_match(text) {
            return Some(matches);
        }
    }
    None
}

fn build(translated: &str, limit: u32) -> Option<Regex> {
    RegexBuilder::new(translated)
        .backtrack_limit(limit as usize)
        .build()
        .ok()
}

impl fmt::Debug for Pattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_tuple("Pattern")
            .field(&self.source)
            .finish()
    }
}

/// The keyword `pattern` for the validator.
impl<'i> Keyword<'i> for Pattern {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        if self.is_valid(instance) {
            Ok(())
        } else {
            Err(ValidationError::custom(format!(
                "must match the pattern {}",
                self.source
            )))
        }
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        instance
            .as_str()
            .is_none_or(|text| self.is_match(text).unwrap_or(false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_match(pattern: &str, text: &str) -> Option<bool> {
        bounded(|| Pattern::new(pattern).unwrap().is_match(text)).0
    }

    #[test]
    fn a_pattern_matches_as_in_javascript() {
        for (pattern, text, matches) in [
            ("^a", "abc", true),
            ("^a$", "ab", false),
            ("^(get|put)$", "put", true),
            (r"^\S*$", "a b", false),
            (r"^\d+$", "١", false),
            ("^(?!x-)[a-z-]+$", "a-b", true),
            ("^(?!x-)[a-z-]+$", "x-b", false),
            (r"(a)\1", "baa", true),
        ] {
            assert_eq!(is_match(pattern, text), Some(matches), "{pattern} {text}");
        }
        assert!(Pattern::new("(").is_none());
    }

    #[test]
    fn a_match_that_exceeds_the_budget_is_aborted() {
        let text = format!("{}!", "a".repeat(40));
        for pattern in [r"^((a+)\2?)+$", "^(?:a(?!b)|aa)+$", "^(?:(?!b)a+)+$"] {
            assert_eq!(is_match(pattern, &text), None, "{pattern}");
        }
    }

    #[test]
    fn after_a_match_that_did_not_finish_no_other_is_tried() {
        let endless = Pattern::new("^(?:(?!b)a+)+$").unwrap();
        let easy = Pattern::new("[0-9]b").unwrap();
        let (matches, finished) = bounded(|| {
            let before = easy.is_match("1b");
            let given_up = endless.is_match(&format!("{}!", "a".repeat(40)));
            [before, given_up, easy.is_match("1b")]
        });
        assert_eq!(matches, [Some(true), None, None]);
        assert!(!finished);
        assert_eq!(bounded(|| easy.is_match("1b")), (Some(true), true));
    }

    #[test]
    fn many_matches_that_backtrack_a_little_all_finish() {
        let pattern = Pattern::new("^(?:(?!--)[a-z-])*$").unwrap();
        let texts = [0, 1, 100, 4000].map(|length| "a-".repeat(length / 2));
        let (all, finished) = bounded(|| {
            (0..10_000).all(|index| pattern.is_match(&texts[index % texts.len()]) == Some(true))
        });
        assert!(all && finished);
    }

    #[test]
    fn easy_matches_do_not_pay_for_hard_ones() {
        let pattern = Pattern::new("^(?:(?!b)a+)+$").unwrap();
        let hard = format!("{}!", "a".repeat(17));
        let count_of_hard = |easy: usize| {
            let (count, _) = bounded(|| {
                for _ in 0..easy {
                    assert_eq!(pattern.is_match("a"), Some(true));
                }
                (0..10_000)
                    .take_while(|_| pattern.is_match(&hard).is_some())
                    .count()
            });
            count
        };
        assert_eq!(count_of_hard(0), count_of_hard(20_000));
    }

    #[test]
    fn a_validation_inside_of_another_one_shares_its_budget() {
        let endless = Pattern::new("^(?:(?!b)a+)+$").unwrap();
        let text = format!("{}!", "a".repeat(40));
        let (inner, finished) = bounded(|| bounded(|| endless.is_match(&text)));
        assert_eq!((inner, finished), ((None, false), false));
    }

    #[test]
    fn many_matches_that_each_backtrack_a_lot_end_together() {
        let pattern = Pattern::new("^(?:(?!b)a+)+$").unwrap();
        let text = format!("{}!", "a".repeat(14));
        assert_eq!(bounded(|| pattern.is_match(&text)), (Some(false), true));
        let (tried, finished) = bounded(|| {
            (0..100_000)
                .take_while(|_| pattern.is_match(&text).is_some())
                .count()
        });
        assert!(!finished && tried < 1000, "{tried}");
    }
}
