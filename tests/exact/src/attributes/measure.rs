//! Removes each kind of attribute, compiles the rest and tests it with values.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use super::edit::{Kind, kinds, without};
use super::gather::{Subject, subjects};
use super::promise::promises;
use super::source::printed_words;
use crate::properties::{Sample, judge};
use crate::scratch::{Answer, Entry, Module, Question, build, run};
use contexture_compare::json::{Json, parse};

/// How the removal of an attribute is detected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Noticed {
    /// By this error of the compiler.
    Compiler(String),
    /// By this many values with a wrong result; and the first of them.
    Values(usize, String),
    /// Not at all.
    Never,
}

/// The results.
#[derive(Clone, Debug)]
pub struct Measured {
    /// The wrong results of the complete code. There should be none.
    pub whole: Vec<String>,
    /// The number of values for the complete code.
    pub values: usize,
    /// Every attribute, and how its removal is detected.
    pub removed: BTreeMap<Kind, Noticed>,
    /// The words that the printer can print, and that no generated code has.
    pub unprinted: BTreeSet<String>,
}

impl Measured {
    /// Whether each removal of a printable attribute is detected, and the complete code has no wrong result.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.whole.is_empty()
            && self.values > 0
            && !self.removed.is_empty()
            && self
                .removed
                .values()
                .all(|noticed| *noticed != Noticed::Never)
            && self.unprinted.is_empty()
    }
}

/// A definition's code, complete or without one kind of attribute.
struct Variant<'a> {
    subject: &'a Subject,
    removed: Option<&'a Kind>,
    name: String,
}

/// Removes one kind of attribute at a time, compiles the rest in a folder, and tests this many values of each
/// payload.
///
/// # Errors
///
/// Returns an error if the folder cannot be used or if a definition of the repository is rejected.
pub fn measure(folder: &Path, values: usize) -> io::Result<Measured> {
    let subjects = subjects(values)?;
    let all: BTreeMap<_, _> = subjects
        .iter()
        .map(|subject| (&subject.stem, kinds(&subject.code)))
        .collect();
    let mut variants = Vec::new();
    for subject in &subjects {
        let removed = std::iter::once(None).chain(all[&subject.stem].iter().map(Some));
        variants.extend(removed.enumerate().map(|(index, removed)| Variant {
            subject,
            removed,
            name: format!("{}-{index}", subject.stem),
        }));
    }
    let modules: Vec<_> = variants.iter().map(module).collect();
    let broken = build(folder, &modules)?;
    let compiling: Vec<_> = variants
        .iter()
        .filter(|variant| !broken.contains_key(&variant.name))
        .collect();
    let mistakes = ask(folder, &compiling)?;

    let mut measured = Measured {
        whole: Vec::new(),
        values: 0,
        removed: BTreeMap::new(),
        unprinted: printed_words()?,
    };
    for variant in &variants {
        let wrong = mistakes.get(&variant.name).cloned().unwrap_or_default();
        let error = broken.get(&variant.name);
        let Some(kind) = variant.removed else {
            measured
                .whole
                .extend(error.cloned().into_iter().chain(wrong));
            let payloads = variant.subject.payloads.iter();
            measured.values += payloads.map(|payload| payload.samples.len()).sum::<usize>();
            continue;
        };
        measured.unprinted.remove(kind.word());
        let noticed = match (error, wrong.first()) {
            (Some(error), _) => {
                Noticed::Compiler(error.lines().next().unwrap_or_default().to_owned())
            }
            (None, Some(first)) => Noticed::Values(wrong.len(), first.clone()),
            (None, None) => Noticed::Never,
        };
        let known = measured
            .removed
            .entry(kind.clone())
            .or_insert(Noticed::Never);
        if *known == Noticed::Never {
            *known = noticed;
        }
    }
    Ok(measured)
}

fn module(variant: &Variant<'_>) -> Module {
    let Subject {
        code,
        payloads,
        tolerant,
        ..
    } = variant.subject;
    let edited = variant
        .removed
        .map_or_else(|| code.clone(), |kind| without(code, kind));
    let asked = payloads.iter().flat_map(|payload| {
        [
            Entry::Validated(payload.path.clone()),
            Entry::Bare(payload.path.clone()),
        ]
    });
    let tolerant = tolerant.iter().map(|path| Entry::Bare(path.clone()));
    let entries = asked.chain(tolerant);
    Module {
        name: variant.name.clone(),
        // The complete code defines the expected traits.
        code: prettyplease::unparse(&edited) + &promises("self", &code.items),
        entries: entries.collect(),
    }
}

