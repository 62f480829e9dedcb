//! Markdown as markup. HTML in it stays text, and images are links.

use maud::{Markup, PreEscaped, Render as _, html};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// Renders a text.
pub(super) fn render(text: &str) -> Markup {
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES;
    let mut out = String::new();
    for event in Parser::new_ext(text, options) {
        write(&mut out, &event);
    }
    PreEscaped(out)
}

fn write(out: &mut String, event: &Event<'_>) {
    match event {
        Event::Start(tag) => start(out, tag),
        Event::End(tag) => out.push_str(end(*tag)),
        Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
            text.as_ref().render_to(out);
        }
        Event::Code(code) => html! { code { (code.as_ref()) } }.render_to(out),
        Event::SoftBreak | Event::HardBreak => out.push_str("<br>"),
        Event::Rule => out.push_str("<hr>"),
        _ => {}
    }
}

fn start(out: &mut String, tag: &Tag<'_>) {
    let element = match tag {
        Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
            let is_web = dest_url.starts_with("https://") || dest_url.starts_with("http://");
            let target = if is_web { dest_url.as_ref() } else { "#" };
            out.push_str("<a target=\"_blank\" rel=\"noreferrer noopener\" href=\"");
            target.render_to(out);
            "\">"
        }
        Tag::Paragraph => "<p>",
        Tag::Heading { .. } => "<p><strong>",
        Tag::BlockQuote(_) => "<blockquote>",
        Tag::CodeBlock(CodeBlockKind::Indented | CodeBlockKind::Fenced(_)) => "<pre>",
        Tag::List(None) => "<ul>",
        Tag::List(Some(_)) => "<ol>",
        Tag::Item => "<li>",
        Tag::Table(_) => "<table>",
        Tag::TableHead | Tag::TableRow => "<tr>",
        Tag::TableCell => "<td>",
        Tag::Emphasis => "<em>",
        Tag::Strong => "<strong>",
        Tag::Strikethrough => "<s>",
        _ => "",
    };
    out.push_str(element);
}

fn end(tag: TagEnd) -> &'static str {
    match tag {
        TagEnd::Link | TagEnd::Image => "</a>",
        TagEnd::Paragraph => "</p>",
        TagEnd::Heading(_) => "</strong></p>",
        TagEnd::BlockQuote(_) => "</blockquote>",
        TagEnd::CodeBlock => "</pre>",
        TagEnd::List(false) => "</ul>",
        TagEnd::List(true) => "</ol>",
        TagEnd::Item => "</li>",
        TagEnd::Table => "</table>",
        TagEnd::TableHead | TagEnd::TableRow => "</tr>",
        TagEnd::TableCell => "</td>",
        TagEnd::Emphasis => "</em>",
        TagEnd::Strong => "</strong>",
        TagEnd::Strikethrough => "</s>",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_markup_and_html_stays_text() {
        let shown =
            render("# A\n\n* **b** `c<d` <script>x</script>\n\n<div onclick=x>\n").into_string();
        assert_eq!(
            shown,
            "<p><strong>A</strong></p><ul><li><strong>b</strong> <code>c&lt;d</code> &lt;script&gt;x&lt;/script&gt;</li></ul>\
             &lt;div onclick=x&gt;\n"
        );
    }

    #[test]
    fn a_link_leads_to_the_web_only() {
        let shown = render("[a](javascript:alert(1)) [b](https://example.com/\"x)").into_string();
        assert!(!shown.contains("javascript:"), "{shown}");
        assert!(
            shown.contains("href=\"https://example.com/&quot;x\""),
            "{shown}"
        );
    }
}
