//! Places in a text.

/// The byte offset of a line and a column. Both count from 1, the column in characters.
pub(super) fn offset(text: &str, line: usize, column: usize) -> usize {
    let line_start = line_start(text, line);
    let rest = text[line_start..].split('\n').next().unwrap_or_default();
    let within = rest
        .char_indices()
        .nth(column.saturating_sub(1))
        .map_or(rest.len(), |(byte, _)| byte);
    line_start + within
}

/// The same for a column in bytes.
pub(super) fn offset_in_bytes(text: &str, line: usize, column: usize) -> usize {
    let place = line_start(text, line) + column.saturating_sub(1);
    text.floor_char_boundary(place)
}

fn line_start(text: &str, line: usize) -> usize {
    let lines = text.split_inclusive('\n').take(line.saturating_sub(1));
    lines.map(str::len).sum::<usize>().min(text.len())
}
