//! The tests with another result, each with its reason.

use super::{Case, Measured, Outcome};

const INTEGER: &str = "an integer of more than 64 bits is refused: Rust's has no more";
const ROUNDED: &str = "a number that 64 bits do not hold has the precision of a float";
const MISSING: &str = "the schema refers to a file that is not in the suite's folder for draft 7";

const CONTENT: &str = "what a string holds is not checked, as in every later draft";

/// The file, the case, the test, and the reason.
const EXCEPTIONS: [(&str, &str, &str, &str); 12] = [
    ("bignum", "integer", "a bignum is an integer", INTEGER),
    (
        "bignum",
        "integer",
        "a negative bignum is an integer",
        INTEGER,
    ),
    ("bignum", "number", "a bignum is a number", ROUNDED),
    ("bignum", "number", "a negative bignum is a number", ROUNDED),
    (
        "bignum",
        "minimum integer comparison",
        "comparison works for very negative numbers",
        ROUNDED,
    ),
    (
        "content",
        "validation of string-encoded content based on media type",
        "an invalid JSON document",
        CONTENT,
    ),
    (
        "content",
        "validation of binary string-encoding",
        "an invalid base64 string (% is not a valid character)",
        CONTENT,
    ),
    (
        "content",
        "validation of binary-encoded media type documents",
        "a validly-encoded invalid JSON document",
        CONTENT,
    ),
    (
        "content",
        "validation of binary-encoded media type documents",
        "an invalid base64 string that is valid JSON",
        CONTENT,
    ),
    (
        "float-overflow",
        "all integers are multiples of 0.5, if overflow is handled",
        "valid if optional overflow handling is implemented",
        INTEGER,
    ),
    (
        "cross-draft",
        "refs to future drafts are processed as future drafts",
        "missing bar is invalid",
        MISSING,
    ),
    (
        "cross-draft",
        "refs to future drafts are processed as future drafts",
        "present bar is valid",
        MISSING,
    ),
];

/// The reason why a test is an exception, if it is one.
#[must_use]
pub fn exception(case: &Case, test: usize) -> Option<&'static str> {
    let test = &case.tests[test].description;
    let found = EXCEPTIONS.iter().find(|(file, description, name, _)| {
        case.file == *file && case.description == *description && test == name
    });
    found.map(|(_, _, _, reason)| *reason)
}

impl Measured {
    /// Whether every test is right except for the exceptions, and no exception is right.
    #[must_use]
    pub fn is_right(&self, cases: &[Case]) -> bool {
        self.results.iter().all(|result| {
            let is_exception = exception(&cases[result.case], result.test).is_some();
            (result.outcome == Outcome::Right) != is_exception
        })
    }
}
