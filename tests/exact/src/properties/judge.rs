//! The judgement of results.

use super::Sample;
use crate::json::{is_equal, is_equal_as_float};
use crate::scratch::Answer;
use contexture_compare::json::{Json, parse};

/// The mistake in a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mistake {
    /// A broken value was accepted.
    Accepted,
    /// A valid value was rejected.
    Refused,
    /// A valid value was accepted and could not be encoded.
    Unwritable,
    /// Another value came back.
    NotLossless,
    /// Directly and through a JSON value, the results differ.
    Differs,
    /// The code panicked.
    Panicked,
    /// The stack overflowed.
    Overflowed,
    /// Another number came back, which is the same float.
    BeyondFloat,
    /// A valid value with an integer beyond 64 bits was rejected.
    BeyondInteger,
}

impl Mistake {
    /// A short description.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted, and not valid",
            Self::Refused => "refused, and valid",
            Self::Unwritable => "accepted, and cannot be encoded",
            Self::NotLossless => "not lossless",
            Self::Differs => "differs when it is read or written through a JSON value",
            Self::Panicked => "panics",
            Self::Overflowed => "overflows the stack",
            Self::BeyondFloat => {
                "exception: a number that no float holds came back as the nearest float"
            }
            Self::BeyondInteger => "exception: an integer beyond 64 bits is refused",
        }
    }

    /// Whether it is one of the documented exceptions.
    #[must_use]
    pub const fn is_exception(self) -> bool {
        matches!(self, Self::BeyondFloat | Self::BeyondInteger)
    }
}

/// Returns the mistake in the result for a value, with details.
pub(crate) fn judge(sample: &Sample, answer: Answer) -> Option<(Mistake, String)> {
    match answer {
        Answer::Accepts(text) if sample.is_valid => {
            let back = parse(&text).ok();
            if back
                .as_ref()
                .is_some_and(|back| is_equal(back, &sample.value))
            {
                return None;
            }
            let is_same_float = back.is_some_and(|back| is_equal_as_float(&back, &sample.value));
            let mistake = if is_same_float {
                Mistake::BeyondFloat
            } else {
                Mistake::NotLossless
            };
            Some((mistake, text))
        }
        Answer::Accepts(text) => Some((Mistake::Accepted, text)),
        Answer::Refuses(_) if !sample.is_valid => None,
        Answer::Refuses(why) if has_huge_number(&sample.value) => {
            Some((Mistake::BeyondInteger, why))
        }
        Answer::Refuses(why) => Some((Mistake::Refused, why)),
        Answer::Unwritable(why) => Some((Mistake::Unwritable, why)),
        Answer::Differs(how) => Some((Mistake::Differs, how)),
        Answer::Panics(why) => Some((Mistake::Panicked, why)),
        Answer::Aborts => Some((Mistake::Overflowed, String::new())),
    }
}

/// Returns whether a value has a number that no `i64` can represent.
fn has_huge_number(value: &Json) -> bool {
    const LIMIT: f64 = 9_223_372_036_854_775_807.0;

    match value {
        Json::Number(text) => text
            .parse::<f64>()
            .is_ok_and(|number| number.abs() >= LIMIT),
        Json::Array(items) => items.iter().any(has_huge_number),
        Json::Object(fields) => fields.iter().any(|(_, value)| has_huge_number(value)),
        Json::Null | Json::Bool(_) | Json::String(_) => false,
    }
}
