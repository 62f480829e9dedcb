//! Markdown as formatted text.
//!
//! Elements without a style in Telegram become text: bullets, numbers, the URL of a link that Telegram does not open.
//! HTML stays unchanged.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::{Entity, RichText, Style, utf16_len};

impl RichText {
    /// Parses Markdown. A text without visible content stays unchanged.
    pub(crate) fn from_markdown(markdown: &str) -> Self {
        let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES;
        let mut builder = Builder::default();
        for event in Parser::new_ext(markdown, options) {
            builder.add(event);
        }
        if builder.text.text.trim().is_empty() {
            return Self::plain(markdown);
        }
        builder.text
    }
}

/// A text under construction.
#[derive(Default)]
struct Builder {
    text: RichText,
    /// The starts of the open styles. `None` for a style that Telegram does not have.
    open: Vec<(usize, Option<Style>)>,
    /// The next number of each open list. `None` for bullets.
    lists: Vec<Option<u64>>,
    /// The URLs to write after their links.
    addresses: Vec<Option<String>>,
    /// A marker was written, and its content follows on the same line.
    after_marker: bool,
    is_first_cell: bool,
}

impl Builder {
    fn add(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Code(code) => {
                self.begin(Some(Style::Code));
                self.push(&code);
                self.finish();
            }
            Event::SoftBreak | Event::HardBreak => {
                let indent = self.indent();
                self.push(&format!("\n{indent}"));
            }
            Event::Rule => {
                self.separate();
                self.push("———");
            }
            Event::Text(text)
            | Event::Html(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::FootnoteReference(text) => self.push(&text),
            Event::TaskListMarker(is_done) => self.push(if is_done { "☑ " } else { "☐ " }),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.separate(),
            Tag::Heading { .. } => {
                self.separate();
                self.begin(Some(Style::Bold));
            }
            Tag::BlockQuote(_) => {
                self.separate();
                // Telegram has no quotation within a quotation.
                let is_nested = self
                    .open
                    .iter()
                    .any(|(_, style)| *style == Some(Style::Blockquote));
                self.begin((!is_nested).then_some(Style::Blockquote));
                self.after_marker = true;
            }
            Tag::CodeBlock(kind) => {
                self.separate();
                self.begin(Some(Style::Pre {
                    language: language(&kind),
                }));
            }
            Tag::List(first) => self.lists.push(first),
            Tag::Item => self.mark(),
            Tag::Emphasis => self.begin(Some(Style::Italic)),
            Tag::Strong | Tag::TableHead => {
                if tag == Tag::TableHead {
                    self.separate();
                    self.is_first_cell = true;
                }
                self.begin(Some(Style::Bold));
            }
            Tag::Strikethrough => self.begin(Some(Style::Strikethrough)),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => self.link(&dest_url),
            Tag::TableRow => {
                self.push("\n");
                self.is_first_cell = true;
            }
            Tag::TableCell => self.separate_cell(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::CodeBlock | TagEnd::HtmlBlock => {
                let length = self.text.text.trim_end_matches('\n').len();
                self.text.text.truncate(length);
                if tag == TagEnd::CodeBlock {
                    self.finish();
                }
            }
            TagEnd::Link | TagEnd::Image => self.end_link(),
            TagEnd::Item => self.after_marker = false,
            TagEnd::BlockQuote(_) => {
                self.after_marker = false;
                self.finish();
            }
            TagEnd::Heading(_)
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::TableHead
            | TagEnd::Strikethrough => self.finish(),
            _ => {}
        }
    }

    /// Begins a block: after an empty line, or on the next line in a list.
    fn separate(&mut self) {
        if std::mem::take(&mut self.after_marker) || self.text.text.is_empty() {
            return;
        }
        if self.lists.is_empty() {
            self.push("\n\n");
        } else {
            let indent = self.indent();
            self.push(&format!("\n{indent}"));
        }
    }

    fn separate_cell(&mut self) {
        if !std::mem::take(&mut self.is_first_cell) {
            self.push(" | ");
        }
    }

    /// Writes the marker of an item of the innermost list.
    fn mark(&mut self) {
        let marker = match self.lists.last_mut() {
            Some(Some(number)) => {
                let marker = format!("{number}. ");
                *number += 1;
                marker
            }
            _ => "• ".to_owned(),
        };
        let depth = self.lists.len().saturating_sub(1);
        let is_first = self.text.text.is_empty() || std::mem::take(&mut self.after_marker);
        let line = if is_first { "" } else { "\n" };
        self.push(&format!("{line}{}{marker}", "  ".repeat(depth)));
        self.after_marker = true;
    }

    fn indent(&self) -> String {
        "  ".repeat(self.lists.len())
    }

    fn link(&mut self, url: &str) {
        let opens = ["http://", "https://", "tg://"];
        let can_open = opens.iter().any(|scheme| url.starts_with(scheme));
        let url = url.to_owned();
        self.begin(can_open.then(|| Style::TextLink { url: url.clone() }));
        self.addresses.push((!can_open).then_some(url));
    }

    fn end_link(&mut self) {
        let begin = self.open.last().map_or(0, |(begin, _)| *begin);
        let is_empty = utf16_len(&self.text.text) == begin;
        let style = self.open.last().and_then(|(_, style)| style.clone());
        if let (true, Some(Style::TextLink { url })) = (is_empty, style) {
            self.push(&url);
        }
        self.finish();
        if let Some(Some(address)) = self.addresses.pop() {
            let address = address.trim_start_matches("mailto:");
            if !self.text.text.ends_with(address) {
                self.push(&format!(" ({address})"));
            }
        }
    }

    fn push(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.after_marker = false;
        }
        self.text.text.push_str(text);
    }

