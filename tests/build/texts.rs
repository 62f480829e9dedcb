//! A definition with hostile texts: without escaping, each would be code, HTML, a link, or a control of a terminal.
//! The same seed produces the same definition.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

/// The pieces from which texts are drawn.
const PIECES: &[&str] = &[
    // Words, and other characters.
    "word",
    "a",
    "1",
    "é",
    "\u{300}",
    "👩\u{200d}💻",
    "\u{200b}",
    "\u{200f}",
    "{}",
    "{Self}",
    "{{",
    "}",
    "%0A",
    "$x$",
    // Fences and indented code.
    "```",
    "````",
    "`````rust",
    "```rust\npanic!()\n```",
    "~~~",
    "~~~~rust,should_panic\n",
    "~~~\nfn f() {\n~~~",
    "```compile_fail\n````\n```",
    "    panic!();",
    "\tpanic!();",
    "- \tpanic!();",
    "-     panic!();",
    "1.      panic!();",
    ">     panic!();",
    "- ```rust\n  panic!()\n  ```",
    "+ ~~~rust",
    "1) ````",
    "- - 2.       panic!();",
    "# panic!();",
    // Code within a line.
    "`",
    "``",
    "```` ` ````",
    "`code`",
    "`` a`b ``",
    "`[Foo]`",
    "`<b>`",
    "`a\\`",
    "\\`",
    "\\",
    // Links and references.
    "[Foo]",
    "[`Foo`]",
    "[a](b)",
    "[a]: b",
    "[a](https://a.example/b)",
    "![a](https://a.example/b.png)",
    "[^1]",
    "[^1]: note",
    "[x][y]",
    "[[x]]",
    "[x]()",
    "[ ]",
    "- [x] done",
    "[",
    "]",
    "(",
    ")",
    "[a`](https://a.example)`",
    "[https://a.example](https://b.example)",
    "[a](https://a.example \"t\")",
    "<https://a.example>",
    "<a@b.example>",
    "https://a.example/b_c?d=e&f",
    "http://-a.example",
    "xhttps://a.example",
    "https://a.example.",
    "https://a.example/`b`",
    "https://",
    "https://[",
    "http://a.b\u{202e}c.example",
    "http://é.example",
    // HTML.
    "<b>",
    "</b>",
    "<script>",
    "<!--",
    "-->",
    "<?php",
    "<![CDATA[",
    "<!DOCTYPE",
    "<a href=\"x\">",
    "<",
    ">",
    "&lt;b&gt;",
    "&#96;&#96;&#96;",
    "&",
    // Other blocks and marks.
    "| a | b |\n|---|---|\n| c | d |",
    "a | b\n-|-",
    "`a|b`\n:-:",
    "|",
    "---",
    "===",
    "***",
    "# ",
    "#[doc]",
    "- ",
    "* ",
    "+ ",
    "1. ",
    "123456789) ",
    "> ",
    "**bold**",
    "__bold__",
    "_a_",
    "~~a~~",
    "\"",
    "'",
    "...",
    // Rust.
    "*/",
    "/*",
    "//",
    "///",
    "\"#",
    "\"##",
    "r#\"",
    "#![allow()]",
    "*/ pub fn f() { } /*",
    // Commands of programs that read lines.
    "::error::x",
    "cargo::rustc-env=X=1",
    "\ncargo::warning=x\n",
    // Invisible characters.
    "\r",
    "\r\n",
    "\0",
    "\u{7}",
    "\u{8}",
    "\u{b}",
    "\u{c}",
    "\u{1b}[31m",
    "\u{1b}]8;;x\u{7}",
    "\u{7f}",
    "\u{85}",
    "\u{9b}31m",
    "\u{2028}",
    "\u{2029}",
    "\u{202a}",
    "\u{202e}",
    "\u{2066}",
    "\u{2069}",
    "\u{feff}",
];

/// The separators between pieces.
const BETWEEN: &[&str] = &[
    "", "", "", " ", " ", "  ", "\n", "\n", "\n\n", "\n    ", "\n\t", "\n> ", "\n- ", "\n1. ",
    "\n  ", "  \n", "\\\n", "\r",
];

/// A pseudorandom number generator (`SplitMix64`).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let limit = u64::try_from(limit).unwrap_or(u64::MAX);
        usize::try_from((mixed ^ (mixed >> 31)) % limit).unwrap_or_default()
    }

    fn text(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..=self.below(7) {
            text.push_str(PIECES[self.below(PIECES.len())]);
            text.push_str(BETWEEN[self.below(BETWEEN.len())]);
        }
        text
    }

    /// A text that results in a unique name in its list.
    fn name(&mut self, index: usize) -> String {
        let number: String = index.to_string().chars().map(spelled).collect();
        format!("x{number}x {}", self.text())
    }
}

