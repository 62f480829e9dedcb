//! Runs of one character.

/// How often a character stands in a row at most.
pub(super) fn longest_run(text: &str, of: char) -> usize {
    text.split(|character| character != of)
        .map(str::len)
        .max()
        .unwrap_or_default()
}
