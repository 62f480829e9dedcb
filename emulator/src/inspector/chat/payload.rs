//! The content of messages: each of Botpress's own types, and others as JSON.

use std::sync::Arc;

use contexture::meaning::words;
use maud::{Markup, html};
use serde_json::Value;

use crate::inspector::json;
use crate::inspector::sent::TOKEN;
use crate::markup::{Place, markdown};

/// The field that has the answer of a user.
pub(super) const ANSWER: &str = "answer";

/// Where the buttons of a message send the answer of a user.
pub(super) struct Answers {
    pub(super) address: String,
    pub(super) token: Arc<str>,
}

/// Renders a payload. `base` is the address of the emulator, whose files are shown; other sites are not contacted.
pub(super) fn render(
    message_type: &str,
    payload: &Value,
    base: &str,
    answers: Option<&Answers>,
) -> Markup {
    let content = Content {
        payload,
        base,
        answers,
    };
    match message_type {
        "text" => html! { p class="text" { (content.string("text")) } },
        "markdown" => {
            html! { div class="markdown" { (markdown(content.string("markdown"), Place::Chat)) } }
        }
        "image" => content.image("imageUrl"),
        "audio" => content.audio(),
        "video" => content.video(),
        "file" => content.file(),
        "location" => content.location(),
        "card" => content.card(),
        "carousel" => content.carousel(),
        "choice" => content.choice(),
        "dropdown" => content.dropdown(),
        "bloc" => content.bloc(),
        _ => json::block(payload, None),
    }
}

struct Content<'a> {
    payload: &'a Value,
    base: &'a str,
    answers: Option<&'a Answers>,
}

impl Content<'_> {
    fn string(&self, name: &str) -> &str {
        self.payload[name].as_str().unwrap_or_default()
    }

    fn list(&self, name: &str) -> &[Value] {
        self.payload[name]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// The path of a file of the emulator, or an image within its address.
    fn own(&self, url: &str) -> Option<String> {
        let path = url
            .strip_prefix(self.base)
            .filter(|path| path.starts_with('/'));
        let is_data = url.starts_with("data:image/");
        path.map(str::to_owned)
            .or_else(|| is_data.then(|| url.to_owned()))
    }

    fn title(&self) -> Markup {
        html! { @if !self.string("title").is_empty() { p class="caption" { (self.string("title")) } } }
    }

    fn image(&self, name: &str) -> Markup {
        let url = self.string(name);
        let title = self.string("title");
        html! {
            @match self.own(url) {
                Some(path) => { img src=(path) alt=(if title.is_empty() { "Image" } else { title }); },
                None => (elsewhere("Image", url)),
            }
            @if name == "imageUrl" && self.payload.get("actions").is_none() { (self.title()) }
        }
    }

    fn audio(&self) -> Markup {
        let url = self.string("audioUrl");
        html! {
            @match self.own(url) { Some(path) => audio controls preload="none" src=(path) {}, None => (elsewhere("Audio", url)) }
            (self.title())
        }
    }

    fn video(&self) -> Markup {
        let url = self.string("videoUrl");
        html! {
            @match self.own(url) { Some(path) => video controls preload="none" src=(path) {}, None => (elsewhere("Video", url)) }
            (self.title())
        }
    }

    fn file(&self) -> Markup {
        html! { (elsewhere("File", self.string("fileUrl"))) (self.title()) }
    }

    fn location(&self) -> Markup {
        let place = |name: &str| self.payload[name].as_f64().unwrap_or_default();
        let (latitude, longitude) = (place("latitude"), place("longitude"));
        let map = format!("https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}");
        html! {
            (self.title())
            @if !self.string("address").is_empty() { p class="text" { (self.string("address")) } }
            p { (link(&map, &format!("{latitude}, {longitude}"))) }
        }
    }

    fn card(&self) -> Markup {
        html! {
            div class="message-card" {
                @if !self.string("imageUrl").is_empty() { (self.image("imageUrl")) }
                p class="text" { strong { (self.string("title")) } }
                @if !self.string("subtitle").is_empty() { p class="soft" { (self.string("subtitle")) } }
                div class="answers" {
                    @for action in self.list("actions") { (self.action(action)) }
                }
            }
        }
    }

    fn action(&self, action: &Value) -> Markup {
        let label = action["label"].as_str().unwrap_or_default();
        let value = action["value"].as_str().unwrap_or_default();
        match action["action"].as_str() {
            Some("url") => html! { span class="button" { (link(value, label)) } },
            _ => self.answer(label, value),
        }
    }

    fn carousel(&self) -> Markup {
        html! {
            div class="carousel" tabindex="0" aria-label="Cards" {
                @for item in self.list("items") {
                    (Content { payload: item, ..*self }.card())
                }
            }
        }
    }

    fn choice(&self) -> Markup {
        html! {
            p class="text" { (self.string("text")) }
            div class="answers" {
                @for option in self.list("options") {
                    (self.answer(option["label"].as_str().unwrap_or_default(), option["value"].as_str().unwrap_or_default()))
                }
            }
        }
    }

    fn dropdown(&self) -> Markup {
        let options = self.list("options");
        let select = html! {
            select name=(ANSWER) aria-label="Options" {
                @for option in options {
                    option value=(option["value"].as_str().unwrap_or_default()) { (option["label"].as_str().unwrap_or_default()) }
                }
            }
        };
        html! {
            p class="text" { (self.string("text")) }
            @match self.answers {
                Some(answers) => form class="answers" method="post" action=(answers.address) {
                    input type="hidden" name=(TOKEN) value=(answers.token);
                    (select)
                    button { "Choose" }
                },
                None => (select),
            }
        }
    }

    fn bloc(&self) -> Markup {
        html! {
            @for item in self.list("items") {
                div class="part" {
                    (render(item["type"].as_str().unwrap_or_default(), &item["payload"], self.base, self.answers))
                }
            }
        }
    }

    /// A button that answers as the user.
    fn answer(&self, label: &str, value: &str) -> Markup {
        html! {
            @if let Some(answers) = self.answers {
                form method="post" action=(answers.address) {
                    input type="hidden" name=(TOKEN) value=(answers.token);
                    button name=(ANSWER) value=(value) title={ "Answers as the user: " (value) } { (label) }
                }
            } @else {
                span class="button" { (label) }
            }
        }
    }
}