    fn begin(&mut self, style: Option<Style>) {
        self.open.push((utf16_len(&self.text.text), style));
    }

    fn finish(&mut self) {
        let Some((offset, Some(style))) = self.open.pop() else {
            return;
        };
        let length = utf16_len(&self.text.text).saturating_sub(offset);
        if length > 0 {
            self.text.entities.push(Entity {
                style,
                offset,
                length,
            });
        }
    }
}

fn language(kind: &CodeBlockKind<'_>) -> Option<String> {
    match kind {
        CodeBlockKind::Fenced(info) => info.split_whitespace().next().map(str::to_owned),
        CodeBlockKind::Indented => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with each style as a tag around its part.
    fn shown(markdown: &str) -> String {
        let RichText { text, entities } = RichText::from_markdown(markdown);
        let units: Vec<u16> = text.encode_utf16().collect();
        let mut shown = String::new();
        for place in 0..=units.len() {
            let end = |entity: &&Entity| entity.offset + entity.length == place;
            entities.iter().filter(end).for_each(|_| shown.push('⟩'));
            let begin = |entity: &&Entity| entity.offset == place;
            for entity in entities.iter().rev().filter(begin) {
                let name = serde_json::to_value(&entity.style).unwrap();
                let detail = name.get("url").or(name.get("language"));
                let detail = detail.and_then(|detail| detail.as_str());
                let name = name["type"].as_str();
                shown.extend(["⟨", name.unwrap()]);
                shown.extend(detail.map(|detail| format!("={detail}")));
                shown.push(':');
            }
            let character = char::decode_utf16(units.get(place).copied());
            shown.extend(character.map(|unit| unit.unwrap_or('?')));
        }
        shown
    }

    #[test]
    fn styles_become_entities() {
        assert_eq!(
            shown("a **b *c* d** ~~e~~ `f`"),
            "a ⟨bold:b ⟨italic:c⟩ d⟩ ⟨strikethrough:e⟩ ⟨code:f⟩"
        );
        assert_eq!(shown("# Title\nbody"), "⟨bold:Title⟩\n\nbody");
        assert_eq!(
            shown("```rust\nlet a = 1;\n```\nafter"),
            "⟨pre=rust:let a = 1;⟩\n\nafter"
        );
        assert_eq!(shown("> a\n> > b\n\nc"), "⟨blockquote:a\n\nb⟩\n\nc");
    }

    #[test]
    fn offsets_are_counted_as_telegram_counts() {
        let text = RichText::from_markdown("😀 **é😀**");
        assert_eq!((text.entities[0].offset, text.entities[0].length), (3, 3));
    }

    #[test]
    fn text_that_only_looks_like_markup_is_unchanged() {
        for text in [
            "snake_case_name",
            "2 * 3 * 4 < 5 & 6",
            "a <b>c</b> d",
            "<i>\nblock\n</i>",
            "a.b!(c)-{d}=e#f|g",
            "one\ntwo",
        ] {
            assert_eq!(RichText::from_markdown(text), RichText::plain(text));
        }
        assert_eq!(shown(r"\*not italic\*"), "*not italic*");
    }

    #[test]
    fn lists_keep_their_markers() {
        assert_eq!(
            shown("To do:\n- a\n- b\n  1. c\n  2. **d**\n\nEnd"),
            "To do:\n• a\n• b\n  1. c\n  2. ⟨bold:d⟩\n\nEnd"
        );
        assert_eq!(shown("7. a\n8. b"), "7. a\n8. b");
    }

    #[test]
    fn links_that_telegram_cannot_open_are_written_out() {
        assert_eq!(shown("[a](https://b.test)"), "⟨text_link=https://b.test:a⟩");
        assert_eq!(shown("[a](/b)"), "a (/b)");
        assert_eq!(shown("<mailto:a@b.test>"), "mailto:a@b.test");
        assert_eq!(
            shown("![](https://b.test/c.png)"),
            "⟨text_link=https://b.test/c.png:https://b.test/c.png⟩"
        );
    }

    #[test]
    fn tables_are_lines_of_cells() {
        assert_eq!(
            shown("| a | b |\n|---|---|\n| 1 | 2 |"),
            "⟨bold:a | b⟩\n1 | 2"
        );
    }

    #[test]
    fn a_text_of_which_nothing_would_be_shown_stays() {
        for text in ["[a]: https://b.test", "-", "  ", "```\n```"] {
            let shown = RichText::from_markdown(text);
            assert!(!shown.text.is_empty(), "{text:?}: {shown:?}");
        }
    }
}
