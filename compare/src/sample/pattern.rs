//! Strings that match a regular expression.

use regex_syntax::hir::{Class, Hir, HirKind};

use super::Random;

/// A string that most likely matches a pattern. Lookaround is ignored.
pub(super) fn text(pattern: &str, random: &mut Random) -> String {
    let mut text = String::new();
    if let Ok(parsed) = regex_syntax::parse(&without_lookaround(pattern)) {
        write(&parsed, random, &mut text);
    }
    text
}

/// Removes lookahead and lookbehind groups.
fn without_lookaround(pattern: &str) -> String {
    let mut rest = pattern.to_owned();
    while let Some(start) = ["(?!", "(?=", "(?<!", "(?<="]
        .iter()
        .find_map(|open| rest.find(open))
    {
        let end = start + group_end(&rest[start..]);
        rest.replace_range(start..end, "");
    }
    rest
}

/// The end of the group at the start of a text.
pub(super) fn group_end(text: &str) -> usize {
    let mut depth = 0;
    let mut is_escaped = false;
    for (index, character) in text.char_indices() {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return index + character.len_utf8();
        }
    }
    text.len()
}

fn write(hir: &Hir, random: &mut Random, text: &mut String) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(class) => text.extend(character(class, random)),
        HirKind::Repetition(repetition) => {
            let least = repetition.min;
            let most = repetition.max.unwrap_or(least + 6).min(least + 6);
            let spread = usize::try_from(most - least).unwrap_or_default();
            let times = usize::try_from(least).unwrap_or_default() + random.below(spread + 1);
            for _ in 0..times {
                write(&repetition.sub, random, text);
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, random, text),
        HirKind::Concat(parts) => parts.iter().for_each(|part| write(part, random, text)),
        HirKind::Alternation(parts) => write(&parts[random.below(parts.len())], random, text),
    }
}

fn character(class: &Class, random: &mut Random) -> Option<char> {
    match class {
        Class::Unicode(class) if !class.ranges().is_empty() => {
            let range = random.pick(class.ranges());
            let start = u32::from(range.start());
            let width = (u32::from(range.end()) - start).min(25);
            let offset = random.below(usize::try_from(width).unwrap_or_default() + 1);
            char::from_u32(start + u32::try_from(offset).unwrap_or_default())
        }
        Class::Bytes(class) => class
            .ranges()
            .first()
            .map(|range| char::from(range.start())),
        Class::Unicode(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lookaround_is_removed() {
        assert_eq!(without_lookaround(r"^(?!\.)(?!.*(a|\)))b(?=c)$"), "^b$");
    }
}