/// A file of another site, which is not loaded.
fn elsewhere(kind: &str, url: &str) -> Markup {
    html! { p class="file" { span class="tag" { (words(kind)) } " " (link(url, url)) } }
}

/// A link, if the address is one of the web.
pub(super) fn link(url: &str, label: &str) -> Markup {
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    html! {
        @if is_web { a href=(url) target="_blank" rel="noreferrer noopener" { (label) } } @else { (label) }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const BASE: &str = "http://127.0.0.1:8090";

    fn shown(message_type: &str, payload: &Value) -> String {
        let answers = Answers {
            address: "/answer".to_owned(),
            token: "t".into(),
        };
        render(message_type, payload, BASE, Some(&answers)).into_string()
    }

    #[test]
    fn each_type_is_rendered_and_escaped() {
        for (message_type, payload, expected) in [
            (
                "text",
                json!({ "text": "<b>hi</b>" }),
                "<p class=\"text\">&lt;b&gt;hi&lt;/b&gt;</p>",
            ),
            (
                "image",
                json!({ "imageUrl": "http://127.0.0.1:8090/contents/a" }),
                "<img src=\"/contents/a\" alt=\"Image\">",
            ),
            (
                "audio",
                json!({ "audioUrl": "http://127.0.0.1:8090/contents/a" }),
                "<audio controls preload=\"none\" src=\"/contents/a\">",
            ),
            (
                "video",
                json!({ "videoUrl": "https://example.com/v" }),
                "href=\"https://example.com/v\"",
            ),
            (
                "file",
                json!({ "fileUrl": "https://example.com/f", "title": "Bill" }),
                "<p class=\"caption\">Bill</p>",
            ),
            (
                "location",
                json!({ "latitude": 47.1, "longitude": 15.4 }),
                ">47.1, 15.4</a>",
            ),
            (
                "card",
                json!({ "title": "T", "actions": [{ "action": "postback", "label": "Buy", "value": "buy" }] }),
                "value=\"buy\"",
            ),
            (
                "carousel",
                json!({ "items": [{ "title": "One" }, { "title": "Two" }] }),
                "<strong>Two</strong>",
            ),
            (
                "choice",
                json!({ "text": "?", "options": [{ "label": "Yes", "value": "y" }] }),
                "name=\"answer\" value=\"y\"",
            ),
            (
                "dropdown",
                json!({ "text": "?", "options": [{ "label": "Yes", "value": "y" }] }),
                "<option value=\"y\">Yes</option>",
            ),
            (
                "bloc",
                json!({ "items": [{ "type": "text", "payload": { "text": "in" } }] }),
                "<p class=\"text\">in</p>",
            ),
            (
                "markdown",
                json!({ "markdown": "**in**" }),
                "<strong>in</strong>",
            ),
            ("own", json!({ "a": 1 }), "class=\"json\""),
        ] {
            let shown = shown(message_type, &payload);
            assert!(shown.contains(expected), "{message_type}: {shown}");
        }
    }

    #[test]
    fn an_address_that_is_no_web_address_is_no_link() {
        for url in ["javascript:alert(1)", "data:text/html,x", "/inspector"] {
            let action = json!({ "title": "T", "actions": [{ "action": "url", "label": "Go", "value": url }] });
            for (message_type, payload) in [("card", action), ("file", json!({ "fileUrl": url }))] {
                let shown = shown(message_type, &payload);
                assert!(!shown.contains("href"), "{shown}");
            }
        }
    }

    #[test]
    fn an_image_of_another_site_is_not_loaded() {
        for url in [
            "https://example.com/a.png",
            "http://127.0.0.1:8090.evil.test/a.png",
        ] {
            let shown = shown("image", &json!({ "imageUrl": url }));
            assert!(!shown.contains("<img"), "{shown}");
        }
    }
}
