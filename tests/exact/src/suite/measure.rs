//! Generates, compiles and tests every case.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};
use std::{fs, io};

use super::bare::is_bare_value;
use super::{Case, restricts_type};
use crate::generate::{Fate, generate, generator, module_of};
use crate::json::is_equal;
use crate::scratch::{Answer, Entry, Module, Question, build, run};
use contexture_compare::json::{Json, parse};

/// The result of one test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The result is right, and a valid value came back unchanged.
    Right,
    /// The result is right, but another value came back: this one.
    NotLossless(String),
    /// The result is wrong, with a description.
    Wrong(String),
    /// The generator rejected the schema, with this code and reason.
    Refused(String, String),
    /// The generator panicked.
    Panicked(String),
    /// The generated code does not compile.
    DoesNotCompile(String),
}

/// A test and its result.
#[derive(Clone, Debug)]
pub struct TestResult {
    /// The case's index.
    pub case: usize,
    /// The test's index within the case.
    pub test: usize,
    /// The result.
    pub outcome: Outcome,
}

/// The results.
#[derive(Clone, Debug)]
pub struct Measured {
    /// Every test.
    pub results: Vec<TestResult>,
    /// The cases whose root restricts the type, and whether their type is better than `Value`.
    pub restricting: Vec<(usize, bool)>,
    /// The cases without code that compiles, with the cause.
    pub unusable: BTreeMap<usize, Outcome>,
}

/// Generates, compiles and tests every case, in a folder.
///
/// # Errors
///
/// Returns an error if the folder cannot be used.
pub fn measure(folder: &Path, cases: &[Case], remotes: &Path) -> io::Result<Measured> {
    let fates = generate_cases(folder, cases, remotes)?;
    let fates: Vec<_> = fates.into_iter().map(|(fate, _)| fate).collect();
    let modules = fates
        .iter()
        .enumerate()
        .filter_map(|(index, fate)| match fate {
            Fate::Generated(code) => Some(Module {
                name: name(index),
                code: code.clone(),
                entries: vec![Entry::Validated(format!(
                    "{}::actions::RunInput",
                    module_of(code)
                ))],
            }),
            _ => None,
        });
    let modules: Vec<_> = modules.collect();
    let broken = build(folder, &modules)?;
    let answers = ask(folder, cases, &fates, &broken)?;
    let unusable: BTreeMap<_, _> = fates
        .iter()
        .enumerate()
        .filter_map(|(case, fate)| Some((case, cause(fate, broken.get(&name(case)))?)))
        .collect();
    let mut results = Vec::new();
    for (case, asked) in cases.iter().enumerate() {
        for test in 0..asked.tests.len() {
            let outcome = match unusable.get(&case) {
                Some(cause) => cause.clone(),
                None => judge(&asked.tests[test], &answers[&(case, test)]),
            };
            results.push(TestResult {
                case,
                test,
                outcome,
            });
        }
    }
    let restricting = (0..cases.len()).filter(|case| restricts_type(&cases[*case].schema));
    let restricting = restricting.map(|case| {
        let is_typed = match &fates[case] {
            Fate::Generated(code) => {
                !broken.contains_key(&name(case)) && !is_bare_value(code, "RunInput")
            }
            _ => false,
        };
        (case, is_typed)
    });
    Ok(Measured {
        results,
        restricting: restricting.collect(),
        unusable,
    })
}

/// Generates code for every case, in a folder, and gives the time that each took.
///
/// # Errors
///
/// Returns an error if the folder cannot be used.
pub fn generate_cases(
    folder: &Path,
    cases: &[Case],
    remotes: &Path,
) -> io::Result<Vec<(Fate, Duration)>> {
    let timed = cases.iter().enumerate().map(|(index, case)| {
        let start = Instant::now();
        let fate = generate_case(folder, index, case, remotes)?;
        Ok((fate, start.elapsed()))
    });
    timed.collect()
}

/// The reason why a case has no code that compiles.
fn cause(fate: &Fate, error: Option<&String>) -> Option<Outcome> {
    match fate {
        Fate::Refused { code, message } => Some(Outcome::Refused(code.clone(), message.clone())),
        Fate::Panicked(message) => Some(Outcome::Panicked(message.clone())),
        Fate::Generated(_) => error.map(|error| Outcome::DoesNotCompile(error.clone())),
    }
}

fn name(case: usize) -> String {
    format!("case{case}")
}

/// Generates code for a definition whose only action has the schema as its input.
fn generate_case(folder: &Path, index: usize, case: &Case, remotes: &Path) -> io::Result<Fate> {
    let empty = || Json::object([("type", Json::text("object"))]);
    let definition = Json::object([
        ("name", Json::text(&name(index))),
        ("version", Json::text("0.0.0")),
        (
            "actions",
            Json::object([(
                "run",
                Json::object([
                    ("input", Json::object([("schema", case.schema.clone())])),
                    ("output", Json::object([("schema", empty())])),
                ]),
            )]),
        ),
    ]);
    let definitions = folder.join("definitions");
    fs::create_dir_all(&definitions)?;
    let path = definitions.join(format!("{}.json", name(index)));
    fs::write(&path, definition.to_string())?;
    Ok(generate(&generator(&path, Some(remotes))))
}

fn ask(
    folder: &Path,
    cases: &[Case],
    fates: &[Fate],
    broken: &BTreeMap<String, String>,
) -> io::Result<BTreeMap<(usize, usize), Answer>> {
    let mut keys = Vec::new();
    let mut questions = Vec::new();
    for (case, fate) in fates.iter().enumerate() {
        if !matches!(fate, Fate::Generated(_)) || broken.contains_key(&name(case)) {
            continue;
        }
        for (test, question) in cases[case].tests.iter().enumerate() {
            keys.push((case, test));
            let text = question.data.to_string();
            questions.push(Question {
                module: name(case),
                payload: 0,
                text,
            });
        }
    }
    Ok(keys.into_iter().zip(run(folder, &questions)?).collect())
}

fn judge(test: &super::Test, answer: &Answer) -> Outcome {
    match answer {
        Answer::Accepts(encoded) if test.is_valid => {
            let is_same = parse(encoded).is_ok_and(|back| is_equal(&back, &test.data));
            if is_same {
                Outcome::Right
            } else {
                Outcome::NotLossless(encoded.clone())
            }
        }
        Answer::Refuses(_) if !test.is_valid => Outcome::Right,
        Answer::Accepts(_) => Outcome::Wrong("accepted, and not valid".to_owned()),
        Answer::Refuses(why) => Outcome::Wrong(format!("rejected, but valid: {why}")),
        Answer::Unwritable(why) => {
            Outcome::Wrong(format!("accepted, but cannot be encoded: {why}"))
        }
        Answer::Differs(how) => Outcome::Wrong(format!("differs: {how}")),
        Answer::Panics(why) => Outcome::Wrong(format!("panics: {why}")),
        Answer::Aborts => Outcome::Wrong("overflows the stack".to_owned()),
    }
}
