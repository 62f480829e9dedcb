//! A text of a definition, as Markdown that shows it. Not for authors: it changes with the command.
//!
//! An author's text is plain text with a little Markdown in it. Rustdoc reads all of Markdown, runs code blocks, and
//! warns about HTML and links. So a text gets a form in which it can only be what is allowed here:
//!
//! | in the text | in the docs |
//! |---|---|
//! | fenced code, of any language | a block of ```` ```text ````, which is not run |
//! | code between backticks that match on their line | the same |
//! | an address, a link to one | a link, its address in `<` and `>` |
//! | `-`, `+` and `1.` before an item, `_` around emphasis | the same |
//! | all other characters that mean something to Markdown | themselves, escaped |
//!
//! It holds by construction. No line outside of a fence is indented, so none is indented code. No backtick outside of
//! a matched pair, `<`, `[`, `|`, and no sign of a block at the start of a line or of an item is left without a
//! backslash, so that no fence, HTML, reference, or table can begin.

use crate::characters::{ends_line, is_hidden, visible};

use super::fence;
use super::runs::longest_run;

/// A text of several lines; none, if there is nothing to be seen.
#[must_use]
pub fn lines(text: &str) -> Vec<String> {
    let text = clean(text);
    let raw: Vec<&str> = match text.trim() {
        "" => Vec::new(),
        text => text.split('\n').collect(),
    };
    let mut lines = Vec::new();
    let mut rest = raw.as_slice();
    while let Some((first, others)) = rest.split_first() {
        if let Some((block, after)) = fence::split(rest) {
            lines.extend(block);
            rest = after;
        } else {
            lines.push(escape_line(first));
            rest = others;
        }
    }
    lines
}

/// A text on one line, whatever it holds.
#[must_use]
pub fn line(text: &str) -> String {
    let text = clean(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    escape_line(&words.join(" "))
}

/// A name of a definition, as code.
#[must_use]
pub fn code(name: &str) -> String {
    let name = match name {
        "" => "\"\"".into(),
        name => visible(name),
    };
    let fence = "`".repeat(longest_run(&name, '`') + 1);
    // Markdown takes one space away at both ends, unless there is nothing else.
    let is_stripped = name.starts_with(' ') && name.ends_with(' ') && name.trim() != "";
    let pad = if name.starts_with('`') || name.ends_with('`') || is_stripped {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{name}{pad}{fence}")
}

/// A text whose lines end in `\n`, without a character that does not show.
#[must_use]
pub fn clean(text: &str) -> String {
    let replace = |character| match character {
        '\u{feff}' => None,
        '\t' => Some('\t'),
        _ if ends_line(character) => Some('\n'),
        _ if is_hidden(character) => Some(char::REPLACEMENT_CHARACTER),
        _ => Some(character),
    };
    text.replace("\r\n", "\n")
        .chars()
        .filter_map(replace)
        .collect()
}

/// Escapes a line, after the signs of the items of lists that it starts with.
fn escape_line(line: &str) -> String {
    let line = line.replace('\t', " ");
    let mut escaped = String::with_capacity(line.len());
    let mut rest = line.trim();
    while let Some((marker, item)) = split_item(rest) {
        escaped.push_str(marker);
        // More spaces than one would make code of the item.
        if !item.is_empty() {
            escaped.push(' ');
        }
        rest = item;
    }
    if rest.starts_with(['#', '~', '=']) || is_underline(rest) {
        escaped.push('\\');
    }
    escaped.push_str(&escape(rest));
    escaped
}

/// Whether a line would make a heading of the one above it, or draw a rule.
fn is_underline(line: &str) -> bool {
    !line.is_empty() && line.chars().all(|sign| sign == '-' || sign == '_')
}

/// The sign of an item of a list at the start of a line, and the item.
fn split_item(line: &str) -> Option<(&str, &str)> {
    let digits = line
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(line.len());
    let signs: &[char] = if digits == 0 {
        &['-', '+']
    } else {
        &['.', ')']
    };
    let item = line[digits..].strip_prefix(signs)?;
    let marker = &line[..=digits];
    (item.is_empty() || item.starts_with(' ')).then(|| (marker, item.trim_start()))
}

/// Escapes what stands in a line. The functions for what begins with a sign give what is shown, and the bytes it takes.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let (shown, length) = match character {
            '`' => Some(backticks(rest)),
            'h' => address(rest),
            '[' => link(rest),
            '!' if rest.starts_with("![") => None,
            '<' | '>' | ']' | '*' | '\\' | '|' => None,
            _ => Some((character.to_string(), character.len_utf8())),
        }
        .unwrap_or_else(|| (escaped_character(character), character.len_utf8()));
        escaped.push_str(&shown);
        rest = &rest[length..];
    }
    escaped
}

/// A letter stays itself; a sign gets a backslash.
fn escaped_character(character: char) -> String {
    if character.is_ascii_punctuation() {
        format!("\\{character}")
    } else {
        character.to_string()
    }
}

/// Code from backticks to the next that are as many, as it is; backticks that match none, escaped.
fn backticks(text: &str) -> (String, usize) {
    let run = leading_run(text);
    let mut at = run;
    while let Some(start) = text[at..].find('`') {
        at += start;
        let other = leading_run(&text[at..]);
        at += other;
        if other == run {
            return (text[..at].to_owned(), at);
        }
    }
    ("\\`".repeat(run), run)
}

