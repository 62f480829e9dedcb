//! Regular expressions of schemas, whose work is bounded.
//!
//! A pattern with a lookaround or a backreference backtracks, and a text of thirty characters can make it do so for
//! hours. So a match may do a certain amount of work for each byte that it reads, and one validation has a reserve
//! beside that for all its matches. The first match for which both are used up ends the validation: the value does
//! not fit, whatever else its schema says. The amounts are counted and not timed, so that a value is judged alike on
//! every machine.

use std::{cell::Cell, fmt, sync::OnceLock};

use fancy_regex::{Regex, RegexBuilder};
use jsonschema::{Keyword, ValidationError};
use jsonschema_regex::{PatternAnalysis, analyze_pattern, contains_ecma_whitespace, to_rust_regex};
use serde_json::Value;

/// A regular expression of ECMA-262.
pub(super) struct Pattern {
    source: String,
    matcher: Matcher,
}

/// What a pattern asks for; most do not need an engine.
#[expect(
    clippy::large_enum_variant,
    reason = "there is one of each pattern of a definition"
)]
enum Matcher {
    Prefix(String),
    Exact(String),
    OneOf(Vec<String>),
    NoWhitespace,
    /// The engine, once for each limit of backtracks that was needed so far.
    Engine {
        translated: String,
        limited: Box<Limited>,
    },
}

type Limited = [OnceLock<Option<Regex>>; LIMITS.len()];

/// How many backtracks a match may take: it is tried with the next limit when one does not suffice.
const LIMITS: [u32; 7] = [256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576];

/// The reserve of a validation, in the units of [`cost`]: some five million backtracks in short texts, which take some
/// tenths of a second.
const RESERVE: u64 = 1 << 29;

/// What a match may cost for each byte of its text, and for 32 bytes more.
const PER_BYTE: u64 = 2048;

/// What a match can cost: a backtrack may read on to the end of the text.
fn cost(limit: u32, length: usize) -> u64 {
    u64::from(limit) * (100 + length as u64 / 16)
}

#[derive(Clone, Copy)]
struct Work {
    left: u64,
    /// A match did not finish.
    ended: bool,
}

thread_local! {
    static WORK: Cell<Work> = const { Cell::new(Work { left: RESERVE, ended: false }) };
}

/// Runs a validation with a reserve of its own, and says whether all of its matches finished.
pub(super) fn bounded<T>(validation: impl FnOnce() -> T) -> (T, bool) {
    let fresh = Work {
        left: RESERVE,
        ended: false,
    };
    let before = WORK.replace(fresh);
    let result = validation();
    let finished = !WORK.replace(before).ended;
    (result, finished)
}

impl Pattern {
    /// Compiles a pattern; `None` if it is no regular expression.
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

    /// The pattern as its schema has it.
    pub(super) fn source(&self) -> &str {
        &self.source
    }

    /// Whether a text matches; `None` when the work that the validation may do does not suffice to say so.
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

/// Tries a match with one limit after the other, as long as there is work left to pay for it.
fn is_match_within(
    work: &mut Work,
    translated: &str,
    limited: &Limited,
    text: &str,
) -> Option<bool> {
    // The rest of a value that is refused already is not worth any more work.
    if work.ended {
        return None;
    }
    work.left += PER_BYTE * (text.len() as u64 + 32);
    for (limit, regex) in LIMITS.into_iter().zip(limited) {
        work.left = work.left.checked_sub(cost(limit, text.len()))?;
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

/// The keyword `pattern`, for a validator that is to be bounded.
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
    fn a_pattern_that_would_not_end_is_given_up() {
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
