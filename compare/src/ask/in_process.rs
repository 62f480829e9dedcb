//! Answers in the process that asks.

use std::fmt;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::formats::defined;
use super::patterns::spelled_out;
use super::witness::Search;
use super::{Answer, Canonical, Difference, Judge, Question, SchemaAlgebra};

/// The stack of a thread that compares: schemas can be deep.
const STACK: usize = 64 << 20;

/// How many values are tried before the algebra, and after it.
const TRIES: (usize, usize) = (48, 600);

/// Answers questions in the process that asks.
///
/// The algebra works in a thread of its own, and its time is bounded. Its memory is not, and the thread of a question that
/// reached the bound goes on until it is done: a process that can be ended is a better place for it.
#[derive(Clone)]
pub struct InProcess {
    algebra: Arc<dyn SchemaAlgebra>,
    limit: Duration,
}

impl fmt::Debug for InProcess {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("InProcess")
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}

impl InProcess {
    /// Answers each question within this time.
    #[must_use]
    pub fn new(limit: Duration) -> Self {
        Self::with_algebra(Arc::new(Canonical), limit)
    }

    /// Answers each question within this time, by another algebra.
    #[must_use]
    pub fn with_algebra(algebra: Arc<dyn SchemaAlgebra>, limit: Duration) -> Self {
        Self { algebra, limit }
    }

    /// The difference, unless it takes too long.
    fn difference(&self, question: &Question) -> Difference {
        let limit = self.limit / 2;
        let (sender, receiver) = mpsc::channel();
        let (algebra, from, to) = (
            Arc::clone(&self.algebra),
            spelled_out(&question.from),
            spelled_out(&question.to),
        );
        let work = move || drop(sender.send(algebra.difference(&from, &to)));
        let spawned = thread::Builder::new().stack_size(STACK).spawn(work);
        let found = spawned.ok().map(|_| receiver.recv_timeout(limit));
        match found {
            Some(Ok(difference)) => difference,
            Some(Err(mpsc::RecvTimeoutError::Timeout)) => Difference::Unknown(format!(
                "the comparison of the schemas takes longer than {limit:?}"
            )),
            Some(Err(mpsc::RecvTimeoutError::Disconnected)) | None => {
                Difference::Unknown("the comparison of the schemas failed".to_owned())
            }
        }
    }
}

impl Judge for InProcess {
    fn ask(&self, question: &Question) -> Answer {
        let question = &defined(question);
        if question.from == question.to {
            return Answer::Yes;
        }
        let end = Instant::now() + self.limit * 9 / 10;
        let search = Search::new(question, end);
        let found = search.as_ref().ok().and_then(|search| {
            let found = search.among(&question.from, TRIES.0);
            found.or_else(|| search.among_stretched(&question.from, TRIES.0))
        });
        if let Some(value) = found {
            return Answer::No { value };
        }
        let (schema, reason) = match self.difference(question) {
            Difference::Empty => return Answer::Yes,
            Difference::Schema { schema, has_values } => (Some(schema), undecided(has_values)),
            Difference::Unknown(reason) => (None, reason),
        };
        match search {
            Err(reason) => Answer::Unknown { reason },
            Ok(search) => answer(&search, question, schema.as_ref(), reason),
        }
    }
}

fn answer(search: &Search, question: &Question, schema: Option<&Value>, reason: String) -> Answer {
    let in_difference = schema.and_then(|schema| search.among(schema, TRIES.1));
    let found = in_difference
        .or_else(|| search.among_stretched(&question.from, TRIES.1))
        .or_else(|| search.among(&question.from, TRIES.1));
    match found {
        Some(value) => Answer::No { value },
        None => Answer::Unknown { reason },
    }
}

