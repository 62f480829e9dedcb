//! The JSON in a text.

use std::ops::Range;

use contexture_compare::sample::Random;
use serde_json::Value;

use super::tree::mutate;

/// Changes the JSON in a text in a few places: the whole text, a line, the value of a header, or a body.
///
/// Returns `None` if the text has no JSON or becomes too long.
#[must_use]
pub fn mutate_json(text: &[u8], longest: usize, seed: u32) -> Option<Vec<u8>> {
    let mut random = Random::new(&seed.to_string());
    let parts = json_parts(text);
    let (range, mut value) = parts.get(random.below(parts.len()))?.clone();
    for _ in 0..=random.below(4) {
        mutate(&mut value, &mut random);
    }
    let changed = value.to_string().into_bytes();
    let text = [&text[..range.start], &changed, &text[range.end..]].concat();
    (text.len() <= longest).then_some(text)
}

/// The parts of a text that are JSON.
fn json_parts(text: &[u8]) -> Vec<(Range<usize>, Value)> {
    let ends = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    let ends = ends.map(|(end, _)| end).chain([text.len()]);
    let mut ranges = Vec::new();
    let mut start = 0;
    for end in ends {
        ranges.extend([start..end, start..text.len()]);
        let name = text[start..end].iter().position(|byte| *byte == b':');
        ranges.extend(name.map(|name| start + name + 1..end));
        start = end + 1;
    }
    let whole = std::iter::once(0..text.len());
    let parts = whole.chain(ranges).filter_map(|range| {
        let value: Value = serde_json::from_slice(text.get(range.clone())?).ok()?;
        Some((range, value))
    });
    parts.collect()
}
