//! The error of deserialization.

use std::fmt;

use crate::value::push_segment;

/// A value that does not fit its type. The error contains the location but never the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    problem: Problem,
    /// The path to the value, innermost segment first.
    way: Vec<Step>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Problem {
    /// A required property is missing.
    Missing,
    /// A property is not declared.
    Undeclared,
    /// The value has another type.
    Unfit,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Field(&'static str),
    Key(String),
    Index(usize),
}

impl Problem {
    /// Returns the equivalent JSON Schema keyword, and the message.
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Missing => ("required", "is required"),
            Self::Undeclared => (
                "additionalProperties",
                "has a property that is not declared",
            ),
            Self::Unfit => ("type", "does not fit its type"),
        }
    }
}

impl Mismatch {
    const fn new(problem: Problem) -> Self {
        Self {
            problem,
            way: Vec::new(),
        }
    }

    /// Creates the error for a property that is missing.
    #[must_use]
    pub fn missing(field: &'static str) -> Self {
        Self::new(Problem::Missing).in_field(field)
    }

    /// Creates the error for a property that is not declared.
    #[must_use]
    pub const fn undeclared() -> Self {
        Self::new(Problem::Undeclared)
    }

    /// Creates the error for a value of another type.
    #[must_use]
    pub const fn wrong_type() -> Self {
        Self::new(Problem::Unfit)
    }

    pub(super) fn in_field(mut self, field: &'static str) -> Self {
        self.way.push(Step::Field(field));
        self
    }

    pub(super) fn at_key(mut self, key: impl Into<String>) -> Self {
        self.way.push(Step::Key(key.into()));
        self
    }

    pub(super) fn at_index(mut self, index: usize) -> Self {
        self.way.push(Step::Index(index));
        self
    }

    /// Returns the equivalent JSON Schema keyword.
    pub(crate) const fn keyword(&self) -> &'static str {
        self.problem.words().0
    }

    pub(crate) const fn message(&self) -> &'static str {
        self.problem.words().1
    }

    /// Returns the location as a JSON pointer.
    pub(crate) fn pointer(&self) -> String {
        let mut pointer = String::new();
        for step in self.way.iter().rev() {
            match step {
                Step::Field(name) => push_segment(&mut pointer, name),
                Step::Key(name) => push_segment(&mut pointer, name),
                Step::Index(index) => push_segment(&mut pointer, &index.to_string()),
            }
        }
        pointer
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (_, message) = self.problem.words();
        if self.way.is_empty() {
            write!(formatter, "the value {message}")
        } else {
            write!(formatter, "{} {message}", self.pointer())
        }
    }
}

impl std::error::Error for Mismatch {}
