//! The measurement: additions to a definition, and what they change.

use std::path::Path;
use std::{fs, io};

use serde_json::Value;

use super::additions::add;
use super::compare::lost;
use super::items::{Items, items};
use super::schemas::Material;
use crate::generate::{Fate, generate, generator};
use contexture_compare::sample::Random;

/// How many additions are made before the code is generated again.
const TOGETHER: usize = 20;

/// The result for one definition.
#[derive(Clone, Debug, Default)]
pub struct Measured {
    /// The public names of before.
    pub names: usize,
    /// The additions that were made.
    pub additions: usize,
    /// The differences, each with the addition that makes it.
    pub differences: Vec<String>,
}

/// Makes additions to a definition in a folder, some at a time, and compares the generated code.
///
/// # Errors
///
/// Returns an error if a file cannot be written, or the definition itself is refused.
pub fn measure(
    folder: &Path,
    name: &str,
    definition: &Value,
    additions: usize,
) -> io::Result<Measured> {
    let path = folder.join(format!("{name}.json"));
    let before = generated(&path, definition)?.map_err(io::Error::other)?;
    let names = before.values().map(|shown| 1 + shown.members.len());
    let mut measured = Measured {
        names: names.sum(),
        ..Measured::default()
    };
    let material = Material::of(definition);
    let mut random = Random::new(name);
    while measured.additions < additions {
        let seed = random.clone();
        let count = TOGETHER.min(additions - measured.additions);
        let (changed, added) = draw(definition, &material, &mut random, count);
        measured.additions += count;
        if !differences(&path, &before, &changed)?.is_empty() {
            let found = first_culprit(&path, definition, &before, &material, &seed, added.len())?;
            measured.differences.push(found);
        }
    }
    Ok(measured)
}

/// A definition with additions, and what they are.
fn draw(
    definition: &Value,
    material: &Material,
    random: &mut Random,
    count: usize,
) -> (Value, Vec<String>) {
    let mut changed = definition.clone();
    let mut added = Vec::new();
    while added.len() < count {
        added.extend(add(&mut changed, material, random));
    }
    (changed, added)
}

/// Makes the same additions one by one, up to the first that makes a difference.
fn first_culprit(
    path: &Path,
    definition: &Value,
    before: &Items,
    material: &Material,
    seed: &Random,
    count: usize,
) -> io::Result<String> {
    let mut found = Vec::new();
    for count in 1..=count {
        let (changed, added) = draw(definition, material, &mut seed.clone(), count);
        found = differences(path, before, &changed)?;
        if !found.is_empty() {
            let last = added.last().cloned().unwrap_or_default();
            return Ok(format!("{last}: {}", found.join("; ")));
        }
    }
    Ok(found.join("; "))
}

fn differences(path: &Path, before: &Items, changed: &Value) -> io::Result<Vec<String>> {
    Ok(match generated(path, changed)? {
        Ok(after) => lost(before, &after),
        Err(refused) => vec![refused],
    })
}

fn generated(path: &Path, definition: &Value) -> io::Result<Result<Items, String>> {
    fs::write(path, definition.to_string())?;
    Ok(match generate(&generator(path, None)) {
        Fate::Generated(code) => items(&code).map_err(|error| error.to_string()),
        Fate::Refused { code, message } => Err(format!("refused: {code} {message}")),
        Fate::Panicked(message) => Err(format!("panicked: {message}")),
    })
}
