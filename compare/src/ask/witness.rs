//! The search for a value that one schema takes and another one does not.

use std::time::Instant;

use serde_json::Value;

use super::Question;
use super::shrink::shrink;
use crate::json::Json;
use crate::sample::{Label, Labeler, Random, break_in_one_place, sample};

/// The search for a value that one schema takes and another one does not. Two validators judge each value.
pub(super) struct Search {
    from: Labeler,
    refusing: Vec<Labeler>,
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
            end,
        })
    }

    /// The smallest of the values that were found among values of a schema.
    pub(super) fn among(&self, schema: &Value, tries: usize) -> Option<Value> {
        let mut random = Random::new("a value that is no longer taken");
        for round in 0..tries {
            if Instant::now() > self.end {
                return None;
            }
            let mut value = sample(schema, &mut random);
            if round % 3 == 2 {
                value = break_in_one_place(&value, &mut random);
            }
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

fn parsed(value: &Json) -> Option<Value> {
    serde_json::from_str(&value.to_string()).ok()
}