fn undecided(has_values: bool) -> String {
    let reason = if has_values {
        "there are values that are no longer taken, and none was found that two validators agree on"
    } else {
        "it is not proved that all values are still taken, and no value was found that is not"
    };
    reason.to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// An algebra that always says the same.
    struct Says(Difference);

    impl SchemaAlgebra for Says {
        fn difference(&self, _: &Value, _: &Value) -> Difference {
            self.0.clone()
        }
    }

    /// An algebra that never comes to an end.
    struct Never;

    impl SchemaAlgebra for Never {
        fn difference(&self, _: &Value, _: &Value) -> Difference {
            loop {
                thread::park();
            }
        }
    }

    fn ask(
        algebra: impl SchemaAlgebra + 'static,
        limit: Duration,
        from: &Value,
        to: &Value,
    ) -> Answer {
        let judge = InProcess::with_algebra(Arc::new(algebra), limit);
        judge.ask(&Question {
            from: from.clone(),
            to: to.clone(),
            beyond: None,
        })
    }

    const LONG: Duration = Duration::from_mins(10);

    #[test]
    fn a_question_is_answered_with_a_proof_or_a_value() {
        let text = json!({ "type": "string" });
        let short = json!({ "type": "string", "maxLength": 3 });
        assert_eq!(ask(Canonical, LONG, &short, &text), Answer::Yes);
        let Answer::No { value } = ask(Canonical, LONG, &text, &short) else {
            panic!("a longer text is refused");
        };
        assert!(
            value.as_str().is_some_and(|text| text.chars().count() > 3),
            "{value}"
        );
    }

    #[test]
    fn an_algebra_that_is_wrong_about_a_difference_shows_no_value() {
        let one = json!({ "type": "string", "pattern": "^(a|b)+$" });
        let other = json!({ "type": "string", "pattern": "^[ab]+$" });
        let wrong = Difference::Schema {
            schema: one.clone(),
            has_values: true,
        };
        let answer = ask(Says(wrong), LONG, &one, &other);
        assert!(matches!(answer, Answer::Unknown { .. }), "{answer:?}");
    }

    #[test]
    fn a_value_is_found_where_the_algebra_has_no_answer() {
        let (one, other) = (json!({ "type": "string" }), json!({ "type": "integer" }));
        let unknown = Difference::Unknown("no answer".to_owned());
        let answer = ask(Says(unknown), LONG, &one, &other);
        assert!(matches!(answer, Answer::No { .. }), "{answer:?}");
    }

    #[test]
    fn a_length_that_changes_deep_inside_is_found_without_the_algebra() {
        let bloc = |text: Value| {
            let item = |kind: &str, payload: Value| json!({ "properties": { "type": { "const": kind }, "payload": payload }, "required": ["type", "payload"] });
            let url = json!({ "properties": { "url": { "type": "string", "minLength": 1 } }, "required": ["url"] });
            let kinds = ["image", "audio", "video", "file"].map(|kind| item(kind, url.clone()));
            let text = json!({ "properties": { "text": text }, "required": ["text"] });
            let all: Vec<_> = kinds.into_iter().chain([item("text", text)]).collect();
            json!({ "properties": { "items": { "type": "array", "items": { "oneOf": all } } }, "required": ["items"] })
        };
        for (old, new) in [
            (
                json!({ "type": "string" }),
                json!({ "type": "string", "maxLength": 4096 }),
            ),
            (
                json!({ "type": "string", "maxLength": 900 }),
                json!({ "type": "string", "maxLength": 800 }),
            ),
            (
                json!({ "type": "array" }),
                json!({ "type": "array", "maxItems": 300 }),
            ),
            (
                json!({ "type": "array" }),
                json!({ "type": "array", "minItems": 70 }),
            ),
        ] {
            let unknown = Difference::Unknown("no answer".to_owned());
            let answer = ask(Says(unknown), LONG, &bloc(old), &bloc(new));
            assert!(matches!(answer, Answer::No { .. }), "{answer:?}");
        }
    }

    #[test]
    fn a_comparison_without_end_is_given_up() {
        let one = json!({ "type": "string", "pattern": "^(a|b)+$" });
        let other = json!({ "type": "string", "pattern": "^[ab]+$" });
        let Answer::Unknown { reason } = ask(Never, Duration::from_millis(20), &one, &other) else {
            panic!("nothing is proved");
        };
        assert!(reason.contains("takes longer than"), "{reason}");
    }

    #[test]
    fn a_format_is_checked_in_every_draft_that_a_schema_may_be_of() {
        let later = "https://json-schema.org/draft/2020-12/schema";
        for draft in ["http://json-schema.org/draft-07/schema#", later] {
            for (format, valid) in [
                ("uuid", "2eb8aa08-aa98-11ea-b4aa-73b441d16380"),
                ("duration", "P3DT4H"),
                ("date", "2020-02-29"),
                ("iri-reference", "/a"),
            ] {
                let open = json!({ "$schema": draft, "enum": [valid, "\\ no"] });
                let closed =
                    json!({ "$schema": draft, "enum": [valid, "\\ no"], "format": format });
                let answer = ask(Canonical, LONG, &open, &closed);
                let value = json!("\\ no");
                assert_eq!(answer, Answer::No { value }, "{draft} {format}");
                assert_eq!(
                    ask(Canonical, LONG, &closed, &open),
                    Answer::Yes,
                    "{draft} {format}"
                );
            }
        }
    }

    #[test]
    fn a_shown_value_is_refused_by_all_changes_together() {
        let question = Question {
            from: json!({ "enum": ["a", "b", "c"] }),
            to: json!({ "enum": ["a"] }),
            beyond: Some(json!({ "enum": ["a", "b"] })),
        };
        let answer = InProcess::new(LONG).ask(&question);
        assert_eq!(answer, Answer::No { value: json!("c") });
    }
}
