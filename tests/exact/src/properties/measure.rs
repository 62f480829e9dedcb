//! Every payload of every definition of the corpus, generated, compiled and tested.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io, thread};

use serde_json::Value;

use super::dispute::cause;
use super::gather::{Payload, gather};
use super::judge::{Mistake, judge};
use crate::generate::{Fate, generate, generator, module_of};
use crate::scratch::{Entry, Module, Question, build, run};
use contexture_compare::json::Json;
use contexture_compare::sample::Label;

/// A value with a wrong result.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The definition and the pointer of the schema.
    pub place: String,
    /// The value.
    pub value: Json,
    /// The mistake.
    pub mistake: Mistake,
    /// The details.
    pub detail: String,
}

/// A tested payload.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The definition and the pointer of the schema.
    pub place: String,
    /// The number of valid values.
    pub valid: Amount,
    /// The number of broken values.
    pub broken: Amount,
}

/// The number of tested values, and of possible ones.
#[derive(Clone, Copy, Debug)]
pub struct Amount {
    /// The number of tested values.
    pub asked: usize,
    /// The maximum number, if it is finite.
    pub limit: Option<u64>,
}

impl Amount {
    /// Returns whether the wanted number was tested, or every possible value.
    #[must_use]
    pub fn is_enough(self, wanted: usize) -> bool {
        self.asked >= wanted || self.is_all()
    }

    fn is_all(self) -> bool {
        self.limit
            .is_some_and(|limit| u64::try_from(self.asked).is_ok_and(|asked| asked >= limit))
    }
}

/// The results.
#[derive(Clone, Debug, Default)]
pub struct Measured {
    /// The payloads.
    pub payloads: Vec<Asked>,
    /// The values with a wrong result.
    pub failures: Vec<Failure>,
    /// The values on which the validators disagree.
    pub disputed: Vec<(String, Json, Label)>,
    /// The definitions and payloads that could not be tested, and the reasons.
    pub unasked: Vec<(String, String)>,
}

impl Measured {
    /// The number of tested values.
    #[must_use]
    pub fn values(&self) -> usize {
        let asked = |asked: &Asked| asked.valid.asked + asked.broken.asked;
        self.payloads.iter().map(asked).sum()
    }

    /// The payloads with fewer values than wanted, although more may exist.
    pub fn short_of(&self, wanted: usize) -> impl Iterator<Item = &Asked> {
        let is_short =
            move |asked: &&Asked| !asked.valid.is_enough(wanted) || !asked.broken.is_enough(wanted);
        self.payloads.iter().filter(is_short)
    }

    /// Returns whether everything was tested, and every result was right except for the named exceptions.
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

/// Generates, compiles and tests every payload of definitions, with this many values of each kind.
///
/// # Errors
///
/// Returns an error if a folder cannot be read or used.
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
                .push((stem, "no code was generated".to_owned()));
            continue;
        };
        let definition: Value = serde_json::from_str(&fs::read_to_string(path)?)?;
        let module = module_of(&code);
        let mut payloads = Vec::new();
        for payload in report.payloads {
            // A configuration without a schema still has a type, but no schema to make values from.
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

/// A payload to make values for: the definition and the payload's index in it, the place, the schema.
type Job = ((String, usize), String, Value);

/// Makes the values on all cores; returns them in the order of the payloads.
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
