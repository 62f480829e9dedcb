//! The Rust, YAML and TOML of the chapters is part of files that are compiled or checked elsewhere.

use std::fs;
use std::path::{Path, PathBuf};

use crate::chapters::{Block, blocks, folder};

/// The chapter about the project of `contexture new`, whose files are the templates of the command.
const OF_A_NEW_PROJECT: &str = "first-integration.md";

#[test]
fn every_block_is_part_of_its_file() {
    let mut compared = 0;
    for block in blocks() {
        let candidates = match &*block.language {
            "rust" => rust_files(&block),
            "yaml" => vec![definition(&block)],
            "toml" => vec![template("common/Cargo.toml.template")],
            _ => continue,
        };
        let code = without_place(&block);
        assert!(
            candidates.iter().any(|path| is_part(code, &read(path))),
            "{}: this is not part of {candidates:?}:\n{code}",
            block.chapter
        );
        compared += 1;
    }
    assert!(compared > 30, "{compared}");
}

#[test]
fn parts_are_found_at_any_indentation_and_only_as_whole_lines() {
    let file = "fn a() {\n    b();\n\n    c();\n}\n";
    assert!(is_part("b();\n\nc();\n", file));
    assert!(is_part("fn a() {\n    b();\n", file));
    assert!(is_part("fn a() {\n    b();\n    // …\n}\n", file));
    for other in [
        "b();\nc();\n",
        "b(",
        "b();\n\n    c();\n",
        "c();\n// …\nb();\n",
        "",
    ] {
        assert!(!is_part(other, file), "{other}");
    }
}

/// The first line of a block names its file: `// src/main.rs`, `# definition.yaml`.
fn place(block: &Block) -> &str {
    let first = block.code.lines().next().unwrap_or_default();
    let place = first
        .strip_prefix("// ")
        .or_else(|| first.strip_prefix("# "));
    place.unwrap_or_else(|| panic!("{}: a block does not name its file: {first}", block.chapter))
}

fn without_place(block: &Block) -> &str {
    block.code.split_once('\n').map_or("", |(_, code)| code)
}

fn rust_files(block: &Block) -> Vec<PathBuf> {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR"));
    match place(block) {
        "generated" => vec![Path::new(env!("OUT_DIR")).join("definition.rs")],
        place if block.chapter == OF_A_NEW_PROJECT => vec![template(&format!("hello/{place}"))],
        // The chapters about running and hosting show other forms of `main`.
        "src/main.rs" => {
            let variants = fs::read_dir(sources.join("src/variants")).expect("the folder exists");
            let variants = variants.map(|entry| entry.expect("the folder is readable").path());
            variants.chain([sources.join("src/main.rs")]).collect()
        }
        place if place.starts_with("examples/") => vec![repository(place)],
        place => vec![sources.join(place)],
    }
}

/// A file of an example, whose chapter says so.
fn repository(place: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(place)
}

fn definition(block: &Block) -> PathBuf {
    if place(block).starts_with("examples/") {
        return repository(place(block));
    }
    assert_eq!(place(block), "definition.yaml", "{}", block.chapter);
    if block.chapter == OF_A_NEW_PROJECT {
        template("hello/definition.yaml")
    } else {
        folder().join("definition.yaml")
    }
}

fn template(path: &str) -> PathBuf {
    let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cli/templates");
    templates.join(path)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Whether these lines stand together in a file, all of them moved by the same indentation. A line `// …` or
/// `# …` stands for any lines.
fn is_part(code: &str, file: &str) -> bool {
    let lines: Vec<_> = file.lines().collect();
    let code: Vec<_> = code.trim_end().lines().collect();
    let mut pieces = code.split(|line| ["// …", "# …"].contains(&line.trim()));
    let mut rest = lines.as_slice();
    pieces.all(|piece| match end_of(piece, rest) {
        Some(end) => {
            rest = &rest[end..];
            true
        }
        None => false,
    })
}

/// Where the first place of a piece ends.
fn end_of(piece: &[&str], lines: &[&str]) -> Option<usize> {
    let wanted = unindented(piece);
    if wanted.is_empty() {
        return None;
    }
    let mut windows = lines.windows(wanted.len());
    let start = windows.position(|window| unindented(window) == wanted)?;
    Some(start + wanted.len())
}

/// The lines without the indentation that all of them have.
fn unindented<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    let indentation = |line: &&&str| line.len() - line.trim_start().len();
    let filled = lines.iter().filter(|line| !line.trim().is_empty());
    let common = filled.clone().map(|line| indentation(&line)).min();
    let common = common.unwrap_or_default();
    lines
        .iter()
        .map(|line| line.get(common..).unwrap_or_default())
        .collect()
}
