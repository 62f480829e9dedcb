//! Random changes of definitions never make the generator panic.

use std::path::{Path, PathBuf};
use std::{fs, io};

use contexture_compare::sample::Random;
use contexture_exact::generate::{Fate, generate, generator};
use serde_json::{Map, Value, json};

/// The number of changes of each definition. The fuzz targets run longer.
const ROUNDS: usize = 40;

#[test]
fn a_definition_whose_values_are_changed_never_panics() {
    let folder = folder("values");
    for (stem, text) in definitions() {
        let definition: Value = serde_saphyr::from_str(&text).expect("the definitions are YAML");
        let mut random = Random::new(&stem);
        for round in 0..ROUNDS {
            let mut changed = definition.clone();
            for _ in 0..=random.below(3) {
                mutate(&mut changed, &mut random);
            }
            assert_no_panic(
                &folder.join(format!("{stem}-{round}.json")),
                &changed.to_string(),
            );
        }
    }
}

#[test]
fn a_definition_whose_text_is_changed_never_panics() {
    let folder = folder("texts");
    for (stem, text) in definitions() {
        let mut random = Random::new(&format!("{stem} as text"));
        for round in 0..ROUNDS {
            let changed = mutate_text(&text, &mut random);
            assert_no_panic(&folder.join(format!("{stem}-{round}.yaml")), &changed);
        }
    }
}

#[test]
fn schemas_of_keywords_at_random_never_panic() {
    let folder = folder("schemas");
    let mut random = Random::new("schemas");
    for round in 0..ROUNDS * 5 {
        let definition = json!({
            "name": "random",
            "version": "0.0.0",
            "actions": { "run": {
                "input": { "schema": schema(&mut random, 0) },
                "output": { "schema": schema(&mut random, 0) }
            } },
            "entities": { "item": { "schema": schema(&mut random, 0) } }
        });
        assert_no_panic(
            &folder.join(format!("{round}.json")),
            &definition.to_string(),
        );
    }
}

#[test]
fn a_circle_through_an_alternative_and_its_parts_is_refused() {
    let path = folder("circles").join("circle.json");
    let schema = json!({ "oneOf": [{ "type": "string" }, { "allOf": [{ "$ref": "#" }, {}] }] });
    let action = json!({ "input": { "schema": schema }, "output": { "schema": {} } });
    let definition = json!({ "name": "circle", "version": "0.0.0", "actions": { "run": action } });
    fs::write(&path, definition.to_string()).expect("the folder exists");
    let fate = generate(&generator(&path, None));
    assert!(matches!(fate, Fate::Refused { code, .. } if code == "C0205"));
}

#[test]
fn schemas_that_hold_at_once_and_lead_back_to_each_other_become_types() {
    let path = folder("back").join("back.json");
    let object =
        |next: &str| json!({ "type": "object", "properties": { "next": { "$ref": next } } });
    let list = |item: &str| json!({ "type": "array", "items": { "$ref": item } });
    for schema in [
        json!({ "allOf": [object("#"), object("#")] }),
        json!({ "allOf": [object("#"), object("#/allOf/0")] }),
        json!({ "allOf": [list("#"), list("#/allOf/0")] }),
        json!({ "allOf": [list("#"), list("#/definitions/a")], "definitions": {
            "a": { "allOf": [list("#/definitions/a"), list("#")] }
        } }),
    ] {
        let action = json!({ "input": { "schema": schema }, "output": { "schema": {} } });
        let definition =
            json!({ "name": "back", "version": "0.0.0", "actions": { "run": action } });
        fs::write(&path, definition.to_string()).expect("the folder exists");
        let fate = generate(&generator(&path, None));
        assert!(matches!(fate, Fate::Generated(_)), "{schema}: {fate:?}");
    }
}

fn assert_no_panic(path: &Path, text: &str) {
    fs::write(path, text).expect("the folder exists");
    if let Fate::Panicked(message) = generate(&generator(path, None)) {
        panic!("{}: {message}\n{text}", path.display());
    }
    fs::remove_file(path).expect("the file was written");
}

/// A folder for definitions, with the shared schemas of the repository's definitions.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(folder.join("shared")).expect("the target folder is writable");
    for path in files(&source().join("shared")).expect("there are shared schemas") {
        let name = path.file_name().expect("a file has a name");
        fs::copy(&path, folder.join("shared").join(name)).expect("the schema can be copied");
    }
    folder
}

/// The definitions of the repository, by name.
fn definitions() -> Vec<(String, String)> {
    let paths = files(&source()).expect("there are definitions");
    let is_definition = |path: &PathBuf| !path.to_string_lossy().ends_with(".schema.json");
    let paths = paths.into_iter().filter(is_definition);
    paths
        .map(|path| {
            let stem = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            (
                stem,
                fs::read_to_string(&path).expect("a definition is UTF-8"),
            )
        })
        .collect()
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../definitions")
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries: io::Result<Vec<_>> = fs::read_dir(folder)?.collect();
    let mut paths: Vec<_> = entries?
        .into_iter()
        .map(|entry| entry.path())
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    Ok(paths)
}

