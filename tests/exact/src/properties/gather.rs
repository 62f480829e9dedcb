//! Values for a payload: distinct ones that are valid, and distinct ones that are broken in one place.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::json::Json;
use crate::sample::{Label, Labeler, Random, break_in_one_place, sample};

/// A payload and the values for it.
#[derive(Clone, Debug)]
pub struct Payload {
    /// The definition's name and the pointer of the schema.
    pub place: String,
    /// What is valid and what is not.
    pub samples: Vec<Sample>,
    /// What the validators do not agree on: the value and who accepts it.
    pub disputed: Vec<(Json, Label)>,
}

/// A value and whether it is valid.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The value.
    pub value: Json,
    /// Whether both validators accept it.
    pub is_valid: bool,
}

/// How often a value is made before there are said to be no more.
const ATTEMPTS: usize = 12;

/// Makes so many valid and so many broken values for a schema, or as many as there are.
///
/// # Errors
///
/// Returns the reason if one of the validators refuses the schema.
pub fn gather(place: &str, schema: &Value, wanted: usize) -> Result<Payload, String> {
    let labeler = Labeler::new(schema)?;
    let mut random = Random::new(place);
    let mut gathered = Gathered {
        labeler,
        seen: BTreeSet::new(),
        valid: Vec::new(),
        broken: Vec::new(),
        disputed: Vec::new(),
    };
    for _ in 0..wanted * ATTEMPTS {
        if gathered.valid.len() >= wanted {
            break;
        }
        gathered.add(sample(schema, &mut random));
    }
    let whole = gathered.valid.clone();
    for _ in 0..wanted * ATTEMPTS {
        if gathered.broken.len() >= wanted || whole.is_empty() {
            break;
        }
        gathered.add(break_in_one_place(random.pick(&whole), &mut random));
    }
    // A value that a change did not break is one more that is valid.
    gathered.valid.truncate(wanted.max(whole.len()));
    let samples = |values: Vec<Json>, is_valid| {
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
    })
}

struct Gathered {
    labeler: Labeler,
    seen: BTreeSet<String>,
    valid: Vec<Json>,
    broken: Vec<Json>,
    disputed: Vec<(Json, Label)>,
}

impl Gathered {
    fn add(&mut self, value: Json) {
        let text = value.to_string();
        let Ok(parsed) = serde_json::from_str(&text) else {
            return;
        };
        if !self.seen.insert(text) {
            return;
        }
        match self.labeler.label(&parsed) {
            Label::Valid => self.valid.push(value),
            Label::Broken => self.broken.push(value),
            disputed => self.disputed.push((value, disputed)),
        }
    }
}
