//! The search for a value that one schema takes and another one does not.

use std::collections::BTreeSet;
use std::time::Instant;

use serde_json::Value;

use super::Question;
use super::shrink::shrink;
use crate::json::Json;
use crate::sample::{Label, Labeler, Random, break_in_one_place, sample, stretch_in_one_place};

/// Keywords that bound a length.
const LENGTHS: [&str; 4] = ["maxItems", "maxLength", "minItems", "minLength"];

/// A length that no value is made for.
const LONGEST: usize = 20_000;

/// The search for a value that one schema takes and another one does not. Two validators judge each value.
pub(super) struct Search {
    from: Labeler,
    refusing: Vec<Labeler>,
    /// Lengths that only the schema that has to take all values knows, each with those beside it.
    lengths: Vec<usize>,
    end: Instant,
}

impl Search {
    /// Compiles the schemas of a question.
    ///
    /// # Errors
    ///
    /// Returns the reason if one of the validators cannot compile a schema.
    pub(super) fn new(question: &Question, end: Instant) -> Result<Self, String> {
        let refusing = [Some(&question.to), question.beyond.as_ref()];
        let refusing = refusing.into_iter().flatten().map(Labeler::new);
        Ok(Self {
            from: Labeler::new(&question.from)?,
            refusing: refusing.collect::<Result<_, _>>()?,
            lengths: other_lengths(&question.from, &question.to),
            end,
        })
    }

    /// The smallest of the values that were found among values of a schema.
    pub(super) fn among(&self, schema: &Value, tries: usize) -> Option<Value> {
        self.find(tries, |round, random| {
            let value = sample(schema, random);
            match round % 3 {
                2 => break_in_one_place(&value, random),
                _ => value,
            }
        })
    }

    /// The smallest of the values that were found among values of a schema whose texts and lists have other lengths.
    pub(super) fn among_stretched(&self, schema: &Value, tries: usize) -> Option<Value> {
        let tries = if self.lengths.is_empty() { 0 } else { tries };
        self.find(tries, |_, random| {
            let value = sample(schema, random);
            stretch_in_one_place(&value, *random.pick(&self.lengths), random)
        })
    }

    fn find(&self, tries: usize, make: impl Fn(usize, &mut Random) -> Json) -> Option<Value> {
        let mut random = Random::new("a value that is no longer taken");
        for round in 0..tries {
            if Instant::now() > self.end {
                return None;
            }
            let value = make(round, &mut random);
            if let Some(value) = parsed(&value).filter(|value| self.is_witness(value)) {
                return Some(shrink(value, &|value| self.is_witness(value), self.end));
            }
        }
        None
    }

    /// Whether both validators accept a value for the one schema, and reject it for the others.
    fn is_witness(&self, value: &Value) -> bool {
        self.from.label(value) == Label::Valid
            && self
                .refusing
                .iter()
                .all(|labeler| labeler.label(value) == Label::Broken)
    }
}

/// The lengths that one of two schemas alone bounds texts and lists with, each with those beside it.
fn other_lengths(schema: &Value, other: &Value) -> Vec<usize> {
    let known = lengths(schema);
    let new = lengths(other)
        .into_iter()
        .filter(|length| !known.contains(length));
    new.flat_map(|length| [length.saturating_sub(1), length, length + 1])
        .collect()
}

/// The lengths in a schema, short enough for a value.
fn lengths(schema: &Value) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut open = vec![schema];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(members) => {
                let lengths = LENGTHS
                    .iter()
                    .filter_map(|name| members.get(*name)?.as_u64());
                let lengths = lengths.filter_map(|length| usize::try_from(length).ok());
                found.extend(lengths.filter(|length| *length < LONGEST));
                open.extend(members.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    found
}

fn parsed(value: &Json) -> Option<Value> {
    serde_json::from_str(&value.to_string()).ok()
}
