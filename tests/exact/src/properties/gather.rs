//! Values for a payload: distinct ones that are valid, and distinct ones that are broken in one place.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::json::{Json, canonical};
use crate::sample::{Label, Labeler, Random, at_most, break_in_one_place, sample, takes_anything};

/// A payload and the values for it.
#[derive(Clone, Debug)]
pub struct Payload {
    /// The definition's name and the pointer of the schema.
    pub place: String,
    /// What is valid and what is not.
    pub samples: Vec<Sample>,
    /// What the validators do not agree on: the value and who accepts it.
    pub disputed: Vec<(Json, Label)>,
    /// How many valid and how many broken values there are at most, where there is an end of them.
    pub limits: (Option<u64>, Option<u64>),
}

/// A value and whether it is valid.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The value.
    pub value: Json,
    /// Whether `boon` accepts it, and `jsonschema` does not say otherwise.
    pub is_valid: bool,
}

/// How often a value is made before there are said to be no more.
const ATTEMPTS: usize = 20;

/// Makes so many valid and so many broken values for a schema, or as many as there are.
///
/// # Errors
///
/// Returns the reason if one of the validators refuses the schema.
pub fn gather(place: &str, schema: &Value, wanted: usize) -> Result<Payload, String> {
    let labeler = Labeler::new(schema)?;
    let mut random = Random::new(place);
    let limits = (at_most(schema), takes_anything(schema).then_some(0));
    let mut gathered = Gathered {
        labeler,
        seen: BTreeSet::new(),
        valid: Vec::new(),
        broken: Vec::new(),
        disputed: Vec::new(),
    };
    let are_all = |found: usize, limit: Option<u64>| {
        found >= wanted || limit.is_some_and(|limit| u64::try_from(found).unwrap_or(0) >= limit)
    };
    for _ in 0..wanted * ATTEMPTS {
        if are_all(gathered.valid.len(), limits.0) {
            break;
        }
        gathered.add(sample(schema, &mut random));
    }
    let whole = gathered.valid.clone();
    for _ in 0..wanted * ATTEMPTS {
        if are_all(gathered.broken.len(), limits.1) {
            break;
        }
        let start = match whole.as_slice() {
            [] => sample(schema, &mut random),
            whole => random.pick(whole).clone(),
        };
        gathered.add(break_in_one_place(&start, &mut random));
    }
    let samples = |mut values: Vec<Json>, is_valid| {
        // A value that a change did not break is one more that is valid, and there are enough.
        values.truncate(wanted);
        values
            .into_iter()
            .map(move |value| Sample { value, is_valid })
    };
    Ok(Payload {
        place: place.to_owned(),
        samples: samples(gathered.valid, true)
            .chain(samples(gathered.broken, false))
            .collect(),
        disputed: gathered.disputed,
        limits,
    })
}

struct Gathered {
    labeler: Labeler,
    /// The values that were made before, whichever way they were written.
    seen: BTreeSet<String>,
    valid: Vec<Json>,
    broken: Vec<Json>,
    disputed: Vec<(Json, Label)>,
}

impl Gathered {
    fn add(&mut self, value: Json) {
        let Ok(parsed) = serde_json::from_str(&value.to_string()) else {
            return;
        };
        if !self.seen.insert(canonical(&value)) {
            return;
        }
        match self.labeler.label(&parsed) {
            Label::Valid => self.valid.push(value),
            Label::Broken => self.broken.push(value),
            disputed => self.disputed.push((value, disputed)),
        }
    }
}
