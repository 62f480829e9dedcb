//! Generates real definitions and compiles what comes out, with warnings denied.
//!
//! ```text
//! CONTEXTURE_CORPUS=DIR cargo run -p contexture-tests --bin corpus -- [--at-least N]
//! ```
//!
//! `DIR/integrations` holds definitions as `bp read --json` prints them. The code is checked in a package of its
//! own below the target folder. Prints what each definition came to; fails if fewer than `N` compile.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it is a program that prints a table"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs, io};

use serde_json::Value;

/// What became of a definition.
enum Fate {
    Compiles { lines: usize },
    DoesNotCompile { first: String },
    Refused { summary: String },
    Panics,
}

fn main() -> ExitCode {
    let Some(corpus) = env::var_os("CONTEXTURE_CORPUS").map(PathBuf::from) else {
        eprintln!("error: CONTEXTURE_CORPUS names no folder of definitions");
        return ExitCode::from(2);
    };
    let at_least: usize = match env::args()
        .skip_while(|argument| argument != "--at-least")
        .nth(1)
    {
        Some(count) => count.parse().unwrap_or(usize::MAX),
        None => 0,
    };
    match run(&corpus) {
        Ok(fates) => {
            print(&fates);
            let compiling = fates
                .values()
                .filter(|fate| matches!(fate, Fate::Compiles { .. }))
                .count();
            let panics = fates.values().any(|fate| matches!(fate, Fate::Panics));
            println!(
                "{compiling} of {} generate and compile with warnings denied",
                fates.len()
            );
            if compiling < at_least || panics {
                ExitCode::FAILURE
            } else {
                ExitCode::SUCCESS
            }
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(corpus: &Path) -> io::Result<BTreeMap<String, Fate>> {
    let package = package_folder();
    fs::create_dir_all(package.join("src"))?;
    let mut fates = BTreeMap::new();
    let mut paths: Vec<_> =
        fs::read_dir(corpus.join("integrations"))?.collect::<Result<Vec<_>, _>>()?;
    paths.sort_by_key(fs::DirEntry::path);
    for path in paths
        .iter()
        .map(fs::DirEntry::path)
        .filter(|path| path.extension().is_some_and(|it| it == "json"))
    {
        let stem = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let fate = match std::panic::catch_unwind(|| contexture_codegen::generate(&path)) {
            Ok(Ok(generated)) => {
                fs::write(
                    package.join("src").join(&generated.file.name),
                    &generated.file.contents,
                )?;
                Fate::Compiles {
                    lines: generated
                        .file
                        .contents
                        .lines()
                        .filter(|line| is_code(line))
                        .count(),
                }
            }
            Ok(Err(diagnostics)) => Fate::Refused {
                summary: diagnostics.summary(),
            },
            Err(_) => Fate::Panics,
        };
        fates.insert(stem, fate);
    }
    write_package(&package, &fates)?;
    for (stem, message) in compile(&package)? {
        fates.insert(stem, Fate::DoesNotCompile { first: message });
    }
    Ok(fates)
}

fn is_code(line: &str) -> bool {
    let line = line.trim_start();
    !line.is_empty() && !line.starts_with("//")
}

fn package_folder() -> PathBuf {
    let target =
        env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace().join("target"), PathBuf::from);
    target.join("corpus")
}

fn workspace() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn write_package(package: &Path, fates: &BTreeMap<String, Fate>) -> io::Result<()> {
    let runtime = workspace().join("runtime").canonicalize()?;
    let manifest = format!(
        "[package]\nname = \"corpus-check\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\ncontexture = {{ path = '{}' }}\n",
        runtime.display()
    );
    fs::write(package.join("Cargo.toml"), manifest)?;
    fs::copy(workspace().join("Cargo.lock"), package.join("Cargo.lock"))?;
    let generated = fates
        .iter()
        .filter(|(_, fate)| matches!(fate, Fate::Compiles { .. }));
    let modules = generated.map(|(stem, _)| {
        format!(
            "mod file_{} {{ include!(\"{stem}.rs\"); }}\n",
            stem.replace('-', "_")
        )
    });
    let library = format!(
        "#![allow(dead_code)]\n{}",
        modules
            .collect::<String>()
            .replace("mod file_", "pub mod file_")
    );
    fs::write(package.join("src/lib.rs"), library)
}

/// Compiles the package and gives the first message about each file that has one.
fn compile(package: &Path) -> io::Result<BTreeMap<String, String>> {
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["check", "--message-format=json", "--manifest-path"])
        .arg(package.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(package.join("target"))
        .output()?;
    let mut first = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(entry) = serde_json::from_str::<Value>(line) else {
            continue;
        };
        let is_ours =
            entry["target"]["name"] == "corpus_check" && entry["reason"] == "compiler-message";
        let file = entry["message"]["spans"][0]["file_name"].as_str();
        if let (true, Some(file)) = (is_ours, file) {
            let stem = Path::new(file)
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let message = entry["message"]["rendered"]
                .as_str()
                .unwrap_or_default()
                .to_owned();
            first.entry(stem).or_insert(message);
        }
    }
    if !output.status.success() && first.is_empty() {
        return Err(io::Error::other(
            String::from_utf8_lossy(&output.stderr).into_owned(),
        ));
    }
    Ok(first)
}

fn print(fates: &BTreeMap<String, Fate>) {
    for (stem, fate) in fates {
        match fate {
            Fate::Compiles { lines } => println!("{stem:24} {lines:6} lines"),
            Fate::DoesNotCompile { first } => println!("{stem:24} does not compile\n{first}"),
            Fate::Refused { summary } => println!("{stem:24} is refused: {summary}"),
            Fate::Panics => println!("{stem:24} makes the generator panic"),
        }
    }
}
