//! Asks all questions.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use contexture_compare::ask::{Answer, InProcess, Judge, Question};
use serde_json::Value;

use crate::edits::edits;

/// A question that was asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The place of the schema.
    pub place: String,
    /// The kind of change.
    pub kind: &'static str,
    /// The right answer.
    pub is_contained: bool,
    /// The given answer.
    pub answer: Answer,
    /// How long it took.
    pub time: Duration,
}

/// The questions that were asked.
#[derive(Clone, Debug, Default)]
pub struct Measured {
    /// How many schemas there are.
    pub schemas: usize,
    /// The questions, in the order of the schemas.
    pub asked: Vec<Asked>,
}

/// Asks in both directions about each change of each schema.
#[must_use]
pub fn measure(schemas: &[(String, Value)], limit: Duration) -> Measured {
    let next = AtomicUsize::new(0);
    let asked = Mutex::new(Vec::new());
    let work = || {
        let judge = InProcess::new(limit);
        while let Some((place, schema)) = schemas.get(next.fetch_add(1, Ordering::Relaxed)) {
            let found = ask_about(place, schema, &judge);
            asked
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .extend(found);
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    let mut asked = asked.into_inner().unwrap_or_else(PoisonError::into_inner);
    asked.sort_by(|one: &Asked, other| one.place.cmp(&other.place));
    Measured {
        schemas: schemas.len(),
        asked,
    }
}

fn ask_about(place: &str, schema: &Value, judge: &InProcess) -> Vec<Asked> {
    let mut asked = Vec::new();
    for edit in edits(schema) {
        let ways = [
            (schema, &edit.new, edit.is_wider),
            (&edit.new, schema, edit.is_narrower),
        ];
        for (from, to, is_contained) in ways {
            let question = Question {
                from: from.clone(),
                to: to.clone(),
                beyond: None,
            };
            let start = Instant::now();
            let answer = judge.ask(&question);
            asked.push(Asked {
                place: place.to_owned(),
                kind: edit.kind,
                is_contained,
                answer,
                time: start.elapsed(),
            });
        }
    }
    asked
}

impl Asked {
    /// Whether the answer is proved, and wrong.
    #[must_use]
    pub fn is_wrong(&self) -> bool {
        match self.answer {
            Answer::Yes => !self.is_contained,
            Answer::No { .. } => self.is_contained,
            Answer::Unknown { .. } => false,
        }
    }

    /// Whether nothing was proved.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        matches!(self.answer, Answer::Unknown { .. })
    }
}
