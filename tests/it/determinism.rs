//! The same definition results in the same bytes at any time, in any folder and in both languages.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, SystemTime};

use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use serde_json::Value;

use crate::support::{
    definitions, entries, files, name_of, read_value, real_definitions, repository, scratch,
    stem_of, write,
};

fn generate(path: &Path) -> String {
    match contexture_codegen::generate(path) {
        Ok(generated) => generated.file.contents,
        Err(refusal) => panic!("{} is rejected:\n{refusal}", path.display()),
    }
}

/// Copies the definitions to another folder with one more file.
fn elsewhere(test: &str) -> PathBuf {
    let folder = scratch(test);
    copy(&repository("definitions"), &folder);
    write(&folder, "unrelated.yaml", "name: [");
    folder
}

fn copy(from: &Path, to: &Path) {
    for path in entries(from) {
        let copy = to.join(name_of(&path));
        if path.is_dir() {
            fs::create_dir_all(&copy).unwrap();
            self::copy(&path, &copy);
        } else {
            fs::copy(&path, &copy).unwrap();
        }
    }
}

#[test]
fn the_same_file_results_in_the_same_bytes_in_any_folder() {
    let elsewhere = elsewhere("anywhere");
    for path in definitions() {
        let first = generate(&path);
        assert!(first == generate(&path), "{} twice", path.display());
        let copy = elsewhere.join(name_of(&path));
        assert!(first == generate(&copy), "{} elsewhere", path.display());
    }
}

#[test]
fn the_file_is_called_after_the_definition() {
    for path in definitions() {
        let generated = contexture_codegen::generate(&path).unwrap();
        assert_eq!(generated.file.name, format!("{}.rs", stem_of(&path)));
    }
}

#[test]
fn another_language_and_another_order_of_keys_give_the_same_bytes() {
    let elsewhere = elsewhere("rewritten");
    for path in definitions() {
        let first = generate(&path);
        for rewritten in rewrite(&path, &elsewhere) {
            let second = generate(&rewritten);
            assert!(first == second, "{} differs", rewritten.display());
        }
    }
}

#[test]
fn real_definitions_give_the_same_bytes_in_another_language_and_another_order_of_keys() {
    let elsewhere = scratch("real-rewritten");
    for path in real_definitions() {
        // Of two names that fold into one, the first in the file keeps the name.
        let warnings = contexture_codegen::generate(&path).unwrap().warnings;
        if warnings
            .iter()
            .any(|warning| warning.entry().name == "folded-name")
        {
            continue;
        }
        let first = generate(&path);
        for rewritten in rewrite(&path, &elsewhere) {
            let second = generate(&rewritten);
            assert!(first == second, "{} differs", rewritten.display());
        }
    }
}

/// Rewrites a definition and the files to which it refers with reordered keys, as JSON and as YAML.
fn rewrite(path: &Path, folder: &Path) -> [PathBuf; 2] {
    let random = &mut StdRng::seed_from_u64(7);
    for others in ["imported", "interfaces", "shared"] {
        for file in files(&repository("definitions").join(others)) {
            // JSON text is valid YAML, too.
            let text = shuffled(read_value(&file), random).to_string();
            write(folder, &format!("{others}/{}", name_of(&file)), text);
        }
    }
    let definition = read_value(path);
    let json = shuffled(definition.clone(), random).to_string();
    let yaml = serde_saphyr::to_string(&shuffled(definition, random)).unwrap();
    [("json", json), ("yaml", yaml)]
        .map(|(language, text)| write(folder, &format!("{}.{language}", stem_of(path)), text))
}

/// The same value with the members of every object in another order.
fn shuffled(value: Value, random: &mut StdRng) -> Value {
    match value {
        Value::Array(items) => items
            .into_iter()
            .map(|item| shuffled(item, random))
            .collect(),
        Value::Object(members) => {
            let mut members: Vec<_> = members
                .into_iter()
                .map(|(name, member)| (name, shuffled(member, random)))
                .collect();
            members.shuffle(random);
            Value::Object(members.into_iter().collect())
        }
        scalar => scalar,
    }
}

