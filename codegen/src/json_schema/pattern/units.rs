//! UTF-16: the two halves of a character beyond U+FFFF.

/// The first halves of surrogate pairs.
pub(super) const LEADS: (u32, u32) = (0xD800, 0xDBFF);
/// The second halves.
pub(super) const TRAILS: (u32, u32) = (0xDC00, 0xDFFF);

/// Whether a range is inside another one.
pub(super) fn is_within(range: (u32, u32), whole: (u32, u32)) -> bool {
    whole.0 <= range.0 && range.1 <= whole.1
}

/// The character of two halves.
pub(super) fn pair(lead: u32, trail: u32) -> u32 {
    0x1_0000 + ((lead - LEADS.0) << 10) + (trail - TRAILS.0)
}

/// The characters of pairs of halves, as few ranges as possible.
pub(super) fn pairs(leads: &[(u32, u32)], trails: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let mut found: Vec<(u32, u32)> = Vec::new();
    for lead in leads.iter().flat_map(|(first, last)| *first..=*last) {
        for (first, last) in trails {
            let (first, last) = (pair(lead, *first), pair(lead, *last));
            match found.last_mut() {
                Some(before) if before.1 + 1 == first => before.1 = last,
                _ => found.push((first, last)),
            }
        }
    }
    found
}

/// The characters of a range, without the halves of pairs, which are none.
pub(super) fn without_halves(range: (u32, u32)) -> Vec<(u32, u32)> {
    let below = (range.0, range.1.min(LEADS.0 - 1));
    let above = (range.0.max(TRAILS.1 + 1), range.1);
    let both = [below, above].into_iter();
    let mut kept: Vec<_> = both.filter(|(first, last)| first <= last).collect();
    kept.dedup();
    kept
}

/// Whether a code point is half of a pair.
pub(super) fn is_half(code: u32) -> bool {
    is_within((code, code), (LEADS.0, TRAILS.1))
}

/// A character as both languages read it, in a class or outside.
pub(super) fn literal(code: u32) -> String {
    match char::from_u32(code).filter(char::is_ascii_alphanumeric) {
        Some(character) => character.to_string(),
        None if code <= 0xFFFF => format!("\\u{code:04X}"),
        None => format!("\\u{{{code:X}}}"),
    }
}
