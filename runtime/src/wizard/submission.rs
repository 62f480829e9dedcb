//! What a browser has sent with a form.

use std::fmt;

use form_urlencoded::parse;
use serde_json::{Map, Value};

use super::field::Field;
use super::schema_fields::read_fields;
use crate::value::push_segment;
use crate::{Payload, Result, Violation};

/// The prefix of the names of fields, which keeps them apart from the wizard's own.
const PREFIX: &str = "field.";
/// The name of the hidden field that proves that the form was shown in this session.
pub(super) const FORM_TOKEN: &str = "proof";

/// The fields of a form as a browser has sent them.
#[derive(Clone, Default)]
pub(super) struct Submission(Vec<(String, String)>);

/// The values of a form that cannot be accepted, and why. [`Page::again`](super::Page::again) shows
/// the form with both.
///
/// Secrets among the values are not shown again.
#[derive(Clone, Default)]
pub struct Invalid {
    pub(super) sent: Submission,
    /// The names of fields, and the problems. A problem without a name concerns the whole form.
    pub(super) problems: Vec<(Option<String>, String)>,
}

/// Returns the name of a field in the markup.
pub(crate) fn control_name(field: &str) -> String {
    format!("{PREFIX}{field}")
}

impl Submission {
    pub(super) fn read(body: &str) -> Self {
        let fields = parse(body.as_bytes());
        Self(fields.into_owned().collect())
    }

    /// Returns a field of the wizard itself.
    pub(super) fn own(&self, name: &str) -> &str {
        let mut fields = self.0.iter();
        let found = fields.find(|(known, _)| known == name);
        found.map_or("", |(_, text)| text)
    }

    /// Returns the texts of a field.
    pub(super) fn texts<'a>(&'a self, field: &str) -> Vec<&'a str> {
        let fields = self.0.iter();
        let texts = fields.filter(|(known, _)| known.strip_prefix(PREFIX) == Some(field));
        texts.map(|(_, text)| text.as_str()).collect()
    }

    /// Reads the values of a type's form.
    pub(super) fn values<T: Payload>(&self) -> Result<Result<T, Invalid>> {
        let schema: Value = serde_json::from_str(T::schema().text())?;
        let (fields, constants) = read_fields(&schema)?;
        let mut values: Map<String, Value> = constants;
        for field in &fields {
            if let Some(value) = field.value(&self.texts(&field.name)) {
                values.insert(field.name.clone(), value);
            }
        }
        Ok(T::from_value(Value::Object(values)).map_err(|violations| {
            let problems = violations.iter().take(fields.len().max(1));
            let problems = problems.map(|violation| problem(&fields, violation));
            Invalid {
                sent: self.clone(),
                problems: problems.collect(),
            }
        }))
    }
}

/// Returns the field that a violation concerns, and a sentence. It quotes the schema and not the
/// value.
fn problem(fields: &[Field], violation: &Violation) -> (Option<String>, String) {
    let field = fields.iter().find(|field| {
        let mut pointer = String::new();
        push_segment(&mut pointer, &field.name);
        let rest = violation.instance_path.strip_prefix(&pointer);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    match field {
        Some(field) => {
            let sentence = format!("{} {}.", field.label, violation.message);
            (Some(field.name.clone()), sentence)
        }
        None => (None, format!("The form {}.", violation.message)),
    }
}

impl Invalid {
    /// Adds a problem of a field, by the name of the schema's property; for the other forms the name
    /// is `choice` or `input`. The text is a sentence. It should not quote a secret.
    #[must_use]
    pub fn and(mut self, field: &str, problem: impl Into<String>) -> Self {
        self.problems.push((Some(field.to_owned()), problem.into()));
        self
    }

    /// Returns the problems of a field.
    pub(super) fn problems_of(&self, field: &str) -> impl Iterator<Item = &str> {
        let problems = self.problems.iter();
        let of_field = problems.filter(move |(name, _)| name.as_deref() == Some(field));
        of_field.map(|(_, problem)| problem.as_str())
    }
}

/// Shows the names only, because values may be secrets.
impl fmt::Debug for Submission {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.0.iter().map(|(name, _)| name);
        formatter.debug_list().entries(names).finish()
    }
}

/// Shows no values.
impl fmt::Debug for Invalid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Invalid")
            .field("problems", &self.problems)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_value() {
        let sent = Submission::read("field.token=hunter2&field.token=hunter3&proof=p");
        assert_eq!(sent.texts("token"), ["hunter2", "hunter3"]);
        assert_eq!((sent.own("proof"), sent.own("token")), ("p", ""));
        let invalid = Invalid {
            sent,
            problems: Vec::new(),
        };
        let shown = format!("{:?}", invalid.and("token", "No."));
        assert!(!shown.contains("hunter"), "{shown}");
        assert!(!format!("{:?}", Submission::read("a=hunter2")).contains("hunter"));
    }
}
