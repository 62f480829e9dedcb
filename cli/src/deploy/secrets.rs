//! The secrets of an integration: values from options, variables and questions, never from the definition.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use contexture::Secret;
use serde_json::{Map, Value};

use crate::Outcome;
use crate::nearest::did_you_mean;
use crate::terminal::Terminal;

/// The longest value that Botpress takes.
const LONGEST: usize = 20_000;

/// An option `NAME=value`. It is not checked by clap, whose messages quote values.
#[derive(Clone)]
pub(crate) struct Assignment(String);

/// A secret that a definition declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Declared {
    pub(super) name: String,
    pub(super) is_optional: bool,
}

/// What happens to a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// It gets a value, which is from here: "an option".
    Set(Secret, &'static str),
    /// Botpress has a value, which stays.
    Unchanged,
    /// It is optional, and has no value.
    Unassigned,
    /// It is required, and has no value, which only a dry run may have.
    Missing,
    /// It is not declared any more, and is deleted.
    Deleted,
    /// It is not declared any more, and stays.
    Left,
}

/// What happens to each secret, by its name.
pub(super) type Steps = BTreeMap<String, Step>;

/// How to find values.
pub(super) struct Sources<'a> {
    pub(super) assignments: &'a [Assignment],
    /// Reads a variable of the environment.
    pub(super) variable: &'a dyn Fn(&str) -> Option<String>,
    /// The person to ask, if there is one.
    pub(super) terminal: Option<&'a mut dyn Terminal>,
    /// Whether a secret that is not declared any more is deleted without a question.
    pub(super) deletes: bool,
    /// Whether required secrets may be missing.
    pub(super) is_dry_run: bool,
}

/// The secrets that a definition declares.
pub(super) fn declared(definition: &Value) -> Vec<Declared> {
    let secrets = definition["secrets"].as_object().into_iter().flatten();
    let secrets = secrets.map(|(name, secret)| Declared {
        name: name.clone(),
        is_optional: secret["optional"] == true,
    });
    secrets.collect()
}

/// Decides what happens to each secret. `known` are the names that Botpress has values of.
///
/// # Errors
///
/// If an option is none of the definition's, or if required values are missing: the error has all of them.
pub(super) fn settle(
    declared: &[Declared],
    known: &[&str],
    mut sources: Sources<'_>,
) -> Result<Steps, Outcome> {
    let given = assigned(declared, sources.assignments)?;
    let mut steps = Steps::new();
    for secret in declared {
        let is_known = known.contains(&secret.name.as_str());
        let step = match value(secret, is_known, &given, &mut sources) {
            Some((value, origin)) => Step::Set(value, origin),
            None if is_known => Step::Unchanged,
            None if secret.is_optional => Step::Unassigned,
            None => Step::Missing,
        };
        steps.insert(secret.name.clone(), step);
    }
    for name in known {
        if declared.iter().all(|secret| secret.name != *name) {
            let question =
                format!("The secret {name} is not declared any more. Delete it at Botpress?");
            let is_deleted = sources.deletes
                || sources
                    .terminal
                    .as_mut()
                    .is_some_and(|terminal| terminal.confirm(&question));
            let step = if is_deleted {
                Step::Deleted
            } else {
                Step::Left
            };
            steps.insert((*name).to_owned(), step);
        }
    }
    if !sources.is_dry_run {
        refuse_missing(&steps)?;
    }
    refuse_long(&steps)?;
    Ok(steps)
}

/// The member `secrets` of a body; `None` if nothing changes.
pub(super) fn of_body(steps: &Steps) -> Option<Value> {
    let changes = steps.iter().filter_map(|(name, step)| match step {
        Step::Set(value, _) => Some((name.clone(), value.expose().as_str().into())),
        Step::Deleted => Some((name.clone(), Value::Null)),
        _ => None,
    });
    let changes: Map<_, _> = changes.collect();
    (!changes.is_empty()).then_some(Value::Object(changes))
}

/// The variable of the environment with a secret: `SECRET_KEY`.
pub(super) fn variable_of(name: &str) -> String {
    format!("SECRET_{name}")
}

fn value(
    secret: &Declared,
    is_known: bool,
    given: &BTreeMap<String, Secret>,
    sources: &mut Sources<'_>,
) -> Option<(Secret, &'static str)> {
    if let Some(value) = given.get(&secret.name) {
        return Some((value.clone(), "an option"));
    }
    let variable = (sources.variable)(&variable_of(&secret.name));
    if let Some(value) = variable.filter(|value| !value.is_empty()) {
        return Some((Secret::from(value), "the environment"));
    }
    let terminal = sources.terminal.as_mut()?;
    let mode = match (is_known, secret.is_optional) {
        (true, _) => "already set, Enter leaves it",
        (false, true) => "optional, Enter leaves it out",
        (false, false) => "required",
    };
    let answer = terminal.ask_hidden(&format!("{} ({mode}): ", secret.name));
    answer.map(|answer| (answer, "the terminal"))
}

