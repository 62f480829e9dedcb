//! JSON with lines and colours.

use maud::{Markup, html};
use serde_json::Value;

use crate::markup::colored;

/// The largest text that is shown in a page.
const LARGEST: usize = 24 * 1024;

/// Renders bytes: as JSON if they are, else as text. `raw` is the address of the whole text, if it has one.
pub(super) fn body(bytes: &[u8], raw: &str) -> Markup {
    if bytes.is_empty() {
        return html! { p class="soft" { "Empty" } };
    }
    let raw = (!raw.is_empty()).then_some(raw);
    if let Ok(value) = serde_json::from_slice::<Value>(bytes) {
        return block(&value, raw);
    }
    if let Ok(text) = str::from_utf8(bytes) {
        return cut(text, raw);
    }
    html! {
            p class="soft" {
                "Bytes that are no text."
                @if let Some(raw) = raw { " " a href=(raw) { "Download" } }
            }
    }
}

/// Renders a value as a block.
pub(super) fn block(value: &Value, raw: Option<&str>) -> Markup {
    let text = pretty(value);
    if text.len() <= LARGEST {
        return html! { pre class="json" tabindex="0" { (colored(value)) } };
    }
    cut(&text, raw)
}

/// A value as text with lines.
pub(super) fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

fn cut(text: &str, raw: Option<&str>) -> Markup {
    let end = text.floor_char_boundary(LARGEST);
    let (shown, left) = text.split_at(end);
    html! {
        pre class="json" tabindex="0" { (shown) }
        @if !left.is_empty() {
            p class="soft" {
                "Only the beginning is shown."
                @if let Some(raw) = raw { " " a href=(raw) { "Show the whole text" } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn json_has_lines_and_its_texts_are_escaped() {
        let shown = block(&json!({ "a<b": ["</pre>", 1, {}] }), None).into_string();
        assert_eq!(
            shown,
            "<pre class=\"json\" tabindex=\"0\">{\n  <span class=\"key\">&quot;a&lt;b&quot;</span>: [\n    \
             <span class=\"string\">&quot;&lt;/pre&gt;&quot;</span>,\n    <span class=\"atom\">1</span>,\n    {}\n  ]\n}</pre>"
        );
    }

    #[test]
    fn a_long_text_is_cut_and_leads_to_the_whole() {
        let text = "é".repeat(LARGEST);
        let shown = body(text.as_bytes(), "/raw").into_string();
        assert!(shown.len() < LARGEST + 200);
        assert!(
            shown.contains("<a href=\"/raw\">"),
            "the whole text is linked"
        );
    }

    #[test]
    fn bytes_that_are_no_text_are_offered_for_download() {
        assert!(
            body(&[0xFF, 0xFE], "/raw")
                .into_string()
                .contains("Download")
        );
        assert!(body(b"", "/raw").into_string().contains("Empty"));
    }
}
