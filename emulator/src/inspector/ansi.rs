//! The colours of a terminal as markup.

use maud::{Markup, html};

/// The style of a text.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Style {
    is_bold: bool,
    color: Option<&'static str>,
}

const COLORS: [&str; 8] = [
    "soft", "red", "green", "yellow", "blue", "magenta", "cyan", "plain",
];

/// Renders a text with escape sequences. Those of colours become classes, others are left out.
pub(super) fn render(text: &str) -> Markup {
    let mut style = Style::default();
    let mut pieces: Vec<(Style, &str)> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('\u{1b}') {
        pieces.push((style, &rest[..at]));
        let (codes, behind) = sequence(&rest[at + 1..]);
        if let Some(codes) = codes {
            style = style.changed(codes);
        }
        rest = behind;
    }
    pieces.push((style, rest));
    let pieces = pieces.into_iter().filter(|(_, text)| !text.is_empty());
    html! {
        @for (style, text) in pieces {
            @match style.class() {
                Some(class) => span class=(class) { (text) },
                None => (text),
            }
        }
    }
}

/// Splits a sequence off behind its escape character. Returns the codes of a style.
fn sequence(text: &str) -> (Option<&str>, &str) {
    // A link (OSC 8) ends with BEL or ESC \.
    if let Some(link) = text.strip_prefix(']') {
        let end = link.find(['\u{7}', '\u{1b}']).unwrap_or(link.len());
        let behind = link.get(end..).unwrap_or_default();
        let behind = behind.strip_prefix('\u{7}').unwrap_or(behind);
        return (None, behind.strip_prefix("\u{1b}\\").unwrap_or(behind));
    }
    let Some(codes) = text.strip_prefix('[') else {
        return (None, text);
    };
    let Some(end) = codes.find(|character: char| character.is_ascii_alphabetic()) else {
        return (None, "");
    };
    let (codes, behind) = codes.split_at(end);
    let is_style = behind.starts_with('m');
    (
        is_style.then_some(codes),
        behind.get(1..).unwrap_or_default(),
    )
}

impl Style {
    fn changed(mut self, codes: &str) -> Self {
        let mut codes = codes
            .split(';')
            .map(|code| code.parse::<usize>().unwrap_or(0));
        while let Some(code) = codes.next() {
            match code {
                0 => self = Self::default(),
                1 => self.is_bold = true,
                22 => self.is_bold = false,
                30..38 => self.color = COLORS.get(code - 30).copied(),
                90..98 => self.color = COLORS.get(code - 90).copied(),
                // 38;5;N has one of 256 colours, of which the first sixteen have names. 38;2;R;G;B has none.
                38 => {
                    self.color = match codes.next() {
                        Some(5) => codes
                            .next()
                            .and_then(|code| COLORS.get(code % 8).copied().filter(|_| code < 16)),
                        Some(2) => codes.by_ref().take(3).last().and(None),
                        _ => None,
                    }
                }
                39 => self.color = None,
                _ => {}
            }
        }
        self
    }

    fn class(self) -> Option<String> {
        let bold = self.is_bold.then_some("bold");
        let classes: Vec<_> = bold.into_iter().chain(self.color).collect();
        (!classes.is_empty()).then(|| classes.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        render(text).into_string()
    }

    #[test]
    fn colours_become_classes() {
        assert_eq!(
            shown("a\u{1b}[1m\u{1b}[38;5;9mb\u{1b}[0m\u{1b}[34mc\u{1b}[39md"),
            "a<span class=\"bold red\">b</span><span class=\"blue\">c</span>d"
        );
    }

    #[test]
    fn other_sequences_are_left_out_and_markup_is_escaped() {
        assert_eq!(
            shown(
                "\u{1b}]8;;file:///a\u{7}link\u{1b}]8;;\u{1b}\\ \u{1b}[2K<b>\u{1b}[38;2;1;2;3mx\u{1b}"
            ),
            "link &lt;b&gt;x"
        );
    }
}