/// A letter for a digit, since digits could merge with those of the text.
fn spelled(digit: char) -> char {
    let digit = digit.to_digit(10).unwrap_or_default();
    char::from_digit(digit + 10, 36).unwrap_or_default()
}

/// A definition with this many items of each kind. All its texts are drawn.
pub(crate) fn definition(seed: u64, count: usize) -> Value {
    let random = &mut Random(seed);
    let secrets = (0..count).map(|index| format!("SECRET_{}", spelled_number(index)));
    json!({
        "name": "texts",
        "version": "1.0.0",
        "title": random.text(),
        "description": random.text(),
        "configuration": titled(random, object),
        "configurations": items(random, count, |random| titled(random, object)),
        "actions": items(random, count, |random| {
            let (input, output) = (object(random), object(random));
            let texts = json!({ "input": { "schema": input }, "output": { "schema": output } });
            with_texts(random, texts)
        }),
        "events": items(random, count, |random| titled(random, object)),
        "states": items(random, count, |random| json!({ "type": "user", "schema": object(random) })),
        "entities": items(random, count, |random| titled(random, object)),
        "channels": items(random, count, |random| {
            let channel = json!({
                "messages": items(random, 2, |random| json!({ "schema": object(random) })),
                "conversation": { "tags": tags(random) },
                "message": { "tags": tags(random) },
            });
            with_texts(random, channel)
        }),
        "user": { "tags": tags(random) },
        "secrets": secrets.map(|name| (name, with_texts(random, json!({})))).collect::<Map<_, _>>(),
    })
}

/// A definition as the text of a file, in ASCII, since the reader accepts some characters only as escapes.
pub(crate) fn file(definition: &Value) -> String {
    let mut text = String::new();
    for unit in definition.to_string().encode_utf16() {
        match u8::try_from(unit) {
            Ok(byte) if byte.is_ascii() && byte != 0x7f => text.push(char::from(byte)),
            _ => write!(text, "\\u{unit:04x}").expect("writing to a string does not fail"),
        }
    }
    text
}

fn spelled_number(index: usize) -> String {
    let letters = index.to_string().chars().map(spelled).collect::<String>();
    letters.to_uppercase()
}

fn items(
    random: &mut Random,
    count: usize,
    make: impl Fn(&mut Random) -> Value,
) -> Map<String, Value> {
    (0..count)
        .map(|index| (random.name(index), make(random)))
        .collect()
}

fn with_texts(random: &mut Random, mut item: Value) -> Value {
    item["title"] = random.text().into();
    item["description"] = random.text().into();
    item
}

fn titled(random: &mut Random, schema: impl Fn(&mut Random) -> Value) -> Value {
    let schema = schema(random);
    with_texts(random, json!({ "schema": schema }))
}

fn tags(random: &mut Random) -> Value {
    items(random, 2, |random| with_texts(random, json!({}))).into()
}

/// A schema with a text in every place where one may be.
fn object(random: &mut Random) -> Value {
    let values: Vec<String> = (0..3).map(|index| random.name(index)).collect();
    let tagged: Vec<Value> = (0..2)
        .map(|index| {
            let value = random.name(index);
            let properties = json!({ "kind tag": { "const": value, "description": random.text() } });
            json!({ "type": "object", "title": random.name(index), "properties": properties, "required": ["kind tag"] })
        })
        .collect();
    let schemas = [
        json!({ "type": "string", "default": random.text(), "examples": [random.text()] }),
        json!({ "type": "string", "pattern": pattern(&random.text()) }),
        json!({ "type": "string", "enum": values, "default": values[0] }),
        json!({ "type": "array", "items": { "type": "string" }, "default": [random.text()] }),
        json!({ "oneOf": tagged }),
        json!({ "anyOf": [{ "type": "string", "const": random.text() }, { "type": "string", "pattern": "^a" }] }),
    ];
    let properties: Map<String, Value> = schemas
        .into_iter()
        .enumerate()
        .map(|(index, schema)| {
            let mut schema = with_texts(random, schema);
            schema["x-zui"] = json!({ "title": random.text() });
            (random.name(index), schema)
        })
        .collect();
    json!({ "type": "object", "description": random.text(), "properties": properties })
}

/// A pattern that matches a text, without the characters that have a meaning in patterns.
fn pattern(text: &str) -> String {
    text.replace(|character: char| character.is_ascii_punctuation(), ".")
}