fn leading_run(text: &str) -> usize {
    text.len() - text.trim_start_matches('`').len()
}

/// An address, which rustdoc wants in angle brackets.
fn address(text: &str) -> Option<(String, usize)> {
    let address = leading_address(text)?;
    Some((format!("<{address}>"), address.len()))
}

/// A link to an address. Its text may not hold another link.
fn link(text: &str) -> Option<(String, usize)> {
    let (label, target) = text.strip_prefix('[')?.split_once("](")?;
    let address = leading_address(target)?;
    let is_plain =
        !label.trim().is_empty() && !label.contains(['[', ']', '`']) && !label.contains("://");
    let is_whole = target[address.len()..].starts_with(')');
    let length = label.len() + address.len() + "[]()".len();
    (is_plain && is_whole).then(|| (format!("[{}](<{address}>)", escape(label)), length))
}

/// The address that a text starts with.
fn leading_address(text: &str) -> Option<&str> {
    if !(text.starts_with("https://") || text.starts_with("http://")) {
        return None;
    }
    let end = text
        .find(|c: char| c.is_whitespace() || is_hidden(c) || "<>\"'`()[]{}|\\*,;".contains(c))
        .unwrap_or(text.len());
    let address = text[..end].trim_end_matches(['.', ':', '!', '?']);
    let host = address.split_once("://").map_or("", |(_, host)| host);
    // Rustdoc takes more for an address than can be one: `https://-a.example`.
    let is_host = |first: char| first.is_alphanumeric() || "-@:%._+~#=".contains(first);
    host.starts_with(is_host).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::{code, line, lines};

    #[test]
    fn fenced_code_of_any_language_is_shown_as_text() {
        let shown = ["```text", "panic!()", "```"];
        for fence in [
            "```",
            "````rust",
            "~~~",
            "  ~~~~~ should_panic",
            "```no_run,ignore",
        ] {
            let sign = fence.trim_end_matches(|sign| sign != '`' && sign != '~');
            let text = format!("{fence}\n    panic!()\n{sign}");
            assert_eq!(lines(&text), shown, "{text}");
        }
        assert_eq!(
            lines("a\n~~~\nif a {\n\t```\n}\n~~~\nb"),
            ["a", "````text", "if a {", "    ```", "}", "````", "b"]
        );
    }

    #[test]
    fn a_fence_that_nothing_closes_is_no_fence() {
        assert_eq!(
            lines("````rust\nf()\n```"),
            ["\\`\\`\\`\\`rust", "f()", "\\`\\`\\`"]
        );
        assert_eq!(lines("- ~~~\nf()"), ["- \\~~~", "f()"]);
    }

    #[test]
    fn an_item_of_a_list_holds_no_code_but_stays_an_item() {
        assert_eq!(
            lines("- a\n-     f()\n+\tb\n1.      f()\n12) -    ~~~\n- # c\n-d\n1.5"),
            [
                "- a",
                "- f()",
                "+ b",
                "1. f()",
                "12) - \\~~~",
                "- \\# c",
                "-d",
                "1.5"
            ]
        );
    }

    #[test]
    fn a_line_of_signs_is_neither_an_underline_nor_a_rule() {
        assert_eq!(lines("a\n---\n___\n=="), ["a", "\\---", "\\___", "\\=="]);
        assert_eq!(lines("--flag\n_a_"), ["--flag", "_a_"]);
    }

    #[test]
    fn only_backticks_that_match_on_their_line_hold_code() {
        assert_eq!(line("``a`[b]`` and `c"), "``a`[b]`` and \\`c");
        assert_eq!(line("``a` [b] ``` c"), "\\`\\`a\\` \\[b\\] \\`\\`\\` c");
        assert_eq!(lines("`a\n[b]`"), ["\\`a", "\\[b\\]\\`"]);
    }

    #[test]
    fn links_lead_to_addresses_alone() {
        assert_eq!(
            line("[a *b*](https://a.example/c)."),
            "[a \\*b\\*](<https://a.example/c>)."
        );
        assert_eq!(line("![a](http://a.example)"), "\\![a](<http://a.example>)");
        assert_eq!(
            line("[a](b) [c][d] [e]: f"),
            "\\[a\\](b) \\[c\\]\\[d\\] \\[e\\]: f"
        );
        assert_eq!(line("[a](javascript:b)"), "\\[a\\](javascript:b)");
        assert_eq!(line("http://-a.example,"), "<http://-a.example>,");
        assert_eq!(line("https:// and https://..."), "https:// and https://...");
    }

    #[test]
    fn every_end_of_a_line_is_one_and_other_controls_are_seen() {
        assert_eq!(
            lines("a\r\nb\rc\u{85}d\u{2028}e\u{b}f"),
            ["a", "b", "c", "d", "e", "f"]
        );
        assert_eq!(line("\u{feff}a\rb\u{1b}\u{202e}c"), "a b\u{fffd}\u{fffd}c");
        assert_eq!(lines("\u{feff} \r\n"), Vec::<String>::new());
    }

    #[test]
    fn a_name_is_code_whatever_it_holds() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code(""), "`\"\"`");
        assert_eq!(code("a`b``c"), "```a`b``c```");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code(" a "), "`  a  `");
        assert_eq!(code("a\n```\nb"), "````a\\n```\\nb````");
    }
}
