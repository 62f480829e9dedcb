//! Fenced code of a text, which is shown and never run.

use super::runs::longest_run;

/// Takes fenced code from the start of some lines: as a block that rustdoc shows as text, and the lines after it.
///
/// A fence that nothing closes is none: it would take all that follows for code.
pub(super) fn split<'a, 'b>(lines: &'b [&'a str]) -> Option<(Vec<String>, &'b [&'a str])> {
    let (first, others) = lines.split_first()?;
    let (sign, length) = opening(first)?;
    let end = others
        .iter()
        .position(|line| is_closing(line, sign, length))?;
    let (code, rest) = others.split_at(end);
    Some((block(code), &rest[1..]))
}

/// The sign and the length of an opening fence.
fn opening(line: &str) -> Option<(char, usize)> {
    let line = line.trim();
    let sign = line.chars().next().filter(|sign| "`~".contains(*sign))?;
    let language = line.trim_start_matches(sign);
    let length = line.len() - language.len();
    // Backticks after backticks are code within a line.
    let is_fence = length >= 3 && !(sign == '`' && language.contains('`'));
    is_fence.then_some((sign, length))
}

fn is_closing(line: &str, sign: char, length: usize) -> bool {
    let line = line.trim();
    line.len() >= length && line.trim_start_matches(sign).is_empty()
}

/// The code in a fence that is longer than any within it, indented no more than it has to be.
fn block(code: &[&str]) -> Vec<String> {
    let code: Vec<String> = code
        .iter()
        .map(|line| line.replace('\t', "    ").trim_end().to_owned())
        .collect();
    let indents = code.iter().filter(|line| !line.is_empty());
    let indent = indents
        .map(|line| line.len() - line.trim_start_matches(' ').len())
        .min()
        .unwrap_or_default();
    let longest = code.iter().map(|line| longest_run(line, '`')).max();
    let fence = "`".repeat(longest.unwrap_or_default().max(2) + 1);
    let mut block = vec![format!("{fence}text")];
    block.extend(
        code.iter()
            .map(|line| line.get(indent..).unwrap_or_default().to_owned()),
    );
    block.push(fence);
    block
}