/// Tests every value both ways; returns the wrong results by variant.
fn ask(folder: &Path, variants: &[&Variant<'_>]) -> io::Result<BTreeMap<String, Vec<String>>> {
    let mut questions = Vec::new();
    let mut asked = Vec::new();
    for variant in variants {
        for (index, path) in variant.subject.tolerant.iter().enumerate() {
            let value = Json::Object(vec![(ANOTHER.to_owned(), Json::Bool(true))]);
            questions.push(Question {
                module: variant.name.clone(),
                payload: variant.subject.payloads.len() * 2 + index,
                text: value.to_string(),
            });
            asked.push((&variant.name, path, value, How::Tolerant));
        }
        for (index, payload) in variant.subject.payloads.iter().enumerate() {
            for sample in &payload.samples {
                for is_bare in [false, true] {
                    let value = if is_bare {
                        let Some(value) = with_another_property(&sample.value) else {
                            continue;
                        };
                        value
                    } else {
                        sample.value.clone()
                    };
                    questions.push(Question {
                        module: variant.name.clone(),
                        payload: index * 2 + usize::from(is_bare),
                        text: value.to_string(),
                    });
                    let how = if is_bare {
                        How::Bare
                    } else {
                        How::Validated {
                            is_valid: sample.is_valid,
                        }
                    };
                    asked.push((&variant.name, &payload.path, value, how));
                }
            }
        }
    }
    let mut mistakes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for ((name, path, value, how), answer) in asked.into_iter().zip(run(folder, &questions)?) {
        let mistake = match how {
            How::Bare => judge_bare(&answer),
            How::Tolerant => judge_tolerant(&answer),
            How::Validated { is_valid } => {
                let value = value.clone();
                judge_validated(&Sample { value, is_valid }, answer)
            }
        };
        if let Some(mistake) = mistake {
            let mistakes = mistakes.entry(name.clone()).or_default();
            mistakes.push(format!("{path}, {value}: {mistake}"));
        }
    }
    Ok(mistakes)
}

/// The way in which a value is tested.
enum How {
    /// With the schema.
    Validated { is_valid: bool },
    /// By serde alone, with an undeclared property.
    Bare,
    /// The same, for a type that ignores it.
    Tolerant,
}

fn judge_validated(sample: &Sample, answer: Answer) -> Option<String> {
    let (mistake, detail) = judge(sample, answer)?;
    (!mistake.is_exception()).then(|| format!("{}: {detail}", mistake.name()))
}

/// An undeclared property.
const ANOTHER: &str = "nobodyDeclaresThis";

/// An object with one more property.
fn with_another_property(value: &Json) -> Option<Json> {
    let Json::Object(fields) = value else {
        return None;
    };
    let mut fields = fields.clone();
    fields.push((ANOTHER.to_owned(), Json::Bool(true)));
    Some(Json::Object(fields))
}

/// A type that ignores undeclared properties has to decode an object with one.
fn judge_tolerant(answer: &Answer) -> Option<String> {
    match answer {
        Answer::Accepts(_) => None,
        Answer::Refuses(why)
        | Answer::Unwritable(why)
        | Answer::Differs(why)
        | Answer::Panics(why) => Some(why.clone()),
        Answer::Aborts => Some("overflows the stack".to_owned()),
    }
}

/// A type has to reject a property that it cannot store, even without the schema, so that no data is lost.
fn judge_bare(answer: &Answer) -> Option<String> {
    match answer {
        Answer::Accepts(text) => {
            let is_kept = parse(text).is_ok_and(|back| back.get(ANOTHER).is_some());
            (!is_kept).then(|| format!("serde alone returns {text}"))
        }
        Answer::Refuses(_) => None,
        Answer::Unwritable(why) | Answer::Differs(why) | Answer::Panics(why) => Some(why.clone()),
        Answer::Aborts => Some("overflows the stack".to_owned()),
    }
}
