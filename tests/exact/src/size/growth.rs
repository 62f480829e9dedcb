//! The growth of time and lines with the size of a definition.

use std::path::Path;
use std::time::{Duration, Instant};
use std::{fs, io};

use serde_json::{Value, json};

use super::lines::{Lines, count_lines};
use crate::generate::{Fate, generate, generator};

/// The measurement of a definition.
#[derive(Clone, Copy, Debug)]
pub struct Growth {
    /// The number of actions.
    pub actions: usize,
    /// The lines of its code.
    pub lines: Lines,
    /// The time to generate and format it.
    pub time: Duration,
}

/// The number of generations of each definition. The shortest time counts, since it has the least noise.
const ROUNDS: usize = 3;

impl Growth {
    /// The time for one action, in milliseconds.
    #[must_use]
    pub fn milliseconds_each(&self) -> f64 {
        let actions = u32::try_from(self.actions).unwrap_or(u32::MAX);
        self.time.as_secs_f64() * 1000.0 / f64::from(actions)
    }
}

/// Generates definitions with these numbers of actions, no two of which have a shape in common.
///
/// # Errors
///
/// Returns an error if a definition cannot be written.
pub(super) fn growth(folder: &Path, sizes: &[usize]) -> io::Result<Vec<Growth>> {
    fs::create_dir_all(folder)?;
    let mut grown = Vec::new();
    for actions in sizes {
        let path = folder.join(format!("growth-{actions}.json"));
        fs::write(&path, definition(*actions).to_string())?;
        let mut least = None;
        for _ in 0..ROUNDS {
            let start = Instant::now();
            let fate = generate(&generator(&path, None));
            let time = start.elapsed();
            let Fate::Generated(code) = fate else {
                return Err(io::Error::other(format!("{fate:?}")));
            };
            let lines = count_lines(&code);
            let one = Growth {
                actions: *actions,
                lines,
                time,
            };
            least = least
                .filter(|least: &Growth| least.time <= time)
                .or(Some(one));
        }
        grown.extend(least);
    }
    Ok(grown)
}

fn definition(actions: usize) -> Value {
    let actions: serde_json::Map<_, _> = (0..actions)
        .map(|index| (format!("do{}", word(index)), action(&word(index))))
        .collect();
    json!({ "name": "growth", "version": "0.0.0", "actions": actions })
}

/// An action with unique names, so that none of its types is merged with another.
fn action(word: &str) -> Value {
    let lower = word.to_lowercase();
    let input = json!({
        "type": "object",
        "properties": {
            format!("{lower}Id"): { "type": "string", "minLength": 1, "description": "Which one." },
            format!("{lower}Kind"): { "type": "string", "enum": [format!("{lower}-a"), format!("{lower}-b")] },
            format!("{lower}Parts"): { "type": "array", "items": {
                "type": "object",
                "properties": { format!("{lower}Name"): { "type": "string" }, "count": { "type": "integer" } },
                "required": ["count"],
                "additionalProperties": false
            } }
        },
        "required": [format!("{lower}Id")],
        "additionalProperties": false
    });
    let output = json!({
        "type": "object",
        "properties": { format!("{lower}Result"): { "anyOf": [{ "type": "number" }, { "type": "null" }] } },
        "required": [format!("{lower}Result")]
    });
    json!({ "input": { "schema": input }, "output": { "schema": output } })
}

/// A word of letters for a number: no name ends in a digit.
fn word(index: usize) -> String {
    let letters = [index / 676 % 26, index / 26 % 26, index % 26];
    let letter = |number: &usize| char::from(b'a' + u8::try_from(*number).unwrap_or_default());
    let word: String = letters.iter().map(letter).collect();
    format!("Job{word}x")
}