/// The values of options, by the names of secrets.
fn assigned(
    declared: &[Declared],
    assignments: &[Assignment],
) -> Result<BTreeMap<String, Secret>, Outcome> {
    let mut given = BTreeMap::new();
    let mut wrong = Vec::new();
    for (index, Assignment(text)) in assignments.iter().enumerate() {
        match text.split_once('=') {
            Some((name, value)) if !value.is_empty() => {
                if declared.iter().all(|secret| secret.name != name) {
                    let known = declared.iter().map(|secret| secret.name.as_str());
                    let help = did_you_mean(name, known);
                    wrong.push(format!(
                        "error: the definition declares no secret `{name}`\n{help}"
                    ));
                }
                given.insert(name.to_owned(), Secret::from(value));
            }
            // The text may be the secret itself.
            _ => wrong.push(format!(
                "error: `--secrets` number {} is not of the form NAME=value\n",
                index + 1
            )),
        }
    }
    if wrong.is_empty() {
        return Ok(given);
    }
    Err(Outcome::wrong_usage(wrong.concat()))
}

fn refuse_missing(steps: &Steps) -> Result<(), Outcome> {
    let missing = steps.iter().filter(|(_, step)| **step == Step::Missing);
    let missing: Vec<_> = missing.map(|(name, _)| name.as_str()).collect();
    let Some(first) = missing.first() else {
        return Ok(());
    };
    Err(Outcome::failure(format!(
        "error: required secrets have no value: {}\n\
         help: set {} in the environment, and so on for each, or answer the questions on a terminal\n",
        missing.join(", "),
        variable_of(first)
    )))
}

fn refuse_long(steps: &Steps) -> Result<(), Outcome> {
    let is_long = |step: &Step| matches!(step, Step::Set(value, _) if value.expose().chars().count() > LONGEST);
    let mut long = steps.iter().filter(|(_, step)| is_long(step));
    match long.next() {
        None => Ok(()),
        Some((name, _)) => Err(Outcome::failure(format!(
            "error: the secret {name} is longer than Botpress takes, which is {LONGEST} characters\n"
        ))),
    }
}

impl FromStr for Assignment {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Debug for Assignment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Assignment(…)")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::terminal::Answers;

    fn definition() -> Value {
        json!({ "secrets": { "A": {}, "B": { "optional": true }, "C": {}, "D": {} } })
    }

    fn sources<'a>(
        assignments: &'a [Assignment],
        variable: &'a dyn Fn(&str) -> Option<String>,
    ) -> Sources<'a> {
        Sources {
            assignments,
            variable,
            terminal: None,
            deletes: false,
            is_dry_run: false,
        }
    }

    fn none(_: &str) -> Option<String> {
        None
    }

    #[test]
    fn options_win_over_variables_and_these_over_questions() {
        let assignments = [Assignment("A=a=1".to_owned())];
        let variable = |name: &str| matches!(name, "SECRET_A" | "SECRET_B").then(|| "v".to_owned());
        let mut terminal = Answers::new(&["", "typed", "y"]);
        let mut sources = sources(&assignments, &variable);
        sources.terminal = Some(&mut terminal);
        let steps = settle(&declared(&definition()), &["C", "OLD"], sources).unwrap();
        assert_eq!(steps["A"], Step::Set(Secret::from("a=1"), "an option"));
        assert_eq!(steps["B"], Step::Set(Secret::from("v"), "the environment"));
        assert_eq!(steps["C"], Step::Unchanged);
        assert_eq!(steps["D"], Step::Set(Secret::from("typed"), "the terminal"));
        assert_eq!(steps["OLD"], Step::Deleted);
        let body = of_body(&steps).unwrap();
        assert_eq!(
            body,
            json!({ "A": "a=1", "B": "v", "D": "typed", "OLD": null })
        );
        assert_eq!(terminal.questions[0], "C (already set, Enter leaves it): ");
    }

    #[test]
    fn without_a_terminal_all_missing_values_are_told_and_nothing_is_deleted() {
        let refused = settle(&declared(&definition()), &[], sources(&[], &none)).unwrap_err();
        assert!(refused.errors.contains("A, C, D"), "{}", refused.errors);
        assert!(refused.errors.contains("SECRET_A"), "{}", refused.errors);
        let steps = settle(&[], &["OLD"], sources(&[], &none)).unwrap();
        assert_eq!((&steps["OLD"], of_body(&steps)), (&Step::Left, None));
        let mut dry = sources(&[], &none);
        dry.is_dry_run = true;
        let steps = settle(&declared(&definition()), &[], dry).unwrap();
        assert_eq!(
            (&steps["A"], &steps["B"]),
            (&Step::Missing, &Step::Unassigned)
        );
    }

    #[test]
    fn a_wrong_option_is_told_without_its_value() {
        let assignments = ["hunter2", "APP=hunter2"].map(|text| Assignment(text.to_owned()));
        let refused =
            settle(&declared(&definition()), &[], sources(&assignments, &none)).unwrap_err();
        assert_eq!(refused.status, 2);
        assert!(refused.errors.contains("number 1"), "{}", refused.errors);
        assert!(
            refused.errors.contains("no secret `APP`"),
            "{}",
            refused.errors
        );
        assert!(!refused.errors.contains("hunter2"), "{}", refused.errors);
        assert!(!format!("{assignments:?}").contains("hunter2"));
    }
}
