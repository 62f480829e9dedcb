//! The search for a value that one schema takes and another one does not.

use std::collections::BTreeSet;
use std::time::Instant;

use serde_json::Value;

use super::Question;
use super::shrink::shrink;
use crate::json::Json;
use crate::sample::{Label, Labeler, Random, break_in_one_place, sample, stretch_in_one_place};

/// Keywords that bound a length.
const BOUNDS: [&str; 4] = ["maxItems", "maxLength", "minItems", "minLength"];

/// A length that no value is made for.
const LONGEST: usize = 20_000;

/// The search for a value that one schema takes and another one does not. Two validators judge each value.
pub(super) struct Search {
    from: Labeler,
    refusing: Vec<Labeler>,
    /// Lengths that bounds of the schema that has to take all values refuse, where the other schema has other bounds.
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
        let compiled = |schema: &Value| {
            let refused = "one of two validators refuses a schema, so that no value can be judged";
            Labeler::new(schema).map_err(|_| refused.to_owned())
        };
        let refusing = refusing.into_iter().flatten().map(compiled);
        Ok(Self {
            from: compiled(&question.from)?,
            refusing: refusing.collect::<Result<_, _>>()?,
            lengths: refused_lengths(&question.from, &question.to),
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

/// The lengths that the bounds of another schema refuse, if this schema has other bounds.
fn refused_lengths(schema: &Value, other: &Value) -> Vec<usize> {
    let known = bounds(schema);
    let new = bounds(other)
        .into_iter()
        .filter(|bound| !known.contains(bound));
    let refused = new.filter_map(|(keyword, length)| match keyword {
        "maxItems" | "maxLength" => Some(length + 1),
        _ => length.checked_sub(1),
    });
    refused.collect()
}

/// The bounds of lengths in a schema, as far as values can be made for them.
fn bounds(schema: &Value) -> BTreeSet<(&'static str, usize)> {
    let mut found = BTreeSet::new();
    let mut open = vec![schema];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(members) => {
                let bounds = BOUNDS.iter().filter_map(|keyword| {
                    let length = members.get(*keyword)?.as_u64()?;
                    Some((*keyword, usize::try_from(length).ok()?))
                });
                found.extend(bounds.filter(|(_, length)| *length < LONGEST));
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
