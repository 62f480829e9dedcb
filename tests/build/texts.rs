//! A definition with hostile texts: without escaping, each would be code, HTML, a link, or a control of a terminal.
//! The same seed produces the same definition.

#[path = "text_pieces.rs"]
mod pieces;

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use pieces::{BETWEEN, PIECES};

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
        json!({
            "type": "object", "additionalProperties": { "type": "string" },
            "default": { random.name(0): random.text() },
        }),
        json!({ "type": ["string", "null"], "default": random.text() }),
        json!({ "const": random.text(), "$comment": random.text() }),
        json!({ "type": "array", "items": { "enum": [random.name(0), random.name(1)] } }),
        json!({ "type": "string", "not": { "const": random.text() }, "x-zui": { "secret": true } }),
        json!({
            "type": "object", "additionalProperties": false,
            "patternProperties": { pattern(&random.text()): { "enum": [random.text()] } },
        }),
        json!({
            "type": "object", "propertyNames": { "pattern": pattern(&random.text()) },
            "dependencies": { random.name(0): [random.name(1)] },
        }),
        json!({ "type": "string", "if": { "const": random.text() }, "then": { "minLength": 1 } }),
        json!({ "oneOf": tagged }),
        json!({ "anyOf": [{ "type": "string", "const": random.text() }, { "type": "string", "pattern": "^a" }] }),
    ];
    let properties: Map<String, Value> = schemas
        .into_iter()
        .enumerate()
        .map(|(index, schema)| {
            let mut schema = with_texts(random, schema);
            schema["x-zui"]["title"] = random.text().into();
            (random.name(index), schema)
        })
        .collect();
    json!({ "type": "object", "description": random.text(), "properties": properties })
}

/// A pattern that matches a text, without the characters that have a meaning in patterns.
fn pattern(text: &str) -> String {
    text.replace(|character: char| character.is_ascii_punctuation(), ".")
}
