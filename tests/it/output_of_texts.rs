//! The output about a definition: no text of the definition controls a terminal, ends a line, or becomes a command of
//! a program that reads the lines.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use contexture_cli::Outcome;
use serde_json::{Value, json};

use crate::support::{scratch, write};
use crate::texts_of::file;

/// Texts that a terminal, cargo or GitHub would interpret as a command.
const COMMANDS: [&str; 6] = [
    "a\ncargo::rustc-env=STOLEN=1",
    "b\r\n::error::stolen",
    "c\u{1b}[2J\u{7}\u{8}",
    "d\u{9b}2J\u{85}\u{7f}",
    "e\u{202e}\u{2066}\u{2028}",
    "f%0A::error::stolen",
];

/// A definition with a warning about the name of each action, and an error about each type of a property.
fn mistaken(test: &str, is_refused: bool) -> PathBuf {
    let action = |text: &&str| {
        let ty = if is_refused {
            format!("type {text}")
        } else {
            "string".to_owned()
        };
        let input = json!({ "type": "object", "properties": { *text: { "type": ty } } });
        let action = json!({ "input": { "schema": input }, "output": { "schema": {} } });
        (format!("Not {text}"), action)
    };
    let actions: serde_json::Map<String, Value> = COMMANDS.iter().map(action).collect();
    let definition = json!({ "name": "mistaken", "version": "1.0.0", "actions": actions });
    write(&scratch(test), "mistaken.json", file(&definition))
}

fn check(path: &Path, format: &str, color: bool) -> Outcome {
    let path = path.display().to_string();
    contexture_cli::run(["contexture", "check", "--format", format, &path], color)
}

/// Returns the characters that control a terminal, except for line ends.
fn controls(text: &str) -> String {
    let is_control = |character: &char| {
        character.is_control()
            || matches!(character, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars()
        .filter(|character| *character != '\n')
        .filter(is_control)
        .collect()
}

/// A text without the escape sequences that choose a color.
fn without_colors(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|sign: char| sign.is_ascii_digit() || sign == ';');
        plain.push_str(rest.strip_prefix('m').unwrap_or("\u{1b}"));
    }
    plain
}

#[test]
fn findings_drawn_on_a_terminal_do_not_control_it() {
    let path = mistaken("drawn", true);
    for color in [false, true] {
        let drawn = check(&path, "human", color).errors;
        assert!(drawn.matches("C0301").count() >= COMMANDS.len(), "{drawn}");
        let plain = if color { without_colors(&drawn) } else { drawn };
        assert_eq!(controls(&plain), "", "{plain}");
        assert!(plain.contains("type c\\u{1b}[2J\\u{7}\\u{8}"), "{plain}");
    }
}

#[test]
fn a_line_of_the_file_is_drawn_without_the_controls_in_it() {
    let text = "name: shop\nversion: 1.0.0\nunknown\u{9b}2J: a\u{85}\u{1b}[2J\u{7f}\u{202e}\n";
    let path = write(&scratch("source-line"), "shop.yaml", text);
    let drawn = check(&path, "human", false).errors;
    assert!(drawn.contains("unknown"), "{drawn}");
    assert_eq!(controls(&drawn), "", "{drawn}");
}

#[test]
fn findings_as_json_hold_no_control_and_the_same_places() {
    let path = mistaken("json-controls", true);
    let printed = check(&path, "json", false).output;
    assert_eq!(controls(&printed), "", "{printed}");
    let found: Value = serde_json::from_str(&printed).unwrap();
    let found = found.as_array().unwrap();
    let definition: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    let wrong = found.iter().filter(|one| one["code"] == "C0301");
    let places: Vec<_> = wrong
        .map(|one| definition.pointer(one["pointer"].as_str().unwrap()))
        .collect();
    assert_eq!(places.len(), COMMANDS.len());
    assert!(places.iter().all(Option::is_some), "{printed}");
}

#[test]
fn findings_for_github_are_a_command_a_line() {
    let path = mistaken("github-commands", true);
    let printed = check(&path, "github", false).output;
    assert_eq!(controls(&printed), "", "{printed}");
    let place = format!("file={},line=", path.display());
    for line in printed.lines() {
        assert!(
            line.starts_with("::error ") || line.starts_with("::warning "),
            "{line}"
        );
        assert!(line.contains(&place), "{line}");
        assert!(!line.contains("f%0A"), "{line}");
    }
}

#[test]
fn no_text_is_an_instruction_for_cargo() {
    let folder = scratch("instructions");
    let warned = mistaken("instructions-warned", false);
    let names_a_file = json!({
        "name": "names", "version": "1.0.0",
        "readme": { "file": "x\ncargo::rustc-env=STOLEN=1/readme.md" },
        "events": { "sold": { "schema": { "$ref": "./y%0Acargo::rustc-env=STOLEN=1.json" } } },
    });
    let names_a_file = write(&folder, "names.json", file(&names_a_file));
    let mut warnings = 0;
    for path in [warned, names_a_file] {
        let output = Command::new(env!("CARGO_BIN_EXE_build-script"))
            .arg(&path)
            .current_dir(&folder)
            .env("OUT_DIR", &folder)
            .output()
            .unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        for line in printed.lines() {
            let is_known = ["rerun-if-changed", "warning"]
                .iter()
                .any(|kind| line.starts_with(&format!("cargo::{kind}=")));
            assert!(
                is_known && controls(line).is_empty(),
                "{line:?} in\n{printed}"
            );
        }
        warnings += printed.matches("cargo::warning=").count();
        assert!(printed.contains("cargo::rerun-if-changed="), "{printed}");
    }
    assert!(warnings >= COMMANDS.len(), "{warnings} warnings");
}
