//! A definition with the names that generated code itself uses.
//!
//! Generated code compiles for any names. So every word of generated code, of its macros and of Rust is the name of an
//! action, an entity, an event, a property, a value… So are names that differ in case, in a separator, in a symbol or in
//! the script, and names without any letter.

use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

use proc_macro2::{TokenStream, TokenTree};
use serde_json::{Map, Value, json};

/// Names that the code of any definition has, in addition to the words of the generated code itself.
const MORE: &[&str] = &[
    "abstract",
    "async",
    "await",
    "become",
    "box",
    "crate",
    "dyn",
    "extern",
    "final",
    "gen",
    "macro",
    "override",
    "priv",
    "raw",
    "self",
    "Self",
    "super",
    "try",
    "typeof",
    "union",
    "unsized",
    "virtual",
    "yield",
    "AsRef",
    "Iterator",
    "None",
    "Some",
    "ToString",
    "String",
    "Vec",
    "T",
    "E",
    "H",
    "R",
    "Primary",
    "DEFINITION",
    "ALL",
    "SCHEMA",
    "in-progress",
    "in_progress",
    "In Progress",
    "IN_PROGRESS",
    "inProgress",
    "@type",
    "$type",
    "+1",
    "-1",
    "1",
    "1.5",
    "1-5",
    "",
    " ",
    "+",
    "plus",
    "<",
    "<=",
    "\u{2264}",
    "!=",
    "\u{2260}",
    "\u{2248}",
    "\u{1f44d}",
    "\u{1f44d}\u{1f3fd}",
    "\u{2764}",
    "\u{2764}\u{fe0f}",
    "a",
    "\u{430}",
    "\u{ff41}",
    "\u{e1}",
    "a\u{301}",
    "\u{301}",
    "\u{200b}",
    "\u{b5}g",
    "\u{3bc}g",
    "\u{3a9}",
    "\u{2126}",
    "\u{e20}\u{e32}\u{e29}\u{e32}",
    "\u{65e5}\u{672c}",
    "\u{202e}abc",
];

/// Writes the definition; returns its path.
///
/// # Errors
///
/// Returns an error if a file cannot be read or written.
pub(crate) fn write(generated: &str, macros: &Path, out: &Path) -> io::Result<std::path::PathBuf> {
    let mut sources = vec![generated.to_owned()];
    for entry in fs::read_dir(macros)? {
        sources.push(fs::read_to_string(entry?.path())?);
    }
    let more = MORE.iter().map(ToString::to_string);
    let used = sources.iter().flat_map(|source| {
        let tokens: TokenStream = source.parse().expect("Rust");
        identifiers(tokens)
    });
    let words: BTreeSet<String> = more.chain(used).collect();
    let words: Vec<String> = words.into_iter().collect();
    let path = out.join("hostile.json");
    fs::write(&path, definition(&words).to_string())?;
    Ok(path)
}

fn identifiers(tokens: TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                found.push(ident.to_string().trim_start_matches("r#").to_owned());
            }
            TokenTree::Group(group) => found.extend(identifiers(group.stream())),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
    found
}

/// Every word as a property and a value; words with the form of types as an action, and each in one other role.
fn definition(words: &[String]) -> Value {
    let types: Vec<String> = words
        .iter()
        .filter(|word| word.starts_with(char::is_uppercase))
        .cloned()
        .collect();
    let some =
        |role: usize| -> Vec<String> { types.iter().skip(role).step_by(6).cloned().collect() };
    let each = |words: &[String], make: &dyn Fn(&str) -> Value| -> Map<String, Value> {
        words
            .iter()
            .map(|word| (word.clone(), make(word)))
            .collect()
    };
    let text = json!({ "type": "string", "default": "x" });
    let entity = |word: &str| json!({ "schema": { "$ref": format!("#/entities/{word}") } });
    let small = |word: &str| json!({ "schema": { "type": "object", "properties": { word: text, "configurationType": text } } });
    let large = |word: &str| {
        let nested = json!({ "type": "object", "properties": { word: { "enum": [word, ""] } }, "required": [word] });
        let properties = json!({ word: nested, "new": text });
        json!({ "schema": { "type": "object", "properties": properties, "required": [word] } })
    };
    let mut actions = each(
        &types,
        &|word| json!({ "input": small(word), "output": { "schema": { "const": word } } }),
    );
    for (word, suffix) in some(0)
        .iter()
        .zip(["Entity", "Event", "State", "Configuration"].iter().cycle())
    {
        actions.insert(
            format!("{word}{suffix}"),
            json!({ "input": entity(word), "output": entity(word) }),
        );
    }
    let alternatives: Vec<_> = types
        .iter()
        .map(|word| json!({ "type": "object", "properties": { "type": { "const": word }, word: {} }, "required": ["type", word] }))
        .collect();
    let mut events = each(&some(0), &entity);
    events.insert(
        "listed".to_owned(),
        json!({ "schema": { "properties": { "all": { "enum": words } }, "type": "object" } }),
    );
    events.insert(
        "tagged".to_owned(),
        json!({ "schema": { "oneOf": alternatives } }),
    );
    let every_word = json!({
        "type": "object",
        "properties": each(words, &|_| text.clone()),
        "additionalProperties": false,
    });
    let tags = each(&some(4), &|_| json!({}));
    json!({
        "name": "hostile",
        "version": "1.0.0",
        "configuration": { "schema": every_word },
        "configurations": each(&some(1), &small),
        "actions": actions,
        "events": events,
        "states": each(&some(2), &|word| json!({ "type": "integration", "schema": small(word)["schema"] })),
        "entities": each(&some(0), &large),
        "channels": {
            "channel": { "messages": each(&some(3), &small) },
            "box": { "messages": {}, "conversation": { "tags": tags }, "message": { "tags": tags } },
        },
        "user": { "tags": tags },
        "secrets": { "READER": {}, "SELF": {}, "R": { "optional": true }, "SOME": {} },
    })
}