/// Runs the driver for build scripts like cargo: in the package's folder, with an output folder.
fn build_script(package: &Path, definition: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_build-script"))
        .arg(definition)
        .current_dir(package)
        .env("OUT_DIR", package.join("out"))
        .env("RUST_BACKTRACE", "1")
        .env_remove("CARGO_TERM_COLOR")
        .output()
        .unwrap()
}

/// The cargo instructions of one kind.
fn instructions(output: &Output, kind: &str) -> Vec<String> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    let prefix = format!("cargo::{kind}=");
    let found = text.lines().filter_map(|line| line.strip_prefix(&prefix));
    found.map(str::to_owned).collect()
}

/// A package with the definitions in its own folder.
fn package(test: &str) -> PathBuf {
    let folder = elsewhere(test);
    fs::create_dir_all(folder.join("out")).unwrap();
    folder
}

#[test]
fn cargo_watches_exactly_the_files_that_were_read() {
    let package = package("watches");
    let output = build_script(&package, "crm.yaml");
    assert!(output.status.success(), "{output:?}");
    let watched = instructions(&output, "rerun-if-changed");
    assert_eq!(watched.len(), 2, "{watched:?}");
    assert_eq!(watched[0], "crm.yaml");
    assert!(
        Path::new(&watched[1]).ends_with("shared/address.yaml"),
        "{watched:?}"
    );
    for file in watched {
        assert!(package.join(&file).exists(), "{file}");
    }
    assert_eq!(
        fs::read_to_string(package.join("out/crm.rs")).unwrap(),
        generate(&repository("definitions/crm.yaml"))
    );
}

#[test]
fn an_unchanged_file_is_not_written_again() {
    let package = package("unchanged");
    assert!(build_script(&package, "minimal.json").status.success());
    let out = package.join("out/minimal.rs");
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let file = fs::File::options().append(true).open(&out).unwrap();
    file.set_modified(long_ago).unwrap();
    assert!(build_script(&package, "minimal.json").status.success());
    assert_eq!(fs::metadata(&out).unwrap().modified().unwrap(), long_ago);
}

#[test]
fn a_refusal_ends_the_build_with_the_line_and_without_a_backtrace() {
    let package = package("refusal");
    let definition = "name: shop\nversion: 1.0.0\nstates:\n  cart:\n    type: usr\n    schema: {}\n\
                      readme: { file: missing.md }\n";
    write(&package, "shop.yaml", definition);
    let output = build_script(&package, "shop.yaml");
    assert_eq!(output.status.code(), Some(1));
    let drawn = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(drawn.contains(" --> shop.yaml:5:11"), "{drawn}");
    assert!(drawn.contains("5 |     type: usr"), "{drawn}");
    for noise in ["panicked", "backtrace", "\u{1b}["] {
        assert!(!drawn.contains(noise), "{drawn}");
    }
    let watched = instructions(&output, "rerun-if-changed");
    assert!(
        watched.iter().any(|file| file.ends_with("missing.md")),
        "a missing file is watched: {watched:?}"
    );
}

#[test]
fn a_warning_is_one_line_for_cargo() {
    let package = package("warning");
    let definition = "name: shop\nversion: 1.0.0\nconfiguration:\n  schema:\n    type: object\n    \
                      properties:\n      key: { type: string, default: hunter2, x-zui: { secret: true } }\n";
    write(&package, "shop.yaml", definition);
    let output = build_script(&package, "shop.yaml");
    assert!(output.status.success(), "{output:?}");
    let warnings = instructions(&output, "warning");
    assert_eq!(
        warnings,
        ["shop.yaml:7:28: a secret should have no `default` [C0502]"]
    );
    assert!(package.join("out/shop.rs").exists());
}
