//! What a request can cost: the time and the memory of each kind of synchronous work, for the worst input found.
//!
//! A [`Kind`] is a kind of work with candidates, each of which makes an input of a size. The program `cost` measures
//! every candidate at 1, 10 and 100 kB and at the limit of a body, or of the headers where those are the limit, and
//! prints the worst of each kind. It fails when a cost grows faster than the input, or when a refusal is too long.

pub mod inputs;
pub mod kinds;
pub mod measure;
pub mod report;

mod service;

contexture::include_definition!("definition");

use std::time::Duration;

use self::measure::Outcome;

/// What is measured of a candidate at a size: it does the work once.
pub type Work = Box<dyn FnMut() -> Outcome>;

/// Makes the work for an input of about as many bytes.
pub type Prepare = Box<dyn Fn(usize) -> Work>;

/// A kind of work.
#[expect(
    missing_debug_implementations,
    reason = "candidates are closures, which have none"
)]
pub struct Kind {
    /// What the report calls it.
    pub name: String,
    /// How many bytes its input may have.
    pub limit: usize,
    /// The time that it may take whatever the input: where work is bounded by a reserve, that of the reserve.
    pub allowance: Duration,
    /// Whether a quick run leaves it out: it takes long, and others are like it.
    pub is_slow: bool,
    /// The inputs that are tried, by their names.
    pub candidates: Vec<(&'static str, Prepare)>,
}

/// How many bytes a body may have, as the server has it unless it was told otherwise.
pub const BODY_LIMIT: usize = 10 * 1024 * 1024;

/// How many bytes the headers of a request may have, as the server has it unless it was told otherwise.
pub const HEADER_LIMIT: usize = 64 * 1024;

impl Kind {
    /// A kind of work on a body.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            limit: BODY_LIMIT,
            allowance: Duration::ZERO,
            is_slow: false,
            candidates: Vec::new(),
        }
    }

    /// Changes how many bytes the input may have.
    #[must_use]
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    /// Changes the time that the work may take whatever the input.
    #[must_use]
    pub fn allowance(mut self, allowance: Duration) -> Self {
        self.allowance = allowance;
        self
    }

    /// Changes whether a quick run leaves it out.
    #[must_use]
    pub fn slow(mut self, is_slow: bool) -> Self {
        self.is_slow = is_slow;
        self
    }

    /// Adds a candidate.
    #[must_use]
    pub fn candidate(mut self, name: &'static str, prepare: Prepare) -> Self {
        self.candidates.push((name, prepare));
        self
    }
}
