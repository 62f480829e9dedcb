//! Mutations of bytes.

use contexture_compare::sample::Random;

/// Replaces, removes, inserts or repeats bytes in a few places.
#[must_use]
pub fn mutate_bytes(bytes: &[u8], longest: usize, random: &mut Random) -> Vec<u8> {
    let mut changed = bytes.to_vec();
    for _ in 0..=random.below(4) {
        let start = random.below(changed.len() + 1);
        let rest = changed.len() - start;
        let end = start + random.below(rest.min(8) + 1);
        let new: Vec<u8> = match random.below(4) {
            0 => Vec::new(),
            1 => changed[start..end].repeat(2),
            2 => vec![any_byte(random)],
            _ => (start..end).map(|_| any_byte(random)).collect(),
        };
        changed.splice(start..end, new);
    }
    changed.truncate(longest);
    changed
}

fn any_byte(random: &mut Random) -> u8 {
    u8::try_from(random.below(256)).unwrap_or_default()
}
