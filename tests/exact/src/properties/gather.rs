//! Distinct valid values for a payload, and distinct values that are broken in one place.

use std::collections::BTreeSet;

use serde_json::Value;

use super::amount::{at_most, takes_anything};
use crate::json::canonical;
use contexture_compare::json::Json;
use contexture_compare::sample::{Label, Labeler, Random, break_in_one_place, sample};

/// A payload and the values for it.
#[derive(Clone, Debug)]
pub struct Payload {
    /// The definition's name and the pointer of the schema.
    pub place: String,
    /// The valid and the broken values.
    pub samples: Vec<Sample>,
    /// The values on which the validators disagree, and the results of both.
    pub disputed: Vec<(Json, Label)>,
    /// The maximum numbers of valid and of broken values, if they are finite.
    pub limits: (Option<u64>, Option<u64>),
}

/// A value and whether it is valid.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The value.
    pub value: Json,
    /// Whether both `boon` and `jsonschema` accept it; otherwise both reject it.
    pub is_valid: bool,
}

/// The number of attempts to make a new value.
const ATTEMPTS: usize = 20;

/// Makes this many valid and broken values for a schema, or as many as there are.
///
/// # Errors
///
/// Returns the reason if one of the validators rejects the schema.
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
        // A change can leave a value valid, so that there may be more valid values than wanted.
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
    /// The canonical texts of the values made so far.
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
