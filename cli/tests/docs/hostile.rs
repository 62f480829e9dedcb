//! No text of a definition becomes markup, and no secret is shown.

use std::collections::BTreeSet;
use std::fs;

use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::{Value, json};

use crate::html::read;
use crate::{made, written};

/// Texts that would do harm if they were taken for markup.
const TEXTS: [&str; 10] = [
    "<script>alert('x')</script>",
    "</style></script><img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "[click](javascript:alert(1)) ![x](https://evil.example/pixel)",
    "a | b || c\n| d |\n|---|\n| e |",
    "``` \n# heading\n```` `code | pipe`",
    "\u{202e}turned\u{2066}\u{feff} \u{1b}[31m",
    "a\n---\n***\n<!-- \n--> &lt;b&gt; &#x3c;i&#x3e;",
    "https://example.com [here](https://example.com/here)",
    "]]> {{ x }} ${y} <%= z %> -- '",
];

/// A definition with a text in each place that takes one.
fn definition(text: &str) -> Value {
    let field = json!({
        "type": "string",
        "title": text,
        "description": text,
        "default": text,
        "enum": [text, "other"],
        "x-zui": { "title": text, "placeholder": text },
    });
    let schema = json!({
        "type": "object",
        "title": text,
        "description": text,
        "properties": {
            (text): field,
            "list": { "type": "array", "items": field },
            "union": { "oneOf": [
                { "type": "object", "title": text, "properties": { "kind": { "const": text } } },
                { "type": "object", "description": text, "properties": { "kind": { "const": "b" } } },
            ] },
        },
        "patternProperties": { "^[<|`\"]+$": field },
    });
    let tag = json!({ "title": text, "description": text });
    json!({
        "name": "shop",
        "version": "1.0.0",
        "title": text,
        "description": text,
        "readme": text,
        "icon": "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>",
        "configuration": { "title": text, "description": text, "schema": schema },
        "actions": { "run": { "title": text, "description": text, "input": { "schema": schema }, "output": { "schema": schema } } },
        "channels": { "chat": { "title": text, "description": text, "messages": {}, "message": { "tags": { "id": tag } } } },
        "user": { "tags": { "id": tag } },
        "entities": { "thing": { "title": text, "description": text, "schema": schema } },
        "secrets": { "KEY": { "title": text, "description": text } },
    })
}

/// The references of a definition: the page, and Markdown.
fn references(definition: &Value) -> [String; 2] {
    let folder = tempfile::tempdir().unwrap();
    let mut old = definition.clone();
    old["version"] = "0.1.0".into();
    old["actions"]["run"]["input"]["schema"]["properties"] = json!({});
    fs::write(folder.path().join("old.json"), old.to_string()).unwrap();
    let mut definition = definition.clone();
    definition["migratesFrom"] = json!(["old.json"]);
    let made = made(written(&folder, &definition));
    [made.html, made.markdown]
}

#[test]
fn a_page_has_the_same_elements_whatever_the_texts_are() {
    let kinds = "a article body br button code dd details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 head header \
        hr html img input kbd li link main meta nav ol p pre script section span strong style s summary svg table tbody \
        td th thead title tr ul wbr blockquote";
    let kinds: BTreeSet<_> = kinds
        .split_whitespace()
        .filter(|kind| *kind != "svg")
        .collect();
    for text in TEXTS {
        let [html, _] = references(&definition(text));
        let page = read(&html);
        for element in &page.elements {
            assert!(kinds.contains(element.name.as_str()), "{text}: {element:?}");
            let mut names = element.attributes.keys();
            assert!(
                !names.any(|name| name.starts_with("on") || name == "style"),
                "{element:?}"
            );
        }
        for name in ["script", "style", "title"] {
            let count = page
                .elements
                .iter()
                .filter(|element| element.name == name)
                .count();
            assert_eq!(count, 1, "{text}: {name}");
        }
        for target in page.all("href") {
            let is_known = ["#", "https://", "http://", "data:"];
            assert!(
                is_known.iter().any(|start| target.starts_with(start)),
                "{text}: {target}"
            );
        }
        assert!(
            page.all("src")
                .all(|source| source.starts_with("data:image/svg+xml;base64,"))
        );
        assert!(!shows_hidden(&html), "{text}");
    }
}

#[test]
fn markdown_has_the_same_structure_whatever_the_texts_are() {
    let [_, harmless] = references(&definition("harmless"));
    for text in TEXTS {
        let [_, markdown] = references(&definition(text));
        assert_eq!(structure(&markdown), structure(&harmless), "{text}");
        assert!(!shows_hidden(&markdown), "{text}");
    }
}

/// The headings and the cells of tables. No other HTML than ours, and no other link than to the web and to anchors, is there.
fn structure(markdown: &str) -> [usize; 2] {
    let mut counts = [0; 2];
    for event in Parser::new_ext(
        markdown,
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH,
    ) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                let anchor = html.trim_end().strip_prefix("<a id=\"");
                let anchor = anchor.map(|rest| rest.split_once("\">").unwrap());
                let is_ours = match anchor {
                    Some((id, rest)) => {
                        !id.contains(['"', '<', ' ']) && ["", "</a>"].contains(&rest)
                    }
                    None => ["</a>", "<br>"].contains(&html.trim_end()),
                };
                assert!(is_ours, "{html}");
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(
                    dest_url.starts_with('#') || dest_url.starts_with("http"),
                    "{dest_url}"
                );
            }
            Event::Start(Tag::Image { dest_url, .. }) => panic!("an image of {dest_url}"),
            Event::Start(Tag::Heading { .. }) => counts[0] += 1,
            Event::Start(Tag::TableCell) => counts[1] += 1,
            _ => {}
        }
    }
    counts
}

/// Whether a text has a character that turns its direction, or controls a terminal.
fn shows_hidden(text: &str) -> bool {
    text.contains(|sign: char| {
        matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            || (sign.is_control() && sign != '\n')
    })
}

#[test]
fn no_value_of_a_secret_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let secret = json!({ "type": "string", "default": "hunter2", "examples": ["hunter2"], "x-zui": { "secret": true, "placeholder": "hunter2" } });
    let schema = json!({
        "type": "object",
        "properties": {
            "key": secret,
            "keys": { "type": "array", "items": secret, "default": ["hunter2"] },
            "group": { "type": "object", "properties": { "key": secret }, "default": { "key": "hunter2" }, "examples": [{ "key": "hunter2" }] },
            "either": { "anyOf": [secret, { "type": "integer" }], "default": "hunter2" },
            "fixed": { "enum": ["hunter2", "hunter2b"], "x-zui": { "secret": true } },
            "shared": { "$ref": "#/definitions/key", "default": "hunter2" },
        },
        "required": ["key", "keys", "group"],
        "definitions": { "key": secret },
    });
    let definition = json!({
        "name": "shop",
        "version": "2.0.0",
        "migratesFrom": ["old.json"],
        "configuration": { "schema": schema },
        "actions": { "run": { "input": { "schema": schema }, "output": { "schema": schema } } },
    });
    let mut old = definition.clone();
    old["version"] = "1.0.0".into();
    old.as_object_mut().unwrap().remove("migratesFrom");
    old["configuration"]["schema"]["properties"]["key"]["default"] = "hunter2old".into();
    fs::write(folder.path().join("old.json"), old.to_string()).unwrap();
    let made = made(written(&folder, &definition));
    for text in [made.html, made.markdown] {
        assert!(text.contains("keys") && !text.contains("hunter2"), "{text}");
    }
}
