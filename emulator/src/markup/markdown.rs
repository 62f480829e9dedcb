//! Markdown as markup. HTML in it stays text, and images are links.

use maud::{Markup, PreEscaped, Render as _, html};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

/// Where a text is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a message: each line is one, headings are strong text, and links open a tab of their own.
    Chat,
    /// In a page, whose headings end above this level, from 1 to 6.
    Page(u8),
}

/// Renders a text in Markdown.
#[must_use]
pub fn markdown(text: &str, place: Place) -> Markup {
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES;
    let mut writer = Writer {
        out: String::new(),
        place,
        is_head: false,
    };
    for event in Parser::new_ext(text, options) {
        writer.write(&event);
    }
    PreEscaped(writer.out)
}

struct Writer {
    out: String,
    place: Place,
    /// Whether it is in the first row of a table.
    is_head: bool,
}

impl Writer {
    fn write(&mut self, event: &Event<'_>) {
        let out = &mut self.out;
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                text.as_ref().render_to(out);
            }
            Event::Code(code) => html! { code { (code.as_ref()) } }.render_to(out),
            Event::SoftBreak if self.place != Place::Chat => out.push('\n'),
            Event::SoftBreak | Event::HardBreak => out.push_str("<br>"),
            Event::Rule => out.push_str("<hr>"),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        let element = match tag {
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => return self.link(dest_url, *link_type == LinkType::Autolink),
            Tag::Image { dest_url, .. } => return self.link(dest_url, false),
            Tag::Heading { level, .. } => return self.heading(*level, "<"),
            Tag::TableHead => {
                self.is_head = true;
                "<thead><tr>"
            }
            Tag::TableCell if self.is_head => "<th>",
            Tag::TableCell => "<td>",
            Tag::TableRow => "<tr>",
            Tag::Paragraph => "<p>",
            Tag::BlockQuote(_) => "<blockquote>",
            Tag::CodeBlock(CodeBlockKind::Indented | CodeBlockKind::Fenced(_)) => {
                "<pre tabindex=\"0\">"
            }
            Tag::List(None) => "<ul>",
            Tag::List(Some(_)) => "<ol>",
            Tag::Item => "<li>",
            Tag::Table(_) => "<table>",
            Tag::Emphasis => "<em>",
            Tag::Strong => "<strong>",
            Tag::Strikethrough => "<s>",
            _ => "",
        };
        self.out.push_str(element);
    }

    fn end(&mut self, tag: TagEnd) {
        let element = match tag {
            TagEnd::Heading(level) => return self.heading(level, "</"),
            TagEnd::TableHead => {
                self.is_head = false;
                "</tr></thead>"
            }
            TagEnd::TableCell if self.is_head => "</th>",
            TagEnd::TableCell => "</td>",
            TagEnd::TableRow => "</tr>",
            TagEnd::Link | TagEnd::Image => "</a>",
            TagEnd::Paragraph => "</p>",
            TagEnd::BlockQuote(_) => "</blockquote>",
            TagEnd::CodeBlock => "</pre>",
            TagEnd::List(false) => "</ul>",
            TagEnd::List(true) => "</ol>",
            TagEnd::Item => "</li>",
            TagEnd::Table => "</table>",
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</s>",
            _ => "",
        };
        self.out.push_str(element);
    }

    /// A link, which leads to the web, or in a page to a part of it. Another one is text. A page that is printed adds the address
    /// to a link, unless the link itself is the address.
    fn link(&mut self, target: &str, is_address: bool) {
        let is_web = target.starts_with("https://") || target.starts_with("http://");
        let is_inside = self.place != Place::Chat && target.starts_with('#');
        self.out.push_str("<a");
        if is_web && self.place == Place::Chat {
            self.out.push_str(" target=\"_blank\"");
        }
        if is_web && is_address && self.place != Place::Chat {
            self.out.push_str(" class=\"address\"");
        }
        if is_web {
            self.out.push_str(" rel=\"noreferrer noopener\"");
        }
        if is_web || is_inside {
            self.out.push_str(" href=\"");
            target.render_to(&mut self.out);
            self.out.push('"');
        }
        self.out.push('>');
    }

    fn heading(&mut self, level: HeadingLevel, bracket: &str) {
        let element = match self.place {
            Place::Chat if bracket == "<" => "<p><strong>".to_owned(),
            Place::Chat => "</strong></p>".to_owned(),
            Place::Page(above) => {
                let level = u8::try_from(level as usize).unwrap_or(6);
                format!("{bracket}h{}>", above.saturating_add(level).min(6))
            }
        };
        self.out.push_str(&element);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_markup_and_html_stays_text() {
        let text = "# A\n\n* **b** `c<d` <script>x</script>\n\n<div onclick=x>\n";
        let rest = "<ul><li><strong>b</strong> <code>c&lt;d</code> &lt;script&gt;x&lt;/script&gt;</li></ul>\
             &lt;div onclick=x&gt;\n";
        for (place, heading) in [
            (Place::Chat, "<p><strong>A</strong></p>"),
            (Place::Page(2), "<h3>A</h3>"),
        ] {
            assert_eq!(
                markdown(text, place).into_string(),
                format!("{heading}{rest}")
            );
        }
    }

    #[test]
    fn a_link_leads_to_the_web_only() {
        let text = "[a](javascript:alert(1)) [b](https://example.com/\"x) [c](#d)";
        let [chat, page] =
            [Place::Chat, Place::Page(1)].map(|place| markdown(text, place).into_string());
        for shown in [&chat, &page] {
            assert!(!shown.contains("javascript:"), "{shown}");
            assert!(
                shown.contains("href=\"https://example.com/&quot;x\""),
                "{shown}"
            );
        }
        assert!(!chat.contains("#d") && page.contains("<a href=\"#d\">"));
        assert!(chat.starts_with("<p><a>a</a>") && page.starts_with("<p><a>a</a>"));
    }

    #[test]
    fn an_address_of_a_page_is_told_from_a_link_with_a_text() {
        let text = "<https://example.com/a> [b](https://example.com/b)";
        let [chat, page] =
            [Place::Chat, Place::Page(1)].map(|place| markdown(text, place).into_string());
        assert!(!chat.contains("class="), "{chat}");
        assert!(page.starts_with("<p><a class=\"address\" rel="), "{page}");
        assert_eq!(page.matches("class=").count(), 1, "{page}");
    }

    #[test]
    fn the_first_row_of_a_table_is_its_head() {
        let shown = markdown("| a |\n|---|\n| b |\n", Place::Page(1)).into_string();
        assert_eq!(
            shown,
            "<table><thead><tr><th>a</th></tr></thead><tr><td>b</td></tr></table>"
        );
    }
}