/// Changes one value inside a value.
fn mutate(value: &mut Value, random: &mut Random) {
    let mut place = random.below(count(value));
    let other = schema(random, 1);
    if let Some(node) = node(value, &mut place) {
        match (random.below(4), node) {
            (0, Value::Object(fields)) if !fields.is_empty() => {
                let name = any_key(fields, random);
                fields.shift_remove(&name);
            }
            (1, Value::Object(fields)) if !fields.is_empty() => {
                let name = any_key(fields, random);
                let moved = fields.shift_remove(&name).unwrap_or_default();
                fields.insert(keyword(random).to_owned(), moved);
            }
            (2, Value::Object(fields)) => {
                fields.insert(keyword(random).to_owned(), other);
            }
            (_, node) => *node = weird(random),
        }
    }
}

fn any_key(fields: &Map<String, Value>, random: &mut Random) -> String {
    fields
        .keys()
        .nth(random.below(fields.len()))
        .cloned()
        .unwrap_or_default()
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(fields) => fields.values().map(count).sum::<usize>(),
        _ => 0,
    }
}

fn node<'a>(value: &'a mut Value, place: &mut usize) -> Option<&'a mut Value> {
    if *place == 0 {
        return Some(value);
    }
    *place -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| node(item, place)),
        Value::Object(fields) => fields.values_mut().find_map(|inner| node(inner, place)),
        _ => None,
    }
}

/// Removes, doubles or replaces characters or lines.
fn mutate_text(text: &str, random: &mut Random) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..=random.below(3) {
        let index = random.below(lines.len());
        let Some(line) = lines.get_mut(index) else {
            break;
        };
        match random.below(5) {
            0 => line.insert_str(0, "  "),
            1 => *line = line.chars().rev().collect(),
            2 => {
                let broken: &&str = random.pick(&["", "\t", "&", "*a", "é", "{", "\""]);
                *line = line.replacen(char::is_alphabetic, broken, 1);
            }
            3 => *line = line.repeat(2),
            _ => _ = lines.remove(index),
        }
    }
    lines.join("\n")
}

/// A schema of keywords and values that rarely match.
fn schema(random: &mut Random, depth: usize) -> Value {
    if depth > 3 || random.percent(10) {
        return weird(random);
    }
    let mut keywords = Map::new();
    for _ in 0..random.below(4) {
        let keyword = keyword(random);
        let inner = |random: &mut Random| schema(random, depth + 1);
        let value = match keyword {
            "properties" | "patternProperties" | "definitions" | "$defs" | "dependencies" => {
                let mut fields = Map::new();
                for _ in 0..random.below(4) {
                    fields.insert((*random.pick(&NAMES)).to_owned(), inner(random));
                }
                Value::Object(fields)
            }
            "anyOf" | "oneOf" | "allOf" => (0..random.below(4)).map(|_| inner(random)).collect(),
            "items" if random.percent(40) => (0..random.below(3)).map(|_| inner(random)).collect(),
            "items"
            | "additionalProperties"
            | "additionalItems"
            | "not"
            | "if"
            | "then"
            | "else"
            | "contains"
            | "propertyNames" => inner(random),
            "type" => Value::from(*random.pick(&TYPES)),
            "required" => json!([random.pick(&NAMES)]),
            "enum" => (0..=random.below(3)).map(|_| weird(random)).collect(),
            "$ref" => Value::from(*random.pick(&REFERENCES)),
            _ => weird(random),
        };
        keywords.insert(keyword.to_owned(), value);
    }
    Value::Object(keywords)
}

fn keyword(random: &mut Random) -> &'static str {
    KEYWORDS[random.below(KEYWORDS.len())]
}

fn weird(random: &mut Random) -> Value {
    let values = [
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(-1.5),
        json!(1e300),
        json!(u64::MAX),
        json!(""),
        json!("self"),
        json!("Größe 世界 😀"),
        json!("#/actions/run/input/schema"),
        json!([]),
        json!([null, "a", "a"]),
        json!({}),
        json!({ "": {}, "a b": {}, "a-b": {} }),
        json!({ "type": "object", "properties": { "type": { "const": "x" } }, "required": ["type"] }),
    ];
    random.pick(&values).clone()
}

const TYPES: [&str; 8] = [
    "object", "object", "array", "string", "integer", "number", "boolean", "null",
];

const NAMES: [&str; 10] = [
    "a", "type", "self", "Self", "", "a-b", "a_b", "extra", "1", "größe",
];

const REFERENCES: [&str; 8] = [
    "#",
    "#/definitions/a",
    "#/properties/a",
    "#/entities/item",
    "item",
    "#a",
    "",
    "shared/address.yaml",
];

const KEYWORDS: [&str; 38] = [
    "type",
    "type",
    "properties",
    "properties",
    "required",
    "items",
    "additionalProperties",
    "anyOf",
    "oneOf",
    "allOf",
    "enum",
    "const",
    "$ref",
    "$id",
    "$schema",
    "definitions",
    "$defs",
    "patternProperties",
    "dependencies",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "additionalItems",
    "default",
    "description",
    "title",
    "format",
    "pattern",
    "minLength",
    "x-zui",
    "x-rust-name",
    "x-rust-names",
    "discriminator",
    "nullable",
    "examples",
];
