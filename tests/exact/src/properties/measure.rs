//! Every payload of every definition of the corpus, generated, compiled and asked.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io, thread};

use serde_json::Value;

use super::dispute::cause;
use super::gather::{Payload, gather};
use super::judge::{Mistake, judge};
use crate::generate::{Fate, generate, generator, module_of};
use crate::json::Json;
use crate::sample::Label;
use crate::scratch::{Entry, Module, Question, build, run};

/// A value that was not answered right.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The definition and the pointer of the schema.
    pub place: String,
    /// The value.
    pub value: Json,
    /// What is wrong.
    pub mistake: Mistake,
    /// What came of it.
    pub detail: String,
}

/// A payload that was asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The definition and the pointer of the schema.
    pub place: String,
    /// How many valid values.
    pub valid: Amount,
    /// How many broken values.
    pub broken: Amount,
}

/// How many values there were, and how many there can be.
#[derive(Clone, Copy, Debug)]
pub struct Amount {
    /// How many were asked.
    pub asked: usize,
    /// How many there are at most, where there is an end of them.
    pub limit: Option<u64>,
}

impl Amount {
    /// Says whether there are as many as are wanted, or all that there are.
    #[must_use]
    pub fn is_enough(self, wanted: usize) -> bool {
        self.asked >= wanted || self.is_all()
    }

    fn is_all(self) -> bool {
        self.limit
            .is_some_and(|limit| u64::try_from(self.asked).is_ok_and(|asked| asked >= limit))
    }
}

/// What was measured.
#[derive(Clone, Debug, Default)]
pub struct Measured {
    /// The payloads.
    pub payloads: Vec<Asked>,
    /// The values that were not answered right.
    pub failures: Vec<Failure>,
    /// The values that the validators do not agree on.
    pub disputed: Vec<(String, Json, Label)>,
    /// The definitions and payloads that could not be asked, and why.
    pub unasked: Vec<(String, String)>,
}

impl Measured {
    /// How many values were asked.
    #[must_use]
    pub fn values(&self) -> usize {
        let asked = |asked: &Asked| asked.valid.asked + asked.broken.asked;
        self.payloads.iter().map(asked).sum()
    }

    /// The payloads of which fewer values were found than are wanted, although there may be more.
    pub fn short_of(&self, wanted: usize) -> impl Iterator<Item = &Asked> {
        let is_short =
            move |asked: &&Asked| !asked.valid.is_enough(wanted) || !asked.broken.is_enough(wanted);
        self.payloads.iter().filter(is_short)
    }

    /// Says whether everything was asked and answered right, but for what is named as an exception.
    #[must_use]
    pub fn is_right(&self, wanted: usize) -> bool {
        let is_exception = |failure: &Failure| failure.mistake.is_exception();
        self.failures.iter().all(is_exception)
            && self
                .disputed
                .iter()
                .all(|(_, value, _)| cause(value).is_some())
            && self.unasked.is_empty()
            && self.short_of(wanted).next().is_none()
    }
}

/// Generates, compiles and asks every payload of definitions, with so many values of each kind.
///
/// # Errors
///
/// Returns an error if a folder cannot be read or worked in.
pub fn measure(folder: &Path, definitions: &[PathBuf], wanted: usize) -> io::Result<Measured> {
    let mut measured = Measured::default();
    let mut modules = Vec::new();
    let mut jobs = Vec::new();
    for path in definitions {
        let stem = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let generator = generator(path, None);
        let (Fate::Generated(code), Some(report)) = (generate(&generator), generator.report())
        else {
            measured
                .unasked
                .push((stem, "it is not generated".to_owned()));
            continue;
        };
        let definition: Value = serde_json::from_str(&fs::read_to_string(path)?)?;
        let module = module_of(&code);
        let mut payloads = Vec::new();
        for payload in report.payloads {
            // A configuration without a schema has a type all the same, and no schema of an author's.
            let schema = definition.pointer(&payload.pointer);
            if let Some(schema) = schema.filter(|_| payload.pointer.ends_with("/schema")) {
                let place = format!("{stem}{}", payload.pointer);
                jobs.push(((stem.clone(), payloads.len()), place, schema.clone()));
                payloads.push(Entry::Validated(format!("{module}::{}", payload.path)));
            }
        }
        modules.push(Module {
            name: stem,
            code,
            entries: payloads,
        });
    }
    let mut payloads = BTreeMap::new();
    for ((key, place, _), gathered) in jobs.iter().zip(gather_all(&jobs, wanted)) {
        match gathered {
            Ok(gathered) => _ = payloads.insert(key.clone(), gathered),
            Err(reason) => measured.unasked.push((place.clone(), reason)),
        }
    }
    let broken = build(folder, &modules)?;
    payloads.retain(|(stem, _), _| !broken.contains_key(stem));
    measured.unasked.extend(broken);
    ask(folder, &payloads, &mut measured)?;
    Ok(measured)
}

/// A payload to make values for: the definition and the payload's number in it, the place, the schema.
type Job = ((String, usize), String, Value);

/// Makes the values on all cores, and gives them in the order of the payloads.
fn gather_all(jobs: &[Job], wanted: usize) -> Vec<Result<Payload, String>> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let size = jobs.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let chunks: Vec<_> = jobs
            .chunks(size)
            .map(|jobs| {
                scope.spawn(move || {
                    let gathered = jobs
                        .iter()
                        .map(|(_, place, schema)| gather(place, schema, wanted));
                    gathered.collect::<Vec<_>>()
                })
            })
            .collect();
        let joined = chunks.into_iter().map(std::thread::ScopedJoinHandle::join);
        joined
            .flat_map(|chunk| chunk.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}

fn ask(
    folder: &Path,
    payloads: &BTreeMap<(String, usize), Payload>,
    measured: &mut Measured,
) -> io::Result<()> {
    let mut questions = Vec::new();
    let mut samples = Vec::new();
    for ((stem, payload), gathered) in payloads {
        let valid = gathered
            .samples
            .iter()
            .filter(|sample| sample.is_valid)
            .count();
        let amount = |asked, limit| Amount { asked, limit };
        measured.payloads.push(Asked {
            place: gathered.place.clone(),
            valid: amount(valid, gathered.limits.0),
            broken: amount(gathered.samples.len() - valid, gathered.limits.1),
        });
        let disputed = gathered.disputed.iter().cloned();
        measured
            .disputed
            .extend(disputed.map(|(value, label)| (gathered.place.clone(), value, label)));
        for sample in &gathered.samples {
            let text = sample.value.to_string();
            questions.push(Question {
                module: stem.clone(),
                payload: *payload,
                text,
            });
            samples.push((&gathered.place, sample));
        }
    }
    for ((place, sample), answer) in samples.into_iter().zip(run(folder, &questions)?) {
        if let Some((mistake, detail)) = judge(sample, answer) {
            measured.failures.push(Failure {
                place: place.clone(),
                value: sample.value.clone(),
                mistake,
                detail,
            });
        }
    }
    Ok(())
}
